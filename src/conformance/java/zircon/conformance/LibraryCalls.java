package zircon.conformance;

import zircon.Zircon;
import zircon.sys.zircon_h;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Makes calls by their names.
final class LibraryCalls implements Scene.Calls {
    private static final Map<String, Method> CALLS =
            Arrays.stream(zircon_h.class.getMethods())
                    .filter(method -> method.getName().startsWith("zx_"))
                    .collect(
                            Collectors.toMap(
                                    Method::getName, Function.identity(), (one, _) -> one));

    /// Loads the library.
    LibraryCalls() {
        var _ = Zircon.library();
    }

    @Override
    public int call(String call, long... numbers) {
        Method method = CALLS.get(call);
        if (method == null) {
            throw new IllegalStateException("there is no " + call);
        }
        Class<?>[] types = method.getParameterTypes();
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arguments[i] = argument(types[i], numbers[i]);
        }
        try {
            return (int) method.invoke(null, arguments);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object argument(Class<?> type, long number) {
        if (type == int.class) {
            return (int) number;
        }
        return type == long.class ? (Object) number : MemorySegment.ofAddress(number);
    }
}
