package consumer;

import zircon.Deadline;
import zircon.ExceptionPacket;
import zircon.Job;
import zircon.Port;
import zircon.Resume;
import zircon.Rights;
import zircon.Signals;
import zircon.ZxProcess;
import zircon.emulation.GuestFaults;
import zircon.emulation.HostEmulation;

/// Tells of the first exception below the root job.
final class CrashReporter {
    private CrashReporter() {}

    public static void main(String[] args) {
        System.out.println("in " + Port.class.getModule());
        try (var port = Port.create().orElseThrow();
                var job = Job.defaultJob().orElseThrow()) {
            job.bindExceptionPort(port, 7).orElseThrow();
            int raw =
                    HostEmulation.instance()
                            .spawnProcess("guest", 0, _ -> GuestFaults.divideByZero());
            try (var process = ZxProcess.adopt(raw)) {
                var packet = (ExceptionPacket) port.waitFor(Deadline.INFINITE).orElseThrow();
                System.out.println(packet.type() + ", key " + packet.key());
                try (var thread =
                        process.child(packet.thread(), Rights.SAME_RIGHTS).orElseThrow()) {
                    thread.resumeFromException(port, Resume.TRY_NEXT).orElseThrow();
                }
                process.waitFor(Signals.PROCESS_TERMINATED, Deadline.INFINITE).orElseThrow();
                System.out.println("return code " + process.info().orElseThrow().returnCode());
            }
        }
    }
}
