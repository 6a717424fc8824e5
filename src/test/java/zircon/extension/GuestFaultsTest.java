package zircon.extension;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import zircon.ExceptionServer;
import zircon.GeneralRegisters;
import zircon.GeneralRegisters.Register;
import zircon.Job;
import zircon.Verdict;
import zircon.emulation.GuestFaults;
import zircon.junit.ZirconTest;
import zircon.testing.Guests;
import zircon.testing.TestKernel;

import java.util.function.UnaryOperator;

/// What the Javadoc of [GuestFaults] says of repairs.
@ZirconTest
class GuestFaultsTest {
    private static final long NOWHERE = 0xdead_0000L;
    private static final long ALIGNMENT_CHECK = 0x40000;

    /// A fault, and what is done about it.
    @SuppressWarnings("ImmutableEnumChecker") // lambdas without a state
    enum Repair {
        READ(() -> GuestFaults.read(NOWHERE), Repair::pointRdiAtMemory),
        READ_SKIPPED(() -> GuestFaults.read(NOWHERE), before -> skip(before, 3)),
        WRITE(() -> GuestFaults.write(NOWHERE, 1), Repair::pointRdiAtMemory),
        WRITE_SKIPPED(() -> GuestFaults.write(NOWHERE, 1), before -> skip(before, 3)),
        UNDEFINED(GuestFaults::undefinedInstruction, before -> skip(before, 2)),
        BREAKPOINT(GuestFaults::breakpoint, before -> before),
        DIVIDE(GuestFaults::divideByZero, before -> before.with(Register.RCX, 1)),
        DIVIDE_SKIPPED(GuestFaults::divideByZero, before -> skip(before, 3)),
        ALIGNMENT(GuestFaults::misaligned, Repair::pointRdiAtMemory),
        ALIGNMENT_UNCHECKED(
                GuestFaults::misaligned,
                before -> before.with(Register.RFLAGS, before.rflags() & ~ALIGNMENT_CHECK)),
        ALIGNMENT_SKIPPED(GuestFaults::misaligned, before -> skip(before, 3));

        private final Guests.Main fault;
        private final UnaryOperator<GeneralRegisters> registers;

        Repair(Guests.Main fault, UnaryOperator<GeneralRegisters> registers) {
            this.fault = fault;
            this.registers = registers;
        }

        /// The guest's own stack, where it has nothing yet.
        private static GeneralRegisters pointRdiAtMemory(GeneralRegisters before) {
            return before.with(Register.RDI, (before.rsp() & -8) - 256);
        }

        private static GeneralRegisters skip(GeneralRegisters before, int bytes) {
            return before.with(Register.RIP, before.rip() + bytes);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("X-2: a guest goes on after the repair that its fault's method names")
    void itGoesOn(Repair repair, Job job, Guests guests, TestKernel kernel) {
        ExceptionServer server = kernel.own(ExceptionServer.create().orElseThrow());
        server.otherwise(
                exception -> {
                    GeneralRegisters before = exception.registers().orElseThrow();
                    var _ = exception.writeRegisters(repair.registers.apply(before)).orElseThrow();
                    return Verdict.HANDLED;
                });
        var _ = server.bind(job).orElseThrow();
        var _ = server.start().orElseThrow();
        assertThat(guests.process(repair.fault).start().awaitEnd()).isZero();
    }
}
