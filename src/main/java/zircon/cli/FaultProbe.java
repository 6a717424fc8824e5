package zircon.cli;

import zircon.Deadline;
import zircon.ExceptionPacket;
import zircon.ExceptionType;
import zircon.GeneralRegisters;
import zircon.GeneralRegisters.Register;
import zircon.Job;
import zircon.Port;
import zircon.PortPacket;
import zircon.Resume;
import zircon.Rights;
import zircon.Signals;
import zircon.ZxException;
import zircon.ZxProcess;
import zircon.ZxThread;
import zircon.emulation.GuestFaults;
import zircon.emulation.HostEmulation;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Tries whether a real page fault of a guest becomes an exception, and whether the guest goes on
/// once it is repaired.
final class FaultProbe {
    private static final String SUBJECT = "a real fault";
    private static final long NUMBER = 0x5eed;

    private FaultProbe() {}

    static Finding probe(HostEmulation emulation) {
        try {
            long returnCode = returnCodeAfterFault(emulation);
            return returnCode == NUMBER
                    ? Finding.ok(SUBJECT, "caught, repaired and answered")
                    : wrong("the guest ended with %d, not %d".formatted(returnCode, NUMBER));
        } catch (ZxException | IllegalStateException e) {
            return wrong(Main.oneLine(e));
        }
    }

    private static Finding wrong(String found) {
        return Finding.wrong(
                SUBJECT,
                found,
                "start java without agents and native libraries that handle signals themselves");
    }

    /// The guest reads from where nothing is, and ends with what it finds there.
    private static long returnCodeAfterFault(HostEmulation emulation) {
        try (Arena arena = Arena.ofConfined();
                Port port = Port.create().orElseThrow();
                Job job = Job.defaultJob().orElseThrow()) {
            MemorySegment number = arena.allocateFrom(ValueLayout.JAVA_LONG, NUMBER);
            job.bindExceptionPort(port, 0).orElseThrow();
            int handle =
                    emulation.spawnProcess(
                            "doctor", 0, _ -> ZxProcess.exit(GuestFaults.read(Demo.BAD_ADDRESS)));
            try (ZxProcess process = ZxProcess.adopt(handle)) {
                repair(process, port, number.address());
                Deadline soon = Demo.soon();
                var _ = process.waitFor(Signals.PROCESS_TERMINATED, soon).orElseThrow();
                return process.info().orElseThrow().returnCode();
            }
        }
    }

    private static void repair(ZxProcess process, Port port, long address) {
        PortPacket packet = port.waitFor(Demo.soon()).orElseThrow();
        if (!(packet instanceof ExceptionPacket fault)
                || fault.type() != ExceptionType.Known.FATAL_PAGE_FAULT) {
            throw new IllegalStateException("not a packet about a page fault: " + packet);
        }
        try (ZxThread thread = process.child(fault.thread(), Rights.SAME_RIGHTS).orElseThrow()) {
            GeneralRegisters registers = thread.readGeneralRegisters().orElseThrow();
            thread.writeGeneralRegisters(registers.with(Register.RDI, address)).orElseThrow();
            thread.resumeFromException(port, Resume.HANDLED).orElseThrow();
        }
    }
}
