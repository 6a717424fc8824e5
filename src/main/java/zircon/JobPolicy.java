package zircon;

import java.util.Objects;

/// What shall happen when a process of a job does a certain thing: one entry of
/// [Job#setPolicy(Mode, JobPolicy...)].
///
/// @param condition what the process does
/// @param action what happens then
public record JobPolicy(Condition condition, Action action) {
    /// One entry of a policy.
    public JobPolicy {
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(action, "action");
    }

    /// What becomes of entries that the job has another action for already.
    public enum Mode {
        /// They are left out.
        RELATIVE(Abi.ZX_JOB_POL_RELATIVE),
        /// They are an error, `ALREADY_EXISTS`, and nothing is changed.
        ABSOLUTE(Abi.ZX_JOB_POL_ABSOLUTE);

        private final int option;

        Mode(int option) {
            this.option = option;
        }

        int option() {
            return option;
        }
    }

    /// What a process may do that a policy can object to.
    public enum Condition {
        /// It makes a syscall with a number that names no handle of its own. The only action that
        /// counts is an exception: the syscall is refused anyway.
        BAD_HANDLE(0),
        /// It makes a syscall with a handle to an object of the wrong type. Kept, but no kernel of
        /// this time looks at it.
        WRONG_OBJECT(1),
        /// It maps memory both writable and executable. Kept, but no kernel of this time looks at
        /// it.
        VMAR_WX(2),
        /// It makes any object that has a condition below, but for a process.
        NEW_ANY(3),
        /// It makes a memory object.
        NEW_VMO(4),
        /// It makes a channel.
        NEW_CHANNEL(5),
        /// It makes an event.
        NEW_EVENT(6),
        /// It makes an event pair.
        NEW_EVENTPAIR(7),
        /// It makes a port.
        NEW_PORT(8),
        /// It makes a socket.
        NEW_SOCKET(9),
        /// It makes a fifo.
        NEW_FIFO(10),
        /// It makes a timer.
        NEW_TIMER(11),
        /// It makes a process. Not part of [#NEW_ANY].
        NEW_PROCESS(12);

        private final int raw;

        Condition(int raw) {
            this.raw = raw;
        }

        int raw() {
            return raw;
        }
    }

    /// What happens.
    public enum Action {
        /// It is done.
        ALLOW(0),
        /// It is refused: `ACCESS_DENIED`.
        DENY(1),
        /// It is done, and the thread gets a [ExceptionType.Known#POLICY_ERROR].
        EXCEPTION(2),
        /// It is refused, and the thread gets a [ExceptionType.Known#POLICY_ERROR].
        DENY_AND_EXCEPTION(3),
        /// It is refused. (Kernels of this time do not kill; rule J-11.)
        KILL(5);

        private final int raw;

        Action(int raw) {
            this.raw = raw;
        }

        int raw() {
            return raw;
        }
    }
}
