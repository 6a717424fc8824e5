package zircon.emulation.kernel;

import java.lang.foreign.MemorySegment;

/// The saved state of a thread that has stopped: by a fault, by an interruption of its code, in a
/// syscall, or before or after all of its code.
///
/// All but [#stop] and [#goOn] are called under the kernel's lock, by any thread, while the one
/// that this describes is stopped: nothing here may block.
public interface ThreadContext {
    /// Called by the thread itself, under the lock: from now on others read and write this.
    void stop();

    /// Called by the thread itself, under the lock: it goes on with what was written.
    void goOn();

    /// Whether there are general registers: the thread has code of its own to return to.
    boolean hasGeneral();

    /// Whether it is a syscall that the thread will return from (I-4).
    boolean inSyscall();

    /// The general registers, a `zx_thread_state_general_regs_t`. What is written here is what the
    /// thread goes on with.
    MemorySegment general();

    /// Stores a `zx_thread_state_fp_regs_t`.
    void readFp(MemorySegment into);

    /// Takes a `zx_thread_state_fp_regs_t`.
    void writeFp(MemorySegment from);

    /// Stores a `zx_thread_state_vector_regs_t`.
    void readVector(MemorySegment into);

    /// Takes a `zx_thread_state_vector_regs_t`.
    void writeVector(MemorySegment from);

    /// The x86 vector of the fault; 0 where there was none.
    long vector();

    /// The processor's error code, 0 where the vector has none.
    long errorCode();

    /// The address of a page fault, otherwise 0.
    long cr2();
}
