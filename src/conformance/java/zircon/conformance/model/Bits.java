package zircon.conformance.model;

/// Rights, signals and other numbers of `abi.md`, written down once more.
public final class Bits {
    public static final int DUPLICATE = 1;
    public static final int TRANSFER = 1 << 1;
    public static final int READ = 1 << 2;
    public static final int WRITE = 1 << 3;
    public static final int GET_PROPERTY = 1 << 6;
    public static final int SET_PROPERTY = 1 << 7;
    public static final int ENUMERATE = 1 << 8;
    public static final int DESTROY = 1 << 9;
    public static final int SET_POLICY = 1 << 10;
    public static final int SIGNAL = 1 << 12;
    public static final int SIGNAL_PEER = 1 << 13;
    public static final int WAIT = 1 << 14;
    public static final int INSPECT = 1 << 15;
    public static final int MANAGE_JOB = 1 << 16;
    public static final int MANAGE_PROCESS = 1 << 17;
    public static final int MANAGE_THREAD = 1 << 18;
    public static final int SAME_RIGHTS = 1 << 31;
    static final int BASIC = DUPLICATE | TRANSFER | WAIT | INSPECT;
    static final int IO = READ | WRITE;
    static final int PROPERTY = GET_PROPERTY | SET_PROPERTY;
    static final int POLICY = SET_POLICY | 1 << 11;

    public static final int READABLE = 1;
    public static final int WRITABLE = 1 << 1;
    public static final int PEER_CLOSED = 1 << 2;
    public static final int SIGNALED = 1 << 3;
    public static final int TERMINATED = 1 << 3;
    public static final int NO_PROCESSES = 1 << 3;
    public static final int NO_JOBS = 1 << 4;
    public static final int RUNNING = 1 << 4;
    public static final int SUSPENDED = 1 << 5;
    public static final int USER = 0xff000000;

    /// P-3.
    public static final int PORT_HOLDS = 2049;

    public static final int POOL_HOLDS = 16384;

    /// I-8.
    static final int LONGEST_NAME = 31;

    public static final int DEBUGGER = 1;
    public static final int TRY_NEXT = 2;

    public static final int PAGE_FAULT = 0x108;
    public static final int POLICY_ERROR = 0x8208;
    public static final int THREAD_STARTING = 0x8008;
    public static final int THREAD_EXITING = 0x8108;
    public static final int PROCESS_STARTING = 0x8308;

    public static final int STATE_NEW = 0;
    public static final int STATE_RUNNING = 1;
    public static final int STATE_SUSPENDED = 2;
    public static final int STATE_DYING = 4;
    public static final int STATE_DEAD = 5;
    public static final int STATE_EXCEPTION = 0x103;
    public static final int STATE_SLEEPING = 0x203;
    public static final int STATE_PORT = 0x403;

    public static final int BAD_HANDLE = 0;
    public static final int NEW_ANY = 3;
    public static final int NEW_PORT = 8;
    public static final int NEW_PROCESS = 12;
    public static final int DENY = 1;
    public static final int RAISE = 2;

    private Bits() {}
}
