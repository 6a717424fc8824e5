package zircon.testing;

import zircon.Channel;
import zircon.Event;
import zircon.EventPair;
import zircon.Handle;
import zircon.Job;
import zircon.OtherHandle;
import zircon.Port;
import zircon.Rights;
import zircon.SuspendToken;
import zircon.Vmar;
import zircon.ZxProcess;
import zircon.ZxThread;

import java.util.ArrayList;
import java.util.List;

/// Handles on their way to a guest: taken from the caller, not yet the guest's.
final class Given implements AutoCloseable {
    private final List<Handle> handles = new ArrayList<>();
    private boolean sent;

    private Given() {}

    /// Consumes all of `handles`, whatever comes of it.
    ///
    /// @throws zircon.ZxException one of them is closed
    static Given take(List<? extends Handle> handles) {
        Given given = new Given();
        try {
            // A new number in the place of the old one: that closes the caller's object.
            handles.forEach(
                    handle -> given.handles.add(handle.replace(Rights.SAME_RIGHTS).orElseThrow()));
            return given;
        } catch (RuntimeException refused) {
            handles.forEach(Handle::close);
            given.close();
            throw refused;
        }
    }

    /// Their numbers, for a call that consumes them; after it, there is nothing to close here.
    int[] send() {
        sent = true;
        return handles.stream().mapToInt(Handle::raw).toArray();
    }

    /// Objects for the same handles as numbers of another process.
    List<Handle> adopt(int[] numbers) {
        List<Handle> adopted = new ArrayList<>();
        for (int i = 0; i < numbers.length; i++) {
            adopted.add(adopt(handles.get(i), numbers[i]));
        }
        return List.copyOf(adopted);
    }

    private static Handle adopt(Handle sample, int number) {
        return switch (sample) {
            case Channel _ -> Channel.adopt(number);
            case Event _ -> Event.adopt(number);
            case EventPair _ -> EventPair.adopt(number);
            case Job _ -> Job.adopt(number);
            case Port _ -> Port.adopt(number);
            case SuspendToken _ -> SuspendToken.adopt(number);
            case Vmar _ -> Vmar.adopt(number);
            case ZxProcess _ -> ZxProcess.adopt(number);
            case ZxThread _ -> ZxThread.adopt(number);
            case OtherHandle _ -> OtherHandle.adopt(number);
        };
    }

    /// The guest's handle, with the type that the test's had.
    @SuppressWarnings("unchecked") // adopt() keeps the class
    static <H extends Handle> H like(H sample, Handle own) {
        assert sample.getClass() == own.getClass();
        return (H) own;
    }

    @Override
    public void close() {
        if (!sent) {
            handles.forEach(Handle::close);
        }
    }
}
