package zircon.kit;

import zircon.Event;
import zircon.Job;
import zircon.Port;

import java.util.ArrayDeque;
import java.util.Deque;

/// What a test makes; the end of the scope closes it, newest first.
public final class Scope implements AutoCloseable {
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();

    /// Closes `resource` with this scope.
    public <T extends AutoCloseable> T own(T resource) {
        owned.push(resource);
        return resource;
    }

    /// A new port.
    public Port port() {
        return own(Port.create().orElseThrow());
    }

    /// A new event.
    public Event event() {
        return own(Event.create().orElseThrow());
    }

    /// A handle to the root job.
    public Job rootJob() {
        return own(Job.defaultJob().orElseThrow());
    }

    /// A new job inside the root job.
    public Job job() {
        return own(rootJob().createJob().orElseThrow());
    }

    /// A new job inside `parent`.
    public Job jobIn(Job parent) {
        return own(parent.createJob().orElseThrow());
    }

    /// A process in a job of its own, with a thread that does not run yet.
    public Guest guest() {
        return guestIn(job());
    }

    /// A process in `job`, with a thread that does not run yet.
    public Guest guestIn(Job job) {
        return own(Guest.in(job));
    }

    /// A process in the root job whose first thread waits for [Guest#go] and then runs `body`.
    public Guest javaGuest(Runnable body) {
        return own(Guest.java(body));
    }

    @Override
    public void close() {
        AssertionError failure = null;
        while (!owned.isEmpty()) {
            try {
                owned.pop().close();
            } catch (Exception | AssertionError e) {
                if (failure == null) {
                    failure = new AssertionError("what a test made could not be closed", e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
