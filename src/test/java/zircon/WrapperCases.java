package zircon;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// What the wrapper passes on to libzircon, and what it makes of the answers. Each method of the
/// classes below that is not private is a case; [WrapperTest] starts this in a JVM of its own.
final class WrapperCases {
    private static final List<Class<?>> CASES =
            List.of(
                    ContractCases.class,
                    HandleCases.class,
                    TaskCases.class,
                    ThreadCases.class,
                    InfoCases.class,
                    WaitCases.class,
                    PortCases.class,
                    ChannelCases.class,
                    SystemCases.class,
                    UnwindCases.class,
                    AllocationCases.class);

    private WrapperCases() {}

    static void main() throws IllegalAccessException {
        for (Class<?> type : CASES) {
            Method[] methods = type.getDeclaredMethods();
            Arrays.sort(methods, Comparator.comparing(Method::getName));
            for (Method method : methods) {
                if (!Modifier.isPrivate(method.getModifiers())) {
                    run(method);
                }
            }
        }
        System.out.println("end");
    }

    private static void run(Method method) throws IllegalAccessException {
        Fake.reset();
        String name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
        try {
            var _ = method.invoke(null);
            System.out.println("case " + name + ": passed");
        } catch (InvocationTargetException e) {
            System.out.println("case " + name + ": failed");
            e.getTargetException().printStackTrace(System.out);
        }
    }
}
