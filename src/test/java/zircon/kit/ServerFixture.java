package zircon.kit;

import zircon.Deadline;
import zircon.ExceptionServer;
import zircon.Job;
import zircon.ZxProcess;
import zircon.emulation.HostEmulation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A test of a server, with guests in Java that fault on purpose.
public abstract class ServerFixture extends KernelFixture {
    /// An address where nothing is.
    protected static final long NOWHERE = 0xdead_0000L;

    private static final long LIMIT_SECONDS = 20;

    /// A server, closed after the test.
    protected final ExceptionServer server() {
        return scope.own(ExceptionServer.create().orElseThrow());
    }

    /// A process in `job` that runs `body`. The scope kills it.
    protected final ZxProcess spawn(Job job, Runnable body) {
        int handle = HostEmulation.instance().spawnProcess(job.raw(), "guest", 0, _ -> body.run());
        ZxProcess process = ZxProcess.adopt(handle);
        var _ =
                scope.own(
                        (AutoCloseable)
                                () -> {
                                    var _ = process.kill().orElseThrow();
                                    Guest.awaitEnd(process);
                                    process.close();
                                });
        return process;
    }

    /// The return code of a process that ends by itself.
    protected static long returnCode(ZxProcess process) {
        Guest.awaitEnd(process);
        return process.info().orElseThrow().returnCode();
    }

    /// What somebody else sees to, soon.
    protected static <T> T soon(CompletableFuture<T> future) {
        try {
            return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("what should have come about did not", e);
        }
    }

    protected static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(LIMIT_SECONDS));
    }
}
