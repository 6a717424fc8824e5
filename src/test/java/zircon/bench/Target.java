package zircon.bench;

import zircon.Job;
import zircon.Port;

/// What is bound to what.
record Target(Job task, Port port) {
    /// Where a call of [BindBenchmark] answers the same each time.
    static Target answering(Answer answer) {
        Libraries.load();
        if (Libraries.isNull()) {
            Libraries.answer(answer.status());
            return new Target(Job.adopt(101), Port.adopt(102));
        }
        Target target = unbound();
        return switch (answer) {
            case OK -> throw new IllegalArgumentException("a task can be bound but once");
            case ALREADY_BOUND -> {
                var _ = target.task.bindExceptionPort(target.port, BindBenchmark.KEY).orElseThrow();
                yield target;
            }
            case BAD_HANDLE -> {
                int closed = target.task.raw();
                target.task.close();
                yield new Target(Job.adopt(closed), target.port);
            }
        };
    }

    /// A task that nothing is bound to.
    static Target unbound() {
        Libraries.load();
        try (Job job = Job.defaultJob().orElseThrow()) {
            return new Target(job.createJob().orElseThrow(), Port.create().orElseThrow());
        }
    }
}
