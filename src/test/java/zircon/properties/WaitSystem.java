package zircon.properties;

import zircon.Deadline;
import zircon.Event;
import zircon.Ok;
import zircon.Port;
import zircon.PortPacket;
import zircon.Result;
import zircon.Rights;
import zircon.Signals;
import zircon.UserPacket;
import zircon.kit.Scope;
import zircon.sys.zircon_h;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The real things that [WaitModel] is a model of.
final class WaitSystem implements AutoCloseable {
    // Bit 31 is never set in a handle (H-1).
    private static final int NEVER_A_HANDLE = -1;

    private final Scope scope = new Scope();
    private final Event event = scope.event();
    private final Map<Integer, Event> handles = new HashMap<>();
    private final Map<Integer, Integer> numbers = new HashMap<>();
    private Port port = scope.port();

    int open(int slot) {
        Event old = handles.get(slot);
        Event made =
                old == null || old.isClosed()
                        ? event.duplicate(Rights.SAME_RIGHTS).orElseThrow()
                        : old.replace(Rights.SAME_RIGHTS).orElseThrow();
        handles.put(slot, scope.own(made));
        numbers.put(slot, made.raw());
        return 0;
    }

    int close(int slot) {
        Event closing = handles.get(slot);
        if (closing == null || closing.isClosed()) {
            return zircon_h.zx_handle_close(number(slot));
        }
        closing.close();
        return 0;
    }

    int signal(int clear, int set) {
        return status(event.signal(new Signals(clear), new Signals(set)));
    }

    int waitAsync(int slot, long key, int trigger, boolean repeating) {
        return zircon_h.zx_object_wait_async(
                number(slot), port.raw(), key, trigger, repeating ? 1 : 0);
    }

    int cancel(int slot, long key) {
        return zircon_h.zx_port_cancel(port.raw(), number(slot), key);
    }

    int queue(UserPacket packet) {
        return status(port.queue(packet));
    }

    Optional<PortPacket> read() {
        return port.waitFor(Deadline.PAST) instanceof Ok<PortPacket>(var packet)
                ? Optional.of(packet)
                : Optional.empty();
    }

    int renewPort() {
        port.close();
        port = scope.port();
        return 0;
    }

    /// The slot's handle, or one that was there.
    private int number(int slot) {
        return numbers.getOrDefault(slot, NEVER_A_HANDLE);
    }

    private static int status(Result<?> result) {
        return result.raw();
    }

    @Override
    public void close() {
        scope.close();
    }
}
