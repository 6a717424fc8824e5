package zircon.emulation.kernel;

import java.lang.foreign.MemorySegment;

/// The saved state of a thread that a fault has stopped.
///
/// Called under the kernel's lock, by any thread, while the one that it describes is stopped:
/// nothing here may block.
public interface ThreadContext {
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

    /// The x86 vector of the fault.
    long vector();

    /// The processor's error code, 0 where the vector has none.
    long errorCode();

    /// The address of a page fault, otherwise 0.
    long cr2();
}
