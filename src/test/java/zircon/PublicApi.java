package zircon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// What the package exports, by its compiled classes: nothing new can be forgotten.
final class PublicApi {
    private PublicApi() {}

    /// The public types, by name.
    static List<Class<?>> types() {
        URL result = Objects.requireNonNull(Result.class.getResource("Result.class"));
        try (Stream<Path> files = Files.list(Path.of(result.toURI()).resolveSibling("."))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.startsWith("package-info"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .sorted()
                    .<Class<?>>map(PublicApi::load)
                    .filter(PublicApi::isPublic)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new LinkageError("classes that lie in no folder", e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName("zircon." + name, false, PublicApi.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new LinkageError("a class that cannot be loaded", e);
        }
    }

    private static boolean isPublic(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return Modifier.isPublic(type.getModifiers())
                && !type.isAnonymousClass()
                && (outer == null || isPublic(outer));
    }

    /// The public types that objects can be made of.
    static List<Class<?>> classes() {
        return types().stream()
                .filter(type -> !Modifier.isAbstract(type.getModifiers()))
                .filter(type -> !type.isEnum())
                .filter(type -> !isUtility(type))
                .toList();
    }

    private static boolean isUtility(Class<?> type) {
        return type.getFields().length == 0
                && Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .allMatch(method -> Modifier.isStatic(method.getModifiers()));
    }

    /// The classes of handles.
    static List<Class<? extends Handle>> handles() {
        return classes().stream()
                .filter(Handle.class::isAssignableFrom)
                .<Class<? extends Handle>>map(type -> type.asSubclass(Handle.class))
                .toList();
    }

    /// What can be called of a type: its constructors, and its methods and those that it inherits
    /// from other types of the package.
    static List<Executable> callable(Class<?> type) {
        Stream<Executable> methods =
                Arrays.stream(type.getMethods())
                        .filter(method -> method.getDeclaringClass().getPackage() == pack())
                        .filter(method -> !method.isBridge() && !method.isSynthetic())
                        .filter(method -> !isOfEveryObject(method))
                        .filter(
                                method ->
                                        Modifier.isStatic(method.getModifiers())
                                                || !Modifier.isAbstract(type.getModifiers()))
                        .sorted(Comparator.comparing(Method::toString))
                        .map(Executable.class::cast);
        Stream<Constructor<?>> constructors =
                Modifier.isAbstract(type.getModifiers())
                        ? Stream.empty()
                        : Arrays.stream(type.getConstructors());
        return Stream.concat(constructors, methods).toList();
    }

    private static Package pack() {
        return PublicApi.class.getPackage();
    }

    // Neither is this package's to document: the language says what they do.
    private static boolean isOfEveryObject(Method method) {
        boolean ofEnums = method.getDeclaringClass().isEnum() && method.getName().equals("valueOf");
        return ofEnums || method.getName().equals("equals");
    }

    /// A method that answers for the kernel: what it returns has an `orElseThrow`.
    static boolean answers(Executable executable) {
        return executable instanceof Method method
                && method.getDeclaringClass() != Result.class
                && List.of(Result.class, Read.class, Wait.class, WaitMany.class)
                        .contains(method.getReturnType());
    }

    /// Calls a method or constructor on a new receiver.
    ///
    /// @throws Throwable what it throws
    static Object call(Class<?> type, Executable executable, Object... arguments) throws Throwable {
        Object receiver =
                executable instanceof Constructor || Modifier.isStatic(executable.getModifiers())
                        ? ""
                        : Samples.of(type);
        return callOn(receiver, executable, arguments);
    }

    /// Calls a method on a receiver.
    ///
    /// @throws Throwable what it throws
    static Object callOn(Object receiver, Executable executable, Object... arguments)
            throws Throwable {
        try {
            return executable instanceof Constructor<?> constructor
                    ? constructor.newInstance(arguments)
                    : ((Method) executable).invoke(receiver, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    /// The status in what a method returned.
    static Status refusal(Object answer) throws Throwable {
        try {
            Method orElseThrow = answer.getClass().getMethod("orElseThrow");
            orElseThrow.setAccessible(true);
            throw new AssertionError("no refusal: " + callOn(answer, orElseThrow));
        } catch (ZxException e) {
            return e.status();
        }
    }
}
