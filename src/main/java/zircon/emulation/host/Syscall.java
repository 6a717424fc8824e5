package zircon.emulation.host;

import static java.lang.invoke.MethodType.methodType;

import zircon.emulation.kernel.Refusal;
import zircon.emulation.syscalls.Caller;
import zircon.sys.zircon_h;

import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// Makes a function that C can call of a method of the syscalls layer, `R method(Caller, ...)`.
///
/// The function takes the name of the calling thread in the place of the caller. Nothing leaves it
/// but a value: a refusal becomes its status, and any other throwable is logged once and becomes
/// ZX_ERR_INTERNAL, or ZX_ERR_NO_MEMORY. A thread that is ending gets ZX_ERR_INTERNAL_INTR_KILLED,
/// also from each further call, which then does nothing.
final class Syscall {
    private static final System.Logger LOGGER = System.getLogger("zircon.emulation");
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodHandle GET =
            find("get", methodType(GateThread.class, GateThreads.class, long.class));
    private static final MethodHandle CALLER =
            find("caller", methodType(Caller.class, GateThread.class));
    private static final MethodHandle IS_ENDING =
            find("isEnding", methodType(boolean.class, GateThread.class));

    private Syscall() {}

    /// The function for `method`, whose callers are found among `threads`.
    static MethodHandle function(MethodHandle method, GateThreads threads) {
        MethodHandle call = finishing(catching(MethodHandles.filterArguments(method, 0, CALLER)));
        MethodHandle refusal = ended(call.type());
        return MethodHandles.filterArguments(
                MethodHandles.guardWithTest(IS_ENDING, refusal, call), 0, GET.bindTo(threads));
    }

    private static MethodHandle catching(MethodHandle call) {
        Class<?> result = call.type().returnType();
        MethodType type = methodType(result, Throwable.class, GateThread.class);
        return MethodHandles.catchException(call, Throwable.class, find("failed", result, type));
    }

    /// Looks, once the call is done, whether the thread was killed meanwhile.
    private static MethodHandle finishing(MethodHandle call) {
        Class<?> result = call.type().returnType();
        MethodType type =
                result == void.class
                        ? methodType(void.class, Throwable.class, GateThread.class)
                        : methodType(result, Throwable.class, result, GateThread.class);
        return MethodHandles.tryFinally(call, find("finish", result, type));
    }

    private static MethodHandle ended(MethodType call) {
        Class<?> result = call.returnType();
        MethodHandle ended = find("ended", result, methodType(result, GateThread.class));
        return MethodHandles.dropArgumentsToMatch(ended, 0, call.parameterList(), 0);
    }

    private static MethodHandle find(String prefix, Class<?> result, MethodType type) {
        return find(
                prefix + (result == int.class ? "Int" : result == long.class ? "Long" : "Void"),
                type);
    }

    private static MethodHandle find(String name, MethodType type) {
        try {
            return LOOKUP.findStatic(Syscall.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no method " + name + type, e);
        }
    }

    // What follows is called through method handles only.

    static GateThread get(GateThreads threads, long name) {
        return threads.get(name);
    }

    static Caller caller(GateThread thread) {
        return thread.caller();
    }

    static boolean isEnding(GateThread thread) {
        return thread.isEnding();
    }

    static int failedInt(Throwable thrown, GateThread thread) {
        return switch (thrown) {
            case Refusal refusal -> refusal.status();
            case OutOfMemoryError _ -> zircon_h.ZX_ERR_NO_MEMORY();
            default -> {
                log(thrown, thread);
                yield zircon_h.ZX_ERR_INTERNAL();
            }
        };
    }

    static long failedLong(Throwable thrown, GateThread thread) {
        log(thrown, thread);
        return 0;
    }

    static void failedVoid(Throwable thrown, GateThread thread) {
        log(thrown, thread);
    }

    private static void log(Throwable thrown, GateThread thread) {
        LOGGER.log(
                Level.ERROR,
                "The emulation failed in a call of thread "
                        + thread.thread().koid()
                        + ". This is a bug in it; what the call was to do may be half done.",
                thrown);
    }

    static int finishInt(Throwable thrown, int result, GateThread thread) {
        return thread.isEnding() ? endedInt(thread) : result;
    }

    static long finishLong(Throwable thrown, long result, GateThread thread) {
        return thread.isEnding() ? endedLong(thread) : result;
    }

    static void finishVoid(Throwable thrown, GateThread thread) {
        if (thread.isEnding()) {
            thread.leave();
        }
    }

    static int endedInt(GateThread thread) {
        thread.leave();
        return Refusal.KILLED.status();
    }

    static long endedLong(GateThread thread) {
        thread.leave();
        return 0;
    }

    static void endedVoid(GateThread thread) {
        thread.leave();
    }
}
