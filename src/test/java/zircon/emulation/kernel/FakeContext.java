package zircon.emulation.kernel;

import zircon.sys.zx_thread_state_fp_regs;
import zircon.sys.zx_thread_state_general_regs;
import zircon.sys.zx_thread_state_vector_regs;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Registers of a thread that never ran.
public final class FakeContext implements ThreadContext {
    private final Arena arena = Arena.ofAuto();
    private final long vector;
    private final long errorCode;
    private final long cr2;
    private final MemorySegment general = arena.allocate(zx_thread_state_general_regs.layout());
    private final MemorySegment fp = arena.allocate(zx_thread_state_fp_regs.layout());
    private final MemorySegment vectors = arena.allocate(zx_thread_state_vector_regs.layout());

    private boolean hasGeneral = true;
    private boolean inSyscall;
    private volatile boolean stopped;

    public FakeContext(long vector, long errorCode, long cr2) {
        this.vector = vector;
        this.errorCode = errorCode;
        this.cr2 = cr2;
    }

    /// A write to an address where nothing is.
    public static FakeContext pageFault() {
        return new FakeContext(14, 6, 0x1234);
    }

    /// A thread before or after all of its code.
    public static FakeContext outside() {
        FakeContext context = new FakeContext(0, 0, 0);
        context.hasGeneral = false;
        return context;
    }

    /// A thread on its way back from a syscall.
    public static FakeContext ofSyscall() {
        FakeContext context = new FakeContext(0, 0, 0);
        context.inSyscall = true;
        return context;
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public void goOn() {
        stopped = false;
    }

    /// Whether others may read and write this now.
    public boolean isStopped() {
        return stopped;
    }

    @Override
    public boolean hasGeneral() {
        return hasGeneral;
    }

    @Override
    public boolean inSyscall() {
        return inSyscall;
    }

    @Override
    public MemorySegment general() {
        return general;
    }

    @Override
    public void readFp(MemorySegment into) {
        into.copyFrom(fp);
    }

    @Override
    public void writeFp(MemorySegment from) {
        fp.copyFrom(from);
    }

    @Override
    public void readVector(MemorySegment into) {
        into.copyFrom(vectors);
    }

    @Override
    public void writeVector(MemorySegment from) {
        vectors.copyFrom(from);
    }

    @Override
    public long vector() {
        return vector;
    }

    @Override
    public long errorCode() {
        return errorCode;
    }

    @Override
    public long cr2() {
        return cr2;
    }
}
