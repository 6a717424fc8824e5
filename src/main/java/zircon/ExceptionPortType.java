package zircon;

import java.util.List;

/// Which slot holds the exception port whose answer a thread waits for.
public sealed interface ExceptionPortType permits ExceptionPortType.Known, ExceptionPortType.Other {
    /// The number.
    ///
    /// @return `zx_info_thread_t.wait_exception_port_type`
    int raw();

    /// The ExceptionPortType of a number; nothing is lost.
    ///
    /// @param raw any number
    /// @return the [Known] with this number, or an [Other]
    static ExceptionPortType of(int raw) {
        return OpenNumber.of(raw, Known.VALUES, ExceptionPortType::raw, Other::new);
    }

    /// The slots of this kernel.
    enum Known implements ExceptionPortType {
        /// No answer is awaited.
        NONE(0),
        /// The process' debugger slot.
        DEBUGGER(1),
        /// The thread's slot.
        THREAD(2),
        /// The process' general slot.
        PROCESS(3),
        /// A job's general slot.
        JOB(4),
        /// A job's debugger slot.
        JOB_DEBUGGER(5);

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

    /// A slot that [Known] has no name for.
    ///
    /// @param raw the number
    record Other(int raw) implements ExceptionPortType {
        /// A slot that [Known] has no name for. [ExceptionPortType#of(int)] is the way to make one.
        ///
        /// @throws IllegalArgumentException if [Known] has this number
        public Other {
            OpenNumber.requireUnknown(
                    raw, Known.VALUES, ExceptionPortType::raw, "ExceptionPortType");
        }

        /// The number for a person.
        ///
        /// @return for example `ExceptionPortType[9]`
        @Override
        public String toString() {
            return "ExceptionPortType[" + Integer.toUnsignedString(raw) + "]";
        }
    }
}
