package zircon.bench.growth;

import zircon.Job;
import zircon.Port;
import zircon.Task;
import zircon.ZxProcess;

import java.util.ArrayDeque;

/// Tasks that are bound to one port. One of them is bound and unbound.
final class BoundTasks implements Load {
    private final Port port = Port.create().orElseThrow();
    private final Job job = Tasks.newJob();
    private final ZxProcess process = Tasks.newProcess(job);
    private final Job task = job.createJob().orElseThrow();
    private final ArrayDeque<Task> bound = new ArrayDeque<>();

    @Override
    public void resize(int size) {
        while (bound.size() < size - 1) {
            Task another = another(bound.size());
            var _ = another.bindExceptionPort(port, Tasks.KEY).orElseThrow();
            bound.add(another);
        }
        while (bound.size() > size - 1 && !bound.isEmpty()) {
            try (Task last = bound.removeLast()) {
                var _ = last.unbindExceptionPort().orElseThrow();
            }
        }
    }

    /// Jobs, which their parent lists, and threads that were never started, which nobody does.
    private Task another(int index) {
        return (index % 2 == 0 ? job.createJob() : process.createThread("bound")).orElseThrow();
    }

    @Override
    public void run(int operations) {
        for (int i = 0; i < operations; i++) {
            Tasks.bindAndUnbind(task, port);
        }
    }

    @Override
    public void close() {
        resize(0);
        task.close();
        process.close();
        job.close();
        port.close();
    }
}
