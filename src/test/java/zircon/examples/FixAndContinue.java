package zircon.examples;

import zircon.Deadline;
import zircon.ExceptionServer;
import zircon.ExceptionType;
import zircon.GeneralRegisters.Register;
import zircon.Job;
import zircon.Signals;
import zircon.Verdict;
import zircon.ZxProcess;
import zircon.emulation.GuestFaults;
import zircon.emulation.HostEmulation;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;

/// Repairs what a thread stumbles over, and lets it go on.
final class FixAndContinue {
    private FixAndContinue() {}

    public static void main(String[] arguments) {
        try (Arena memory = Arena.ofShared();
                Job job = Job.defaultJob().orElseThrow();
                ExceptionServer server = ExceptionServer.create().orElseThrow()) {
            long address = memory.allocateFrom(ValueLayout.JAVA_LONG, 42).address();
            server.on(
                    ExceptionType.Known.FATAL_PAGE_FAULT,
                    fault -> {
                        System.out.printf("rdi is %#x%n", fault.registers().orElseThrow().rdi());
                        fault.writeRegister(Register.RDI, address).orElseThrow();
                        return Verdict.HANDLED; // the instruction is tried again
                    });
            server.on(
                    ExceptionType.Known.UNDEFINED_INSTRUCTION,
                    fault -> {
                        long pc = fault.registers().orElseThrow().rip();
                        fault.writeRegister(Register.RIP, pc + 2).orElseThrow();
                        return Verdict.HANDLED; // the instruction is skipped
                    });
            server.bind(job).orElseThrow();
            server.start().orElseThrow();
            int guest = HostEmulation.instance().spawnProcess("guest", 0, _ -> stumble());
            try (ZxProcess process = ZxProcess.adopt(guest)) {
                process.waitFor(Signals.PROCESS_TERMINATED, Deadline.INFINITE).orElseThrow();
            }
        }
    }

    private static void stumble() {
        System.out.println("the guest has read " + GuestFaults.read(0xdead_0000L));
        GuestFaults.undefinedInstruction();
        System.out.println("the guest goes on");
    }
}
