package zircon;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A value of any type that the public API has, so that its methods can be called without a list of
/// them.
final class Samples {
    // Not 0, which is no handle, and the number of no constant.
    private static final int NUMBER = 77;
    // Zeros, and enough of them for any struct.
    private static final MemorySegment MEMORY = Arena.global().allocate(4096);
    private static final Map<Class<?>, Object> BASIC =
            Map.of(
                    boolean.class,
                    true,
                    int.class,
                    NUMBER,
                    long.class,
                    (long) NUMBER,
                    Integer.class,
                    NUMBER,
                    Long.class,
                    (long) NUMBER,
                    Object.class,
                    "sample",
                    String.class,
                    "sample",
                    Duration.class,
                    Duration.ofNanos(NUMBER),
                    MemorySegment.class,
                    MEMORY,
                    Optional.class,
                    Optional.empty());
    // How many elements collections have; some types want a certain number.
    private static final int[] SIZES = {1, 8, 32};

    private Samples() {}

    /// A new value of this type.
    static Object of(Type type) {
        return of(type, SIZES[0]);
    }

    /// What a constructor or method can be called with.
    static Object[] arguments(Executable executable) {
        return arguments(executable, SIZES[0]);
    }

    private static Object[] arguments(Executable executable, int size) {
        return Arrays.stream(executable.getGenericParameterTypes())
                .map(type -> of(type, size))
                .toArray();
    }

    private static Object of(Type type, int size) {
        return switch (type) {
            case Class<?> c -> ofClass(c, size);
            case ParameterizedType generic
                    when generic.getRawType() instanceof Class<?> c
                            && Collection.class.isAssignableFrom(c) ->
                    Collections.nCopies(size, of(generic.getActualTypeArguments()[0], size));
            case ParameterizedType generic -> of(generic.getRawType(), size);
            case WildcardType wildcard -> of(wildcard.getUpperBounds()[0], size);
            case TypeVariable<?> variable -> of(variable.getBounds()[0], size);
            default -> throw new AssertionError("no sample of " + type);
        };
    }

    private static Object ofClass(Class<?> type, int size) {
        Object basic = BASIC.get(type);
        if (basic != null) {
            return basic;
        }
        if (type.isArray()) {
            Object array = Array.newInstance(type.getComponentType(), 1);
            if (!type.getComponentType().isPrimitive()) {
                Array.set(array, 0, of(type.getComponentType(), size));
            }
            return array;
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type.isSealed()) {
            return of(type.getPermittedSubclasses()[0], size);
        }
        if (type.isInterface()) {
            return implementation(type);
        }
        return made(type);
    }

    private static Object implementation(Class<?> type) {
        return Proxy.newProxyInstance(
                Samples.class.getClassLoader(),
                new Class<?>[] {type},
                (_, method, _) ->
                        method.getReturnType() == void.class
                                ? null
                                : of(method.getGenericReturnType()));
    }

    /// By the first constructor or factory that takes samples.
    private static Object made(Class<?> type) {
        for (int size : SIZES) {
            for (Executable creator : creators(type)) {
                try {
                    creator.setAccessible(true);
                    Object[] arguments = arguments(creator, size);
                    return creator instanceof Constructor<?> constructor
                            ? constructor.newInstance(arguments)
                            : ((Method) creator).invoke(null, arguments);
                } catch (InvocationTargetException notThisOne) {
                    // The next one may take what this one refused.
                } catch (ReflectiveOperationException e) {
                    throw new LinkageError("a creator that cannot be called", e);
                }
            }
        }
        throw new AssertionError("no sample of " + type + ": no constructor or factory takes any");
    }

    private static List<Executable> creators(Class<?> type) {
        Stream<Executable> factories =
                Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> Modifier.isStatic(method.getModifiers()))
                        .filter(method -> method.getReturnType() == type)
                        .sorted(Comparator.comparing(Method::toString))
                        .map(Executable.class::cast);
        return Stream.concat(Arrays.stream(type.getDeclaredConstructors()), factories)
                .filter(creator -> !List.of(creator.getParameterTypes()).contains(type))
                .toList();
    }
}
