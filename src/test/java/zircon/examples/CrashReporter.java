package zircon.examples;

import zircon.Deadline;
import zircon.ExceptionServer;
import zircon.Job;
import zircon.PendingException;
import zircon.Signals;
import zircon.Verdict;
import zircon.ZxProcess;
import zircon.emulation.GuestFaults;
import zircon.emulation.HostEmulation;

/// Reports every crash in a tree of jobs, and lets the process die of it.
final class CrashReporter {
    private CrashReporter() {}

    public static void main(String[] arguments) {
        try (Job job = Job.defaultJob().orElseThrow().createJob().orElseThrow();
                Job below = job.createJob().orElseThrow();
                ExceptionServer reporter = ExceptionServer.create().orElseThrow()) {
            reporter.otherwise(CrashReporter::report);
            reporter.bind(job).orElseThrow();
            reporter.start().orElseThrow();

            crash(job, "reader", () -> GuestFaults.read(0xdead_0000L));
            crash(below, "thinker", GuestFaults::undefinedInstruction);
        }
    }

    private static Verdict report(PendingException crash) {
        String name = crash.process().orElseThrow().name().orElseThrow();
        System.out.printf(
                "%s in thread %s of process %s (%s), pc 0x%x, address 0x%x%n",
                crash.type(),
                crash.packet().thread(),
                crash.packet().process(),
                name,
                crash.registers().orElseThrow().rip(),
                crash.report().orElseThrow().cr2());
        return Verdict.TRY_NEXT;
    }

    /// A process to report about.
    private static void crash(Job job, String name, Runnable fault) {
        int handle = HostEmulation.instance().spawnProcess(job.raw(), name, 0, _ -> fault.run());
        try (ZxProcess process = ZxProcess.adopt(handle)) {
            process.waitFor(Signals.PROCESS_TERMINATED, Deadline.INFINITE).orElseThrow();
            System.out.printf(
                    "%s died with return code %d%n",
                    name, process.info().orElseThrow().returnCode());
        }
    }
}
