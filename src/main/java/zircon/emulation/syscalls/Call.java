package zircon.emulation.syscalls;

import java.util.Locale;

/// The calls that a program can make of the kernel, in the order of their numbers: `zx_host_call`
/// of the gate.
public enum Call {
    HANDLE_CLOSE,
    HANDLE_CLOSE_MANY,
    HANDLE_DUPLICATE,
    HANDLE_REPLACE,
    OBJECT_GET_INFO,
    OBJECT_GET_PROPERTY,
    OBJECT_SET_PROPERTY,
    OBJECT_GET_CHILD,
    OBJECT_SIGNAL,
    OBJECT_SIGNAL_PEER,
    OBJECT_WAIT_ONE,
    OBJECT_WAIT_MANY,
    OBJECT_WAIT_ASYNC,
    PORT_CREATE,
    PORT_QUEUE,
    PORT_WAIT,
    PORT_CANCEL,
    JOB_CREATE,
    JOB_SET_POLICY,
    PROCESS_CREATE,
    PROCESS_START,
    PROCESS_EXIT,
    PROCESS_READ_MEMORY,
    PROCESS_WRITE_MEMORY,
    THREAD_CREATE,
    THREAD_START,
    THREAD_EXIT,
    THREAD_READ_STATE,
    THREAD_WRITE_STATE,
    TASK_BIND_EXCEPTION_PORT,
    TASK_RESUME_FROM_EXCEPTION,
    TASK_SUSPEND,
    TASK_SUSPEND_TOKEN,
    TASK_KILL,
    CHANNEL_CREATE,
    CHANNEL_READ,
    CHANNEL_READ_ETC,
    CHANNEL_WRITE,
    EVENT_CREATE,
    EVENTPAIR_CREATE,
    CLOCK_GET,
    CLOCK_GET_NEW,
    CLOCK_GET_MONOTONIC,
    DEADLINE_AFTER,
    NANOSLEEP,
    SYSTEM_GET_VERSION,
    PROCESS_SELF,
    THREAD_SELF,
    VMAR_ROOT_SELF,
    JOB_DEFAULT,
    TAKE_STARTUP_HANDLE;

    private static final Call[] ALL = values();

    /// The call with this number.
    public static Call numbered(int number) {
        return ALL[number];
    }

    /// The function's name in C.
    public String cName() {
        return "zx_" + name().toLowerCase(Locale.ROOT);
    }

    /// Whether what it returns is a `zx_status_t`: not a time, a handle or nothing.
    public boolean returnsStatus() {
        return switch (this) {
            case CLOCK_GET,
                    CLOCK_GET_MONOTONIC,
                    DEADLINE_AFTER,
                    PROCESS_EXIT,
                    THREAD_EXIT,
                    PROCESS_SELF,
                    THREAD_SELF,
                    VMAR_ROOT_SELF,
                    JOB_DEFAULT,
                    TAKE_STARTUP_HANDLE ->
                    false;
            default -> true;
        };
    }
}
