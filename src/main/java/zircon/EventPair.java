package zircon;

import zircon.internal.Syscalls;

import java.util.Objects;

/// One of two objects that can signal each other, and see each other's end.
public final class EventPair extends Handle {
    EventPair(int raw) {
        super(raw);
    }

    /// Both of the two.
    ///
    /// @param first one, owned
    /// @param second the other, owned
    public record Pair(EventPair first, EventPair second) implements AutoCloseable {
        /// Two ends.
        public Pair {
            Objects.requireNonNull(first, "first");
            Objects.requireNonNull(second, "second");
        }

        /// Closes both.
        @Override
        public void close() {
            first.close();
            second.close();
        }
    }

    /// Takes over an event pair's handle that was not made by this wrapper. What it names is not
    /// checked.
    ///
    /// @param raw the number; this object owns it from now on
    /// @return the handle
    /// @throws IllegalArgumentException if `raw` is 0
    public static EventPair adopt(int raw) {
        return new EventPair(checked(raw));
    }

    /// Makes an event pair, with no signal active.
    ///
    /// Wraps `zx_eventpair_create`. Does not block.
    ///
    /// - `ACCESS_DENIED`: the policy of the caller's job denies new event pairs.
    ///
    /// @return both of the two, owned
    public static Result<Pair> create() {
        return Answer.madeTwo(
                (first, second) -> Syscalls.eventpairCreate(0, first, second),
                EventPair::new,
                EventPair::new,
                Pair::new);
    }

    @Override
    public Result<EventPair> duplicate(Rights rights) {
        return duplicate(rights, EventPair::new);
    }

    @Override
    public Result<EventPair> replace(Rights rights) {
        return replace(rights, EventPair::new);
    }

    /// Clears and then sets signals of the other one.
    ///
    /// Wraps `zx_object_signal_peer`. Does not block, does not allocate.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#SIGNAL_PEER].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `INVALID_ARGS`: a signal that is not the user's to change; nothing is changed.
    /// - `PEER_CLOSED`: the other one is closed.
    ///
    /// @param clear what to clear
    /// @param set what to set
    /// @return nothing more than success
    public Result<Unit> signalPeer(Signals clear, Signals set) {
        return objectSignalPeer(clear, set);
    }
}
