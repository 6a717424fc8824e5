package zircon;

import java.util.List;
import java.util.Objects;

/// How a wait for the signals of several objects ended.
///
/// What was observed of each object, in the order of the items, is everything that was active at
/// any moment of the wait, whether watched or not.
public sealed interface WaitMany {
    /// A watched signal was active.
    ///
    /// @param observed all signals seen, one entry per item
    record Satisfied(List<Signals> observed) implements WaitMany {
        /// A watched signal was active.
        public Satisfied {
            observed = NonNull.copyOf(observed, "observed");
        }
    }

    /// The deadline passed.
    ///
    /// @param observed all signals seen, one entry per item
    record TimedOut(List<Signals> observed) implements WaitMany {
        /// The deadline passed.
        public TimedOut {
            observed = NonNull.copyOf(observed, "observed");
        }
    }

    /// One of the handles was closed by another thread; [Signals#HANDLE_CLOSED] is among what was
    /// observed of it.
    ///
    /// @param observed all signals seen, one entry per item
    record Canceled(List<Signals> observed) implements WaitMany {
        /// One of the handles was closed.
        public Canceled {
            observed = NonNull.copyOf(observed, "observed");
        }
    }

    /// There was no wait.
    ///
    /// @param status why not
    record Refused(Status status) implements WaitMany {
        /// There was no wait.
        public Refused {
            Objects.requireNonNull(status, "status");
        }
    }

    /// What was observed, for callers that count on the wait being satisfied.
    ///
    /// @return the signals of [Satisfied]
    /// @throws ZxException with `TIMED_OUT`, `CANCELED` or the status of [Refused]
    default List<Signals> orElseThrow() {
        return switch (this) {
            case Satisfied(var observed) -> observed;
            case TimedOut _ -> throw new ZxException(ZxError.TIMED_OUT);
            case Canceled _ -> throw new ZxException(ZxError.CANCELED);
            case Refused(var status) -> throw new ZxException(status);
        };
    }
}
