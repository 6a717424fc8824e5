package zircon.bench.growth;

import zircon.Job;
import zircon.Port;
import zircon.Status;
import zircon.Task;
import zircon.ZxException;
import zircon.ZxProcess;

/// What the loads have to do with tasks.
final class Tasks {
    static final long KEY = 7;

    private Tasks() {}

    /// A job that is empty.
    static Job newJob() {
        try (Job job = Job.defaultJob().orElseThrow()) {
            return job.createJob().orElseThrow();
        }
    }

    /// A process that was never started.
    static ZxProcess newProcess(Job job) {
        var made = job.createProcess("growth").orElseThrow();
        made.vmar().close();
        return made.process();
    }

    /// Binds, and undoes it.
    static void bindAndUnbind(Task task, Port port) {
        var _ = task.bindExceptionPort(port, KEY).orElseThrow();
        var _ = task.unbindExceptionPort().orElseThrow();
    }

    /// A raw call must have gone well.
    static void require(int status) {
        if (status != 0) {
            throw new ZxException(Status.of(status));
        }
    }
}
