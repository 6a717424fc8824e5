package zircon.rules;

import zircon.Job;
import zircon.Koid;
import zircon.ZxProcess;
import zircon.ZxThread;
import zircon.kit.Guest;
import zircon.kit.Scope;

/// A guest that is to fault, two jobs below the root job.
record Victim(Job rootJob, Job parentJob, Job job, Guest guest) {
    static Victim in(Scope scope) {
        Job root = scope.rootJob();
        Job parent = scope.jobIn(root);
        Job job = scope.jobIn(parent);
        return new Victim(root, parent, job, scope.guestIn(job));
    }

    ZxProcess process() {
        return guest.process();
    }

    ZxThread thread() {
        return guest.thread();
    }

    Koid koid() {
        return thread().koid().orElseThrow();
    }

    long returnCode() {
        return process().info().orElseThrow().returnCode();
    }
}
