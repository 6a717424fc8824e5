package zircon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import zircon.kit.Guest;
import zircon.kit.KernelFixture;
import zircon.kit.Packets;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// Each part of the wrapper once, through the bundled gate, with the emulated kernel behind it.
class WholeWayTest extends KernelFixture {
    @Test
    void theBundledGateServesTheCalls() {
        assertThat(Zircon.library().origin()).isEqualTo(Zircon.Origin.BUNDLED);
        assertThat(Zircon.systemVersion().orElseThrow()).isNotEmpty();
        assertThat(Clock.monotonicNanos()).isLessThanOrEqualTo(Clock.monotonicNanos());
        assertThat(Clock.nanosleep(Deadline.PAST)).isEqualTo(Ok.UNIT);
    }

    @Test
    void aHandleKnowsWhatItIs() {
        Port port = scope.port();
        HandleInfo info = port.basicInfo().orElseThrow();
        assertThat(info.type()).isEqualTo(ObjectType.Known.PORT);
        assertThat(info.rights()).isEqualTo(new Rights(0x800f));
        assertThat(info.waitable()).isFalse();
        assertThat(port.koid()).isEqualTo(new Ok<>(info.koid()));
        assertThat(port.handleCount()).isEqualTo(new Ok<>(1));
        assertThat(port)
                .hasToString("Port[handle=0x%x, koid=%s]".formatted(port.raw(), info.koid()));
    }

    @Test
    void aStaleHandleSaysSo() {
        Port port = Port.create().orElseThrow();
        Port alias = Port.adopt(port.raw());
        port.close();
        assertThat(alias.toString()).endsWith("stale: BAD_HANDLE]");
        assertThat(alias.queue(UserPacket.of(1))).isEqualTo(ZxError.BAD_HANDLE.err());
    }

    @Test
    void duplicatesAndReplacementsHaveTheRightsThatWereAskedFor() {
        Event event = scope.event();
        Event copy = scope.own(event.duplicate(Rights.WAIT).orElseThrow());
        assertThat(copy.signal(Signals.NONE, Signals.user(0)))
                .isEqualTo(ZxError.ACCESS_DENIED.err());
        assertThat(copy.duplicate(Rights.SAME_RIGHTS)).isEqualTo(ZxError.ACCESS_DENIED.err());
        Event last = scope.own(copy.replace(Rights.NONE).orElseThrow());
        assertThat(copy.isClosed()).isTrue();
        assertThat(last.waitFor(Signals.NONE, Deadline.PAST))
                .isEqualTo(new Wait.Refused(ZxError.ACCESS_DENIED));
    }

    @Test
    void waitsObserveSignals() {
        Event event = scope.event();
        assertThat(event.signal(Signals.NONE, Signals.user(3))).isEqualTo(Ok.UNIT);
        assertThat(event.waitFor(Signals.EVENT_SIGNALED, Deadline.PAST))
                .isEqualTo(new Wait.TimedOut(Signals.user(3)));
        assertThat(event.signal(Signals.user(3), Signals.EVENT_SIGNALED)).isEqualTo(Ok.UNIT);
        assertThat(event.waitFor(Signals.EVENT_SIGNALED, Deadline.INFINITE))
                .isEqualTo(new Wait.Satisfied(Signals.EVENT_SIGNALED));
    }

    @Test
    void tasksAreNamedListedAndFound() {
        Job job = scope.job();
        assertThat(job.setName("j\u00f6b")).isEqualTo(Ok.UNIT);
        assertThat(job.name()).isEqualTo(new Ok<>("j\u00f6b"));
        Job child = scope.jobIn(job);
        ProcessAndVmar made = scope.own(job.createProcess("p".repeat(40)).orElseThrow());
        Koid process = made.process().koid().orElseThrow();
        assertThat(made.process().name()).isEqualTo(new Ok<>("p".repeat(31)));
        assertThat(made.vmar().basicInfo().orElseThrow().type()).isEqualTo(ObjectType.Known.VMAR);

        assertThat(job.processes()).isEqualTo(new Ok<>(List.of(process)));
        assertThat(job.children()).isEqualTo(new Ok<>(List.of(child.koid().orElseThrow())));
        ZxProcess found = scope.own(job.childProcess(process, Rights.SAME_RIGHTS).orElseThrow());
        assertThat(found.koid()).isEqualTo(new Ok<>(process));
        assertThat(job.childJob(process, Rights.SAME_RIGHTS)).isEqualTo(ZxError.WRONG_TYPE.err());
        assertThat(found.info()).isEqualTo(new Ok<>(new ProcessInfo(0, false, false, false)));
    }

    @Test
    void aMessageCarriesHandlesOfTheirClasses() {
        Channel.Pair ends = scope.own(Channel.create().orElseThrow());
        EventPair.Pair pair = scope.own(EventPair.create().orElseThrow());
        Job job = Job.defaultJob().orElseThrow();
        byte[] text = "hello".getBytes(StandardCharsets.UTF_8);
        assertThat(ends.first().write(text, job, pair.first())).isEqualTo(Ok.UNIT);
        assertThat(ends.second().read(4, 2)).isEqualTo(new Read.TooSmall(5, 2));
        Read.Message message = scope.own(ends.second().read().orElseThrow());
        assertThat(message.bytes()).isEqualTo(text);
        assertThat(message.handles().get(0)).isExactlyInstanceOf(Job.class);
        assertThat(message.handles().get(1)).isExactlyInstanceOf(EventPair.class);
        assertThat(pair.second().signalPeer(Signals.NONE, Signals.EVENTPAIR_SIGNALED))
                .isEqualTo(Ok.UNIT);
        assertThat(message.handles().get(1).waitFor(Signals.EVENTPAIR_SIGNALED, Deadline.PAST))
                .isInstanceOf(Wait.Satisfied.class);
        assertThat(ends.second().read()).isEqualTo(new Read.Refused(ZxError.SHOULD_WAIT));
    }

    @Test
    void aFaultBecomesAPacketAReportAndRegisters() {
        Port port = scope.port();
        Guest guest = scope.guest();
        assertThat(guest.process().bindExceptionPort(port, -7)).isEqualTo(Ok.UNIT);
        guest.fault();

        ExceptionPacket packet = Packets.exception(port);
        assertThat(packet)
                .isEqualTo(
                        new ExceptionPacket(
                                -7,
                                0,
                                ExceptionType.Known.FATAL_PAGE_FAULT,
                                guest.process().koid().orElseThrow(),
                                guest.thread().koid().orElseThrow()));
        ZxThread thread =
                scope.own(guest.process().child(packet.thread(), Rights.SAME_RIGHTS).orElseThrow());
        requireWaiting(thread, ExceptionPortType.Known.PROCESS);
        ExceptionReport report = thread.exceptionReport().orElseThrow();
        assertThat(report.type()).isEqualTo(packet.type());
        assertThat(report.cr2()).isZero();
        assertThat(thread.readGeneralRegisters().orElseThrow().rip()).isZero();
        assertThat(thread.resumeFromException(port, Resume.TRY_NEXT)).isEqualTo(Ok.UNIT);
        Guest.awaitEnd(guest.process());
        assertThat(guest.process().info().orElseThrow().returnCode()).isEqualTo(-1);
    }

    @Test
    void everyRegisterSetIsReadAsItWasWritten() {
        Port port = scope.port();
        Guest guest = scope.guest();
        assertThat(guest.thread().bindExceptionPort(port, 1)).isEqualTo(Ok.UNIT);
        guest.fault();
        var _ = Packets.exception(port);
        ZxThread thread = guest.thread();

        GeneralRegisters general =
                thread.readGeneralRegisters()
                        .orElseThrow()
                        .with(GeneralRegisters.Register.R12, -12);
        assertThat(thread.writeGeneralRegisters(general)).isEqualTo(Ok.UNIT);
        assertThat(thread.readGeneralRegisters()).isEqualTo(new Ok<>(general));
        FpRegisters fp = thread.readFpRegisters().orElseThrow();
        assertThat(thread.writeFpRegisters(fp)).isEqualTo(Ok.UNIT);
        assertThat(thread.readFpRegisters()).isEqualTo(new Ok<>(fp));
        VectorRegisters vector = thread.readVectorRegisters().orElseThrow();
        assertThat(thread.writeVectorRegisters(vector)).isEqualTo(Ok.UNIT);
        assertThat(thread.readVectorRegisters()).isEqualTo(new Ok<>(vector));
    }

    @Test
    void exitLeavesTheCodeOfAJavaGuest() {
        var after = new AtomicReference<>("not reached");
        Guest guest =
                scope.javaGuest(
                        () -> {
                            ZxProcess.exit(42);
                            after.set("reached");
                        });
        guest.go();
        Guest.awaitEnd(guest.process());
        assertThat(guest.process().info().orElseThrow().returnCode()).isEqualTo(42);
        assertThat(after).hasValue("not reached");
    }

    @Test
    void aKilledJavaGuestIsTakenOutOfItsCode() {
        var after = new AtomicReference<>("not reached");
        Guest guest =
                scope.javaGuest(
                        () -> {
                            try (Event event = Event.create().orElseThrow()) {
                                var _ = event.waitFor(Signals.EVENT_SIGNALED, Deadline.INFINITE);
                                after.set("reached");
                            }
                        });
        guest.go();
        Packets.settle();
        assertThat(guest.process().kill()).isEqualTo(Ok.UNIT);
        Guest.awaitEnd(guest.process());
        assertThat(after).hasValue("not reached");
    }
}
