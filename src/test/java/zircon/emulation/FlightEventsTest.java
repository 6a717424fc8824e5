package zircon.emulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import zircon.Deadline;
import zircon.Port;
import zircon.Resume;
import zircon.ZxError;
import zircon.kit.Guest;
import zircon.kit.Guest.Code;
import zircon.kit.KernelFixture;
import zircon.kit.Packets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The kernel's voice as events of a flight recording.
class FlightEventsTest extends KernelFixture {
    private static final String SYSCALL = "zircon.Syscall";
    private static final String DELIVERED = "zircon.ExceptionDelivered";
    private static final String ANSWERED = "zircon.ExceptionAnswered";

    @TempDir private Path scratch;

    private interface Action {
        void run() throws Exception;
    }

    /// The events of our own while `action` runs, those of one name.
    private List<RecordedEvent> record(String name, Action action) throws Exception {
        Path file = scratch.resolve(name + ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(name);
            recording.start();
            action.run();
            recording.stop();
            recording.dump(file);
        }
        return events(file).stream().filter(e -> e.getEventType().getName().equals(name)).toList();
    }

    private static List<RecordedEvent> events(Path file) throws IOException {
        return RecordingFile.readAllEvents(file);
    }

    @Test
    void eachSyscallIsAnEventThatLastsAsLongAsTheCall() throws Exception {
        List<RecordedEvent> events =
                record(
                        SYSCALL,
                        () -> {
                            try (Port port = Port.create().orElseThrow()) {
                                assertThat(port.waitFor(Deadline.PAST))
                                        .isEqualTo(ZxError.TIMED_OUT.err());
                            }
                        });
        assertThat(events)
                .extracting(event -> event.getString("call"), event -> event.getString("result"))
                .containsExactly(
                        tuple("zx_port_create", "ZX_OK"),
                        tuple("zx_port_wait", "ZX_ERR_TIMED_OUT"),
                        tuple("zx_handle_close", "ZX_OK"));
        assertThat(events)
                .allSatisfy(
                        event -> {
                            assertThat(event.getLong("process")).isEqualTo(1026);
                            assertThat(event.getLong("thread")).isGreaterThan(1026);
                            assertThat(event.getDuration()).isPositive();
                            assertThat(event.getThread().getJavaName())
                                    .isEqualTo(Thread.currentThread().getName());
                        });
    }

    @Test
    void exceptionsAreDeliveredAndAnswered() throws Exception {
        Port port = scope.port();
        Guest guest = scope.guest();
        long process = guest.process().koid().orElseThrow().value();
        long thread = guest.thread().koid().orElseThrow().value();
        var _ = guest.thread().bindExceptionPort(port, 1).orElseThrow();
        var _ = guest.process().bindExceptionPort(port, -2).orElseThrow();
        List<RecordedEvent> delivered = record(DELIVERED, () -> fault(guest, port));
        assertThat(delivered)
                .extracting(event -> event.getString("slot"), event -> event.getLong("key"))
                .containsExactly(tuple("THREAD", 1L), tuple("PROCESS", -2L));
        assertThat(delivered)
                .allSatisfy(
                        event -> {
                            assertThat(event.getString("type")).isEqualTo("FATAL_PAGE_FAULT");
                            assertThat(event.getLong("process")).isEqualTo(process);
                            assertThat(event.getLong("thread")).isEqualTo(thread);
                            assertThat(event.getLong("port"))
                                    .isEqualTo(port.koid().orElseThrow().value());
                        });
    }

    @Test
    void answersSayWhatTheyWere() throws Exception {
        Port port = scope.port();
        Guest guest = scope.guest();
        long process = guest.process().koid().orElseThrow().value();
        long thread = guest.thread().koid().orElseThrow().value();
        var _ = guest.thread().bindExceptionPort(port, 1).orElseThrow();
        var _ = guest.process().bindExceptionPort(port, 2).orElseThrow();
        List<RecordedEvent> answered = record(ANSWERED, () -> fault(guest, port));
        assertThat(answered)
                .extracting(event -> event.getString("slot"), event -> event.getString("outcome"))
                .containsExactly(tuple("THREAD", "TRY_NEXT"), tuple("PROCESS", "HANDLED"));
        assertThat(answered)
                .allSatisfy(
                        event -> {
                            assertThat(event.getString("type")).isEqualTo("FATAL_PAGE_FAULT");
                            assertThat(event.getLong("process")).isEqualTo(process);
                            assertThat(event.getLong("thread")).isEqualTo(thread);
                            assertThat(event.getDuration()).isPositive();
                        });
    }

    private static void fault(Guest guest, Port port) {
        guest.fault();
        var _ = Packets.exception(port);
        var _ = guest.thread().resumeFromException(port, Resume.TRY_NEXT).orElseThrow();
        var _ = Packets.exception(port);
        Guest.sendTo(guest.thread(), Code.THREAD_EXIT, 0);
        var _ = guest.thread().resumeFromException(port, Resume.HANDLED).orElseThrow();
        Guest.awaitEnd(guest.process());
        Packets.settle();
    }

    @Test
    void aRecordingThatDoesNotWantThemGetsNone() throws Exception {
        Path file = scratch.resolve("others.jfr");
        try (Recording recording = new Recording()) {
            recording.disable(SYSCALL);
            recording.start();
            Port.create().orElseThrow().close();
            recording.stop();
            recording.dump(file);
        }
        assertThat(events(file)).noneMatch(e -> e.getEventType().getName().equals(SYSCALL));
    }
}
