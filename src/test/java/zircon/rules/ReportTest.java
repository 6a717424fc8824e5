package zircon.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import zircon.ExceptionReport;
import zircon.ExceptionType.Known;
import zircon.GeneralRegisters;
import zircon.GeneralRegisters.Register;
import zircon.Port;
import zircon.Resume;
import zircon.ZxThread;
import zircon.emulation.GuestFaults;
import zircon.kit.Guest;
import zircon.kit.KernelFixture;
import zircon.kit.Packets;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicLong;

/// What packets and reports say of each kind of fault.
class ReportTest extends KernelFixture {
    private static final long NOWHERE = 0x2340;

    enum Fault {
        READ(Known.FATAL_PAGE_FAULT, 14, NOWHERE),
        WRITE(Known.FATAL_PAGE_FAULT, 14, NOWHERE),
        UNDEFINED(Known.UNDEFINED_INSTRUCTION, 6, 0),
        BREAKPOINT(Known.SW_BREAKPOINT, 3, 0),
        DIVIDE(Known.GENERAL, 0, 0),
        ALIGNMENT(Known.GENERAL, 17, 0);

        final Known type;
        final long vector;
        final long cr2;

        Fault(Known type, long vector, long cr2) {
            this.type = type;
            this.vector = vector;
            this.cr2 = cr2;
        }

        void raise() {
            switch (this) {
                case READ -> GuestFaults.read(NOWHERE);
                case WRITE -> GuestFaults.write(NOWHERE, 1);
                case UNDEFINED -> GuestFaults.undefinedInstruction();
                case BREAKPOINT -> GuestFaults.breakpoint();
                case DIVIDE -> GuestFaults.divideByZero();
                case ALIGNMENT -> GuestFaults.misaligned();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("X-21, X-22: type, vector and address of each kind of fault")
    void report(Fault fault) {
        Port port = scope.port();
        Guest guest = scope.javaGuest(fault::raise);
        var _ = guest.thread().bindExceptionPort(port, 1).orElseThrow();
        guest.go();
        assertThat(Packets.exception(port).type()).isEqualTo(fault.type);
        ExceptionReport report = guest.thread().exceptionReport().orElseThrow();
        assertThat(report.type()).isEqualTo(fault.type);
        assertThat(report.vector()).isEqualTo(fault.vector);
        assertThat(report.cr2()).isEqualTo(fault.cr2);
    }

    @Test
    @DisplayName("X-22, 17.8: after a breakpoint rip lies past it, so HANDLED is enough")
    void breakpointGoesOn() {
        Port port = scope.port();
        Guest guest = scope.javaGuest(GuestFaults::breakpoint);
        var _ = guest.thread().bindExceptionPort(port, 1).orElseThrow();
        guest.go();
        var _ = Packets.exception(port);
        var _ = guest.thread().resumeFromException(port, Resume.HANDLED).orElseThrow();
        Guest.awaitEnd(guest.process());
        assertThat(guest.process().info().orElseThrow().returnCode()).isZero();
    }

    @Test
    @DisplayName("X-2: a handler that repairs a register lets the faulting instruction succeed")
    void repairedRead() {
        Port port = scope.port();
        var seen = new AtomicLong();
        Guest guest = scope.javaGuest(() -> seen.set(GuestFaults.read(NOWHERE)));
        var _ = guest.thread().bindExceptionPort(port, 1).orElseThrow();
        guest.go();
        var _ = Packets.exception(port);
        ZxThread thread = guest.thread();
        GeneralRegisters registers = thread.readGeneralRegisters().orElseThrow();
        assertThat(registers.rdi()).isEqualTo(NOWHERE);
        try (var arena = Arena.ofConfined()) {
            var memory = arena.allocateFrom(ValueLayout.JAVA_LONG, 4711);
            var _ =
                    thread.writeGeneralRegisters(registers.with(Register.RDI, memory.address()))
                            .orElseThrow();
            var _ = thread.resumeFromException(port, Resume.HANDLED).orElseThrow();
            Guest.awaitEnd(thread);
        }
        assertThat(seen).hasValue(4711);
    }
}
