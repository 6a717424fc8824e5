package zircon.cli;

import java.lang.reflect.Proxy;

/// Signals from the user.
///
/// It takes `sun.misc.Signal`, which every JDK has, and of which the compiler warns in words that
/// cannot be silenced; so it is reached by reflection.
public final class UserSignal {
    private UserSignal() {}

    /// Runs `action`, on a thread of the JVM, each time that the signal USR1 comes, which means
    /// nothing to the JVM itself.
    static void onUsr1(Runnable action) {
        on("USR1", action);
    }

    /// Runs `action`, on a thread of the JVM, each time that a signal comes, in place of what the
    /// JVM does.
    ///
    /// @param name of the signal, without `SIG`
    /// @param action what is to be done
    public static void on(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object identity = new Object();
            Object handling =
                    Proxy.newProxyInstance(
                            UserSignal.class.getClassLoader(),
                            new Class<?>[] {handler},
                            (_, method, arguments) -> {
                                if (method.getDeclaringClass() == handler) {
                                    action.run();
                                    return null;
                                }
                                return method.invoke(identity, arguments);
                            });
            var _ =
                    signal.getMethod("handle", signal, handler)
                            .invoke(
                                    null,
                                    signal.getConstructor(String.class).newInstance(name),
                                    handling);
        } catch (ReflectiveOperationException e) {
            throw new CommandFailure(
                    ExitStatus.FAILED,
                    "this JVM lets nobody handle the signal %s: %s".formatted(name, e),
                    e);
        }
    }
}
