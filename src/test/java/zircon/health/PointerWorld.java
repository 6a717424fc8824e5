package zircon.health;

import zircon.Channel;
import zircon.Deadline;
import zircon.Event;
import zircon.Job;
import zircon.Port;
import zircon.Rights;
import zircon.Signals;
import zircon.UserPacket;
import zircon.Vmar;
import zircon.kit.Guest;
import zircon.kit.Packets;
import zircon.kit.Scope;
import zircon.sys.zircon_h;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// All that a syscall needs beside the pointer that is tried: objects of all types, a thread that
/// waits in an exception, and good memory. By their numbers, since the calls are raw ones.
final class PointerWorld implements AutoCloseable {
    /// The size of the messages that are there to be read.
    static final int MESSAGE = 24;

    private final Scope scope = new Scope();
    private final Arena arena = scope.own(Arena.ofConfined());
    private final MemorySegment spare = arena.allocate(64, 8);
    private final MemorySegment secondSpare = arena.allocate(64, 8);
    private final MemorySegment name = arena.allocateFrom("x");
    private final Event event = scope.event();
    private final Job parent = scope.job();
    private final Job job = scope.jobIn(parent);
    private final Job emptyJob = scope.job();
    private final Guest guest = scope.guestIn(job);
    private final Port port = scope.port();
    private final Vmar vmar = scope.own(Vmar.rootSelf().orElseThrow());
    private final Channel.Pair channel = scope.own(Channel.create().orElseThrow());

    PointerWorld() {
        var _ = event.signal(Signals.NONE, Signals.EVENT_SIGNALED).orElseThrow();
        var _ = guest.thread().bindExceptionPort(port, 1).orElseThrow();
        guest.fault();
        var _ = Packets.exception(port);
    }

    MemorySegment spare() {
        return spare;
    }

    MemorySegment secondSpare() {
        return secondSpare;
    }

    /// Closes the handles that a call stored in the spare memory, and returns the call's status.
    int closingSpares(int status) {
        for (MemorySegment place : new MemorySegment[] {spare, secondSpare}) {
            if (status == 0) {
                int closed = zircon_h.zx_handle_close(place.get(ValueLayout.JAVA_INT, 0));
                if (closed != 0) {
                    throw new AssertionError("the handle that a call returned: " + closed);
                }
            }
            place.fill((byte) 0);
        }
        return status;
    }

    MemorySegment name() {
        return name;
    }

    int event() {
        return event.raw();
    }

    /// Closed by the call.
    int oneMoreEvent() {
        return scope.own(event.duplicate(Rights.SAME_RIGHTS).orElseThrow()).raw();
    }

    int parent() {
        return parent.raw();
    }

    int job() {
        return job.raw();
    }

    int emptyJob() {
        return emptyJob.raw();
    }

    int process() {
        return guest.process().raw();
    }

    int thread() {
        return guest.thread().raw();
    }

    long threadKoid() {
        return guest.thread().koid().orElseThrow().value();
    }

    int vmar() {
        return vmar.raw();
    }

    int port() {
        return port.raw();
    }

    /// A port that holds one packet.
    int portWithPacket() {
        while (port.waitFor(Deadline.PAST).isOk()) {
            // what a call before left
        }
        var _ = port.queue(UserPacket.of(1)).orElseThrow();
        return port();
    }

    /// An end that can be written to.
    int channel() {
        return channel.first().raw();
    }

    /// An end that holds one message, of bytes.
    int message() {
        return withMessage(channel.first().write(new byte[MESSAGE]).raw());
    }

    /// An end that holds one message, of a handle.
    int messageWithHandle() {
        return withMessage(
                channel.first()
                        .write(new byte[0], event.duplicate(Rights.SAME_RIGHTS).orElseThrow())
                        .raw());
    }

    /// An end that holds one message, of nothing.
    int emptyMessage() {
        return withMessage(channel.first().write(new byte[0]).raw());
    }

    private int withMessage(int status) {
        if (status != 0) {
            throw new AssertionError("channel_write: " + status);
        }
        return channel.second().raw();
    }

    int info(int handle, int topic, MemorySegment buffer, long size) {
        return zircon_h.zx_object_get_info(
                handle, topic, buffer, size, MemorySegment.NULL, MemorySegment.NULL);
    }

    /// What a good call reads: the bytes that the kernel would accept.
    byte[] content(PointerArgument argument) {
        var bytes = new byte[argument.size()];
        if (argument.name().startsWith("thread_write_state")) {
            int kind = Integer.parseInt(argument.name().replaceAll("\\D+", ""));
            MemorySegment state = arena.allocate(bytes.length, 16);
            int status = zircon_h.zx_thread_read_state(thread(), kind, state, bytes.length);
            if (status != 0) {
                throw new AssertionError("thread_read_state: " + status);
            }
            MemorySegment.copy(state, ValueLayout.JAVA_BYTE, 0, bytes, 0, bytes.length);
        }
        if (argument.name().startsWith("object_wait_many")) {
            MemorySegment item = MemorySegment.ofArray(bytes);
            item.set(ValueLayout.JAVA_INT_UNALIGNED, 0, event());
            item.set(ValueLayout.JAVA_INT_UNALIGNED, 4, PointerArgument.EVENT_SIGNALED);
        }
        return bytes;
    }

    @Override
    public void close() {
        scope.close();
    }
}
