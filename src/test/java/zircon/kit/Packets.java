package zircon.kit;

import static org.assertj.core.api.Assertions.assertThat;

import zircon.Deadline;
import zircon.ExceptionPacket;
import zircon.ExceptionType;
import zircon.Koid;
import zircon.Port;
import zircon.PortPacket;
import zircon.Resume;
import zircon.ZxError;
import zircon.ZxThread;
import zircon.emulation.HostEmulation;

import java.time.Duration;

/// Reading a port in a test.
public final class Packets {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Packets() {}

    /// The next packet, which must come soon.
    public static PortPacket next(Port port) {
        return port.waitFor(Deadline.after(LIMIT)).orElseThrow();
    }

    /// The next packet, which must come soon and be about an exception.
    public static ExceptionPacket exception(Port port) {
        PortPacket packet = next(port);
        assertThat(packet).isInstanceOf(ExceptionPacket.class);
        return (ExceptionPacket) packet;
    }

    /// The next packet, which must come soon and tell of an exception of `thread`.
    public static ExceptionPacket exceptionOf(Koid thread, Port port) {
        ExceptionPacket packet = exception(port);
        assertThat(packet.thread()).isEqualTo(thread);
        return packet;
    }

    /// Lets a thread go on that tells the debugger behind `port` of its start.
    public static void passStart(ZxThread thread, Port port) {
        assertThat(exception(port).type()).isEqualTo(ExceptionType.Known.THREAD_STARTING);
        var _ = thread.resumeFromException(port, Resume.HANDLED).orElseThrow();
    }

    /// The next packet, which must come soon, tells of the end of a thread.
    public static void requireExiting(Port port) {
        assertThat(exception(port).type()).isEqualTo(ExceptionType.Known.THREAD_EXITING);
    }

    /// Fails unless the port is empty once all guests have come to rest.
    public static void requireNone(Port port) {
        settle();
        assertThat(port.waitFor(Deadline.PAST)).isEqualTo(ZxError.TIMED_OUT.err());
    }

    /// Waits until every guest sleeps or is dead.
    public static void settle() {
        try {
            assertThat(HostEmulation.instance().awaitQuiescence(LIMIT))
                    .as("every guest sleeps or is dead within %s", LIMIT)
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the guests settle", e);
        }
    }
}
