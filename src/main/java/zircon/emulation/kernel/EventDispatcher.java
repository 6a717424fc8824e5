package zircon.emulation.kernel;

/// An event: nothing but signals.
public final class EventDispatcher extends Dispatcher {
    /// Makes an event, which has no handle yet.
    ///
    /// @throws Refusal NO_MEMORY
    public EventDispatcher(Kernel kernel) {
        kernel.faults().allocate();
        super(kernel, ObjectType.EVENT, 0);
    }
}
