package zircon;

import java.util.List;

/// Where a thread is in its life, and what it waits for.
public sealed interface ThreadState permits ThreadState.Known, ThreadState.Other {
    /// The number.
    ///
    /// @return `zx_info_thread_t.state`
    int raw();

    /// The ThreadState of a number; nothing is lost.
    ///
    /// @param raw any number
    /// @return the [Known] with this number, or an [Other]
    static ThreadState of(int raw) {
        return OpenNumber.of(raw, Known.VALUES, ThreadState::raw, Other::new);
    }

    /// Tells whether the thread waits, whatever for.
    ///
    /// @return true for `BLOCKED` and its kinds
    default boolean isBlocked() {
        return (raw() & 0xff) == Known.BLOCKED.raw();
    }

    /// The states of this kernel.
    enum Known implements ThreadState {
        /// Never started.
        NEW(0x0000),
        /// Runs, or could.
        RUNNING(0x0001),
        /// Suspended.
        SUSPENDED(0x0002),
        /// Waits; never reported without a reason.
        BLOCKED(0x0003),
        /// Exits, or was killed.
        DYING(0x0004),
        /// Has ended.
        DEAD(0x0005),
        /// Waits for the answer to an exception.
        BLOCKED_EXCEPTION(0x0103),
        /// Sleeps.
        BLOCKED_SLEEPING(0x0203),
        /// Waits for a futex.
        BLOCKED_FUTEX(0x0303),
        /// Waits for a packet.
        BLOCKED_PORT(0x0403),
        /// Waits for a call's reply.
        BLOCKED_CHANNEL(0x0503),
        /// Waits for one object's signals.
        BLOCKED_WAIT_ONE(0x0603),
        /// Waits for several objects' signals.
        BLOCKED_WAIT_MANY(0x0703),
        /// Waits for an interrupt.
        BLOCKED_INTERRUPT(0x0803);

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

    /// A state that [Known] has no name for.
    ///
    /// @param raw the number
    record Other(int raw) implements ThreadState {
        /// A state that [Known] has no name for. [ThreadState#of(int)] is the way to make one.
        ///
        /// @throws IllegalArgumentException if [Known] has this number
        public Other {
            OpenNumber.requireUnknown(raw, Known.VALUES, ThreadState::raw, "ThreadState");
        }

        /// The number for a person.
        ///
        /// @return for example `ThreadState[0xf03]`
        @Override
        public String toString() {
            return "ThreadState[0x" + Integer.toHexString(raw) + "]";
        }
    }
}
