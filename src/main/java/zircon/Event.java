package zircon;

import zircon.internal.Syscalls;

/// An object that has nothing but signals.
public final class Event extends Handle {
    Event(int raw) {
        super(raw);
    }

    /// Takes over an event's handle that was not made by this wrapper. What it names is not
    /// checked.
    ///
    /// @param raw the number; this object owns it from now on
    /// @return the handle
    /// @throws IllegalArgumentException if `raw` is 0
    public static Event adopt(int raw) {
        return new Event(checked(raw));
    }

    /// Makes an event, with no signal active.
    ///
    /// Wraps `zx_event_create`. Does not block.
    ///
    /// - `ACCESS_DENIED`: the policy of the caller's job denies new events.
    ///
    /// @return the event, owned
    public static Result<Event> create() {
        return Answer.made(out -> Syscalls.eventCreate(0, out), Event::new);
    }

    @Override
    public Result<Event> duplicate(Rights rights) {
        return duplicate(rights, Event::new);
    }

    @Override
    public Result<Event> replace(Rights rights) {
        return replace(rights, Event::new);
    }
}
