package zircon;

/// The headers' numbers that the wrapper itself needs, under their own names.
final class Abi {
    static final int ZX_INFO_HANDLE_VALID = 1;
    static final int ZX_INFO_HANDLE_BASIC = 2;
    static final int ZX_INFO_PROCESS = 3;
    static final int ZX_INFO_PROCESS_THREADS = 4;
    static final int ZX_INFO_VMAR = 7;
    static final int ZX_INFO_JOB_CHILDREN = 8;
    static final int ZX_INFO_JOB_PROCESSES = 9;
    static final int ZX_INFO_THREAD = 10;
    static final int ZX_INFO_THREAD_EXCEPTION_REPORT = 11;
    static final int ZX_INFO_TASK_STATS = 12;
    static final int ZX_INFO_PROCESS_MAPS = 13;
    static final int ZX_INFO_PROCESS_VMOS = 14;
    static final int ZX_INFO_THREAD_STATS = 15;
    static final int ZX_INFO_HANDLE_COUNT = 19;
    static final int ZX_INFO_PROCESS_HANDLE_STATS = 21;

    static final int ZX_OBJ_PROP_WAITABLE = 1;
    static final int ZX_PROP_REGISTER_GS = 2;
    static final int ZX_PROP_NAME = 3;
    static final int ZX_PROP_REGISTER_FS = 4;
    static final int ZX_PROP_PROCESS_DEBUG_ADDR = 5;
    static final int ZX_PROP_PROCESS_VDSO_BASE_ADDRESS = 6;
    static final int ZX_PROP_JOB_KILL_ON_OOM = 15;
    static final long ZX_MAX_NAME_LEN = 32;

    static final int ZX_WAIT_ASYNC_ONCE = 0;
    static final int ZX_WAIT_ASYNC_REPEATING = 1;
    static final int ZX_PORT_BIND_TO_INTERRUPT = 1;

    static final int ZX_PKT_TYPE_USER = 0x00;
    static final int ZX_PKT_TYPE_SIGNAL_ONE = 0x01;
    static final int ZX_PKT_TYPE_SIGNAL_REP = 0x02;
    static final int ZX_PKT_TYPE_MASK = 0xff;

    static final int ZX_JOB_POL_RELATIVE = 0;
    static final int ZX_JOB_POL_ABSOLUTE = 1;
    static final int ZX_JOB_POL_BASIC = 0;

    static final int ZX_EXCEPTION_PORT_DEBUGGER = 1;
    static final int ZX_RESUME_TRY_NEXT = 2;

    static final int ZX_THREAD_STATE_GENERAL_REGS = 0;
    static final int ZX_THREAD_STATE_FP_REGS = 1;
    static final int ZX_THREAD_STATE_VECTOR_REGS = 2;
    static final int ZX_THREAD_STATE_DEBUG_REGS = 4;
    static final int ZX_THREAD_STATE_SINGLE_STEP = 5;

    static final int ZX_CHANNEL_MAX_MSG_BYTES = 65536;
    static final int ZX_CHANNEL_MAX_MSG_HANDLES = 64;
    static final int ZX_CHANNEL_READ_MAY_DISCARD = 1;

    static final int ZX_CLOCK_UTC = 1;
    static final int ZX_CLOCK_THREAD = 2;

    private Abi() {}
}
