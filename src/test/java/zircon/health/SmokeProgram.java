package zircon.health;

import zircon.Deadline;
import zircon.ExceptionPacket;
import zircon.Job;
import zircon.Port;
import zircon.Resume;
import zircon.Rights;
import zircon.Signals;
import zircon.ZxProcess;
import zircon.ZxThread;
import zircon.emulation.GuestFaults;
import zircon.emulation.HostEmulation;

/// A fault, a packet, an answer.
final class SmokeProgram {
    static final String SAID = "SW_BREAKPOINT, return code 5\n";

    private SmokeProgram() {}

    public static void main(String[] arguments) {
        try (Port port = Port.create().orElseThrow();
                var job = Job.defaultJob().orElseThrow()) {
            var _ = job.bindExceptionPort(port, 1).orElseThrow();
            int handle =
                    HostEmulation.instance()
                            .spawnProcess(
                                    "guest",
                                    0,
                                    _ -> {
                                        GuestFaults.breakpoint();
                                        ZxProcess.exit(5);
                                    });
            try (ZxProcess process = ZxProcess.adopt(handle)) {
                var packet = (ExceptionPacket) port.waitFor(Deadline.INFINITE).orElseThrow();
                try (ZxThread thread =
                        process.child(packet.thread(), Rights.SAME_RIGHTS).orElseThrow()) {
                    var _ = thread.resumeFromException(port, Resume.HANDLED).orElseThrow();
                }
                var _ = process.waitFor(Signals.PROCESS_TERMINATED, Deadline.INFINITE);
                long code = process.info().orElseThrow().returnCode();
                System.out.println(packet.type() + ", return code " + code);
            }
        }
    }
}
