package zircon.misuse;

import zircon.Deadline;
import zircon.ExceptionPacket;
import zircon.ExceptionServer;
import zircon.Job;
import zircon.Signals;
import zircon.Verdict;
import zircon.ZxProcess;
import zircon.emulation.GuestFaults;
import zircon.emulation.HostEmulation;

import java.util.function.BiConsumer;

/// Failures that a server has nobody to tell of, and one that no close can wait for.
final class FailingProgram {
    private FailingProgram() {}

    public static void main(String[] arguments) {
        try (ExceptionServer server = failing()) {
            System.out.println("nobody listens: " + breakpoint(server));
        }
        String other =
                breakpoint(failing((_, _) -> fail(new IllegalStateException("the listener's"))));
        System.out.println("the listener throws: " + other);
        String same = breakpoint(failing((_, failure) -> fail(failure)));
        System.out.println("the listener throws what it was told of: " + same);
        try (ExceptionServer server = failing()) {
            var _ = server.start().orElseThrow();
            HostEmulation.instance().reset();
        }
        System.out.println("closed");
    }

    private static ExceptionServer failing() {
        return ExceptionServer.create().orElseThrow().otherwise(_ -> fail("the handler's"));
    }

    private static ExceptionServer failing(
            BiConsumer<? super ExceptionPacket, ? super Throwable> listener) {
        return failing().onFailure(listener);
    }

    private static Verdict fail(String text) {
        throw new IllegalStateException(text);
    }

    private static void fail(Throwable failure) {
        throw (IllegalStateException) failure;
    }

    /// Lets two guests meet the server one after the other, and closes it.
    private static String breakpoint(ExceptionServer server) {
        try (server;
                Job job = Job.defaultJob().orElseThrow()) {
            var _ = server.bind(job).orElseThrow();
            var _ = server.start().orElseThrow();
            return returnCode() + " " + returnCode();
        }
    }

    private static long returnCode() {
        int guest =
                HostEmulation.instance().spawnProcess("guest", 0, _ -> GuestFaults.breakpoint());
        try (ZxProcess process = ZxProcess.adopt(guest)) {
            var _ = process.waitFor(Signals.PROCESS_TERMINATED, Deadline.INFINITE).orElseThrow();
            return process.info().orElseThrow().returnCode();
        }
    }
}
