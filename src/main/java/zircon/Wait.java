package zircon;

import java.util.Objects;

/// How a wait for signals ended.
///
/// What was observed is everything that was active at any moment of the wait, whether watched or
/// not.
public sealed interface Wait {
    /// A watched signal was active.
    ///
    /// @param observed all signals seen
    record Satisfied(Signals observed) implements Wait {
        /// A watched signal was active.
        public Satisfied {
            Objects.requireNonNull(observed, "observed");
        }
    }

    /// The deadline passed.
    ///
    /// @param observed all signals seen
    record TimedOut(Signals observed) implements Wait {
        /// The deadline passed.
        public TimedOut {
            Objects.requireNonNull(observed, "observed");
        }
    }

    /// The handle was closed by another thread; [Signals#HANDLE_CLOSED] is among what was observed.
    ///
    /// @param observed all signals seen
    record Canceled(Signals observed) implements Wait {
        /// The handle was closed.
        public Canceled {
            Objects.requireNonNull(observed, "observed");
        }
    }

    /// There was no wait.
    ///
    /// @param status why not
    record Refused(Status status) implements Wait {
        /// There was no wait.
        public Refused {
            Objects.requireNonNull(status, "status");
        }
    }

    /// What was observed, for callers that count on the wait being satisfied.
    ///
    /// @return the signals of [Satisfied]
    /// @throws ZxException with `TIMED_OUT`, `CANCELED` or the status of [Refused]
    default Signals orElseThrow() {
        return switch (this) {
            case Satisfied(var observed) -> observed;
            case TimedOut _ -> throw new ZxException(ZxError.TIMED_OUT);
            case Canceled _ -> throw new ZxException(ZxError.CANCELED);
            case Refused(var status) -> throw new ZxException(status);
        };
    }
}
