package zircon.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import zircon.Clock;
import zircon.Deadline;
import zircon.ExceptionPacket;
import zircon.ExceptionPortType;
import zircon.ExceptionReport;
import zircon.ExceptionType;
import zircon.PacketBuffer;
import zircon.Port;
import zircon.Resume;
import zircon.ThreadInfo;
import zircon.ThreadState;
import zircon.ZxError;
import zircon.ZxProcess;
import zircon.ZxThread;
import zircon.emulation.GuestFaults;
import zircon.emulation.HostEmulation;
import zircon.kit.Guest;
import zircon.kit.KernelFixture;
import zircon.kit.Packets;

import java.time.Duration;

/// One exchange with one handler.
class ExchangeTest extends KernelFixture {
    private static final int ROUNDS = 50;

    @Test
    @DisplayName(
            "X-5: a packet has the binding's key, the exception's number, status OK, and both"
                    + " koids")
    void packet() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        long key = 0xfedcba9876543210L;
        var _ = victim.thread().bindExceptionPort(port, key).orElseThrow();
        victim.guest().fault();
        try (var buffer = new PacketBuffer()) {
            var _ = port.waitFor(Deadline.INFINITE, buffer).orElseThrow();
            assertThat(buffer.packet())
                    .isEqualTo(
                            new ExceptionPacket(
                                    key,
                                    0,
                                    ExceptionType.Known.FATAL_PAGE_FAULT,
                                    victim.process().koid().orElseThrow(),
                                    victim.koid()));
            assertThat(buffer.word(2)).as("reserved0").isZero();
            assertThat(buffer.word(3)).as("reserved1").isZero();
        }
    }

    @Test
    @DisplayName(
            "X-5: when the packet can be read, the thread is seen to wait for this slot's answer")
    void stateComesBeforeThePacket() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        for (Slot slot : Slot.values()) {
            slot.bind(victim, port);
        }
        victim.guest().fault();
        Packets.passStart(victim.thread(), port);
        for (int round = 0; round < ROUNDS; round++) {
            for (Slot slot : Slot.values()) {
                var _ = Packets.exception(port);
                requireWaiting(victim.thread(), slot.type());
                boolean last = slot == Slot.ROOT_JOB;
                var _ =
                        victim.thread()
                                .resumeFromException(port, last ? Resume.HANDLED : Resume.TRY_NEXT)
                                .orElseThrow();
            }
        }
    }

    @Test
    @DisplayName(
            "X-5: outside of an exchange there is no report, no registers, and no slot to wait for")
    void outsideOfAnExchange() {
        Victim victim = Victim.in(scope);
        ZxThread thread = victim.thread();
        requireNothingToSee(thread, ThreadState.Known.NEW);
        victim.guest().sleep(); // after an exchange
        requireNothingToSee(thread, ThreadState.Known.BLOCKED_SLEEPING);
        var _ = victim.process().kill().orElseThrow();
        Guest.awaitEnd(thread);
        requireNothingToSee(thread, ThreadState.Known.DEAD);
    }

    private static void requireNothingToSee(ZxThread thread, ThreadState.Known state) {
        assertThat(thread.info().orElseThrow())
                .isEqualTo(new ThreadInfo(state, ExceptionPortType.Known.NONE));
        assertThat(thread.exceptionReport()).isEqualTo(ZxError.BAD_STATE.err());
        assertThat(thread.readGeneralRegisters()).isEqualTo(ZxError.BAD_STATE.err());
    }

    @Test
    @DisplayName("X-7: every handler of a search sees the same report")
    void oneReport() {
        Port port = scope.port();
        long address = 0x1230;
        Guest guest =
                scope.javaGuest(
                        () -> {
                            GuestFaults.write(address, 1);
                        });
        var _ = guest.thread().bindExceptionPort(port, 1).orElseThrow();
        var _ = guest.process().bindExceptionPort(port, 2).orElseThrow();
        guest.go();
        // Not present, a write, from user mode: bits 0 to 2 of the error code are 0, 1, 1.
        var report = new ExceptionReport(ExceptionType.Known.FATAL_PAGE_FAULT, 14, 6, address);
        for (int handler = 1; handler <= 2; handler++) {
            assertThat(Packets.exception(port).key()).isEqualTo(handler);
            assertThat(guest.thread().exceptionReport().orElseThrow()).isEqualTo(report);
            var _ = guest.thread().resumeFromException(port, Resume.TRY_NEXT).orElseThrow();
        }
        Guest.awaitEnd(guest.process());
    }

    @Test
    @DisplayName("X-8: there is no time limit, and nobody need read the port")
    void noTimeLimit() {
        HostEmulation emulation = HostEmulation.instance();
        emulation.resetWithFakeClock();
        try {
            Victim victim = Victim.in(scope);
            Port port = scope.port();
            Slot.PROCESS.bind(victim, port);
            victim.guest().fault();
            Packets.settle();
            emulation.advanceClock(Duration.ofDays(36_500).toNanos());
            Packets.settle();
            requireWaiting(victim.thread(), ExceptionPortType.Known.PROCESS);
            assertThat(Packets.exception(port).thread()).isEqualTo(victim.koid());
        } finally {
            scope.close();
            emulation.reset();
        }
    }

    @Test
    @DisplayName("X-8: a process that is its own handler can wait for itself for ever")
    void ownHandler() {
        Guest guest =
                scope.javaGuest(
                        () -> {
                            Port port = Port.create().orElseThrow();
                            var self = ZxProcess.self().orElseThrow();
                            var _ = self.bindExceptionPort(port, 1).orElseThrow();
                            GuestFaults.breakpoint();
                            var _ = Clock.nanosleep(Deadline.INFINITE);
                        });
        guest.go();
        Packets.settle();
        requireWaiting(guest.thread(), ExceptionPortType.Known.PROCESS);
        var _ = guest.process().kill().orElseThrow();
        Guest.awaitEnd(guest.process());
    }
}
