package zircon;

import java.util.List;

/// What kind of exception: a `ZX_EXCP_*` in its full form, as packets and reports carry it.
public sealed interface ExceptionType permits ExceptionType.Known, ExceptionType.Other {
    /// The number.
    ///
    /// @return for example `0x108` for a page fault
    int raw();

    /// The ExceptionType of a number; nothing is lost.
    ///
    /// @param raw any number
    /// @return the [Known] with this number, or an [Other]
    static ExceptionType of(int raw) {
        return OpenNumber.of(raw, Known.VALUES, ExceptionType::raw, Other::new);
    }

    /// Tells whether the processor raised the exception.
    ///
    /// @return false for what the kernel makes up: the `0x8…` ones
    default boolean isArchitectural() {
        return (raw() & 0x8000) == 0;
    }

    /// The exceptions of this kernel.
    enum Known implements ExceptionType {
        /// Any other fault of the processor: general protection, division, floating point.
        GENERAL(0x0008),
        /// An access to memory that is not there, or not to be used that way.
        FATAL_PAGE_FAULT(0x0108),
        /// The instruction does not exist.
        UNDEFINED_INSTRUCTION(0x0208),
        /// A breakpoint instruction.
        SW_BREAKPOINT(0x0308),
        /// A debug register, or a single step.
        HW_BREAKPOINT(0x0408),
        /// A misaligned access, where the processor does not allow it.
        UNALIGNED_ACCESS(0x0508),
        /// A thread is about to run; a process debugger's only.
        THREAD_STARTING(0x8008),
        /// A thread is about to end; a process debugger's only.
        THREAD_EXITING(0x8108),
        /// A syscall that the policy of the job objects to.
        POLICY_ERROR(0x8208),
        /// A process is about to run its first thread; a job debugger's only.
        PROCESS_STARTING(0x8308);

        private static final List<Known> VALUES = List.of(values());

        private final int raw;

        Known(int raw) {
            this.raw = raw;
        }

        @Override
        public int raw() {
            return raw;
        }
    }

    /// An exception that [Known] has no name for.
    ///
    /// @param raw the number
    record Other(int raw) implements ExceptionType {
        /// An exception that [Known] has no name for. [ExceptionType#of(int)] is the way to make
        /// one.
        ///
        /// @throws IllegalArgumentException if [Known] has this number
        public Other {
            OpenNumber.requireUnknown(raw, Known.VALUES, ExceptionType::raw, "ExceptionType");
        }

        /// The number for a person.
        ///
        /// @return for example `ExceptionType[0x4208]`
        @Override
        public String toString() {
            return "ExceptionType[0x" + Integer.toHexString(raw) + "]";
        }
    }
}
