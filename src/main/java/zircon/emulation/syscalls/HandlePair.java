package zircon.emulation.syscalls;

import zircon.emulation.kernel.Dispatcher;
import zircon.emulation.kernel.Handle;
import zircon.emulation.kernel.HandleArena;
import zircon.emulation.kernel.Refusal;

/// Handles to both ends of a pair of objects.
record HandlePair(Handle first, Handle second) {
    /// Makes both, or neither, in the caller's table; wants the lock.
    static HandlePair make(Caller caller, Dispatcher first, Dispatcher second, int rights) {
        HandleArena arena = caller.thread().kernel().handles();
        Handle one = arena.make(first, rights);
        try {
            HandlePair pair = new HandlePair(one, arena.make(second, rights));
            caller.own(pair.first());
            caller.own(pair.second());
            return pair;
        } catch (Refusal noMemory) {
            arena.close(one);
            throw noMemory;
        }
    }
}
