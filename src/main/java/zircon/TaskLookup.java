package zircon;

import java.util.List;

/// Finds the tasks that an exception packet names, from the task that the port is bound to.
///
/// There is no lookup by koid across the tree (I-10), so a process is looked for in the job and,
/// depth first, in the jobs below: at most three syscalls for each job on the way, and one open
/// handle for each level. Tasks never move, and a process that waits in an exception keeps the jobs
/// above it in their lists (J-5): what is not found is dead.
final class TaskLookup {
    private TaskLookup() {}

    /// A handle to the process, owned.
    static Result<ZxProcess> process(Task bound, Koid process) {
        return switch (bound) {
            case Job job -> below(job, process);
            case ZxProcess itself -> itself.duplicate(Rights.SAME_RIGHTS);
            // No call leads from a thread to its process.
            case ZxThread _ -> Job.defaultJob().flatMap(job -> belowAndClose(job, process));
        };
    }

    private static Result<ZxProcess> below(Job job, Koid process) {
        Result<ZxProcess> direct = job.getChild(process, Rights.SAME_RIGHTS, ZxProcess::new);
        return isMissing(direct)
                ? job.children().flatMap(children -> belowAny(job, children, process))
                : direct;
    }

    private static Result<ZxProcess> belowAny(Job job, List<Koid> children, Koid process) {
        for (Koid koid : children) {
            Result<ZxProcess> found =
                    job.getChild(koid, Rights.SAME_RIGHTS, Job::new)
                            .flatMap(child -> belowAndClose(child, process));
            if (!isMissing(found)) {
                return found;
            }
        }
        return ZxError.NOT_FOUND.err();
    }

    private static Result<ZxProcess> belowAndClose(Job job, Koid process) {
        try (job) {
            return below(job, process);
        }
    }

    private static boolean isMissing(Result<?> result) {
        return result.equals(ZxError.NOT_FOUND.err());
    }
}
