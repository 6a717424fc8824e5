package zircon.conformance.model;

import zircon.conformance.model.Thing.Exchange;
import zircon.conformance.model.Thing.JobTask;
import zircon.conformance.model.Thing.ProcessTask;
import zircon.conformance.model.Thing.Task;
import zircon.conformance.model.Thing.ThreadTask;

import java.util.List;

/// What can be seen of a state, by variable.
public abstract sealed class Observable extends Threads permits Model {
    private static final int NO_TYPE = 0;

    Observable() {}

    Observable(Threads other) {
        super(other);
    }

    /// Whether nothing more can be said: what the specification leaves open has decided.
    public boolean isOpen() {
        return open;
    }

    /// What the last step did to exchanges.
    public List<Transition> transitions() {
        return List.copyOf(seen);
    }

    /// Whether there is a thread that runs, or may run, or did so in the last step.
    public boolean hasGuests() {
        return awake > 0 || all(ThreadTask.class).stream().anyMatch(ThreadTask::isStarted);
    }

    /// Whether a guest has made a port in the last step.
    public boolean portMade() {
        return portMade;
    }

    /// The number of variables.
    public int variables() {
        return holds.size();
    }

    /// Whether the variable's handle is open, here.
    public boolean isLive(int variable) {
        return hold(variable).place() == Place.HERE;
    }

    /// Whether the variable was ever a handle.
    public boolean isHandle(int variable) {
        return hold(variable).object() != 0;
    }

    public int rights(int variable) {
        return hold(variable).rights();
    }

    /// The object's number in the model.
    public int object(int variable) {
        return hold(variable).object();
    }

    public Type type(int variable) {
        return thing(hold(variable).object()).type;
    }

    /// The object that related_koid names, 0 if none does.
    public int related(int variable) {
        return thing(hold(variable).object()).related;
    }

    public int signals(int variable) {
        return thing(hold(variable).object()).signals;
    }

    public String name(int variable) {
        return thing(hold(variable).object()).name;
    }

    /// Packets in a port.
    public int queued(int variable) {
        return port(hold(variable).object()).queue.size();
    }

    /// The slots that a port fills.
    public int bindings(int variable) {
        int port = hold(variable).object();
        return (int) bindings().stream().filter(filled -> filled.bound().port() == port).count();
    }

    /// Handles, in this process, in messages and in other processes (I-7).
    public int handles(int variable) {
        return thing(hold(variable).object()).handles;
    }

    /// Started, exited, debugger attached, return code.
    public List<Long> processInfo(int variable) {
        ProcessTask process = (ProcessTask) thing(hold(variable).object());
        return List.of(
                process.life == ProcessTask.Life.INITIAL ? 0L : 1L,
                process.ends() ? 1L : 0L,
                process.debugger == null ? 0L : 1L,
                process.returnCode);
    }

    /// State, and the type of the port that it waits for (I-1).
    public List<Long> threadInfo(int variable) {
        ThreadTask thread = (ThreadTask) thing(hold(variable).object());
        Exchange exchange = thread.exchange;
        return List.of(
                (long) thread.state(),
                exchange != null && isUnanswered(thread) ? exchange.portType() : (long) NO_TYPE);
    }

    /// The type in the exception report, 0 if there is none (section 10).
    public int report(int variable) {
        Exchange exchange = ((ThreadTask) thing(hold(variable).object())).exchange;
        return exchange == null ? 0 : exchange.exception();
    }

    /// Whether there is a general register frame to be written to (I-2).
    public boolean canRedirect(int variable) {
        ThreadTask thread = (ThreadTask) thing(hold(variable).object());
        return thread.hasFrame() && !thread.isInCall();
    }

    /// The ports that fill the two slots of a task; 0 if none does.
    public List<Integer> slots(int variable) {
        Task task = (Task) thing(hold(variable).object());
        return List.of(
                task.general == null ? 0 : task.general.port(),
                task.debugger == null ? 0 : task.debugger.port());
    }

    /// The port that a thread waits for, 0 if it waits for none.
    public int asks(int variable) {
        Exchange exchange = ((ThreadTask) thing(hold(variable).object())).exchange;
        return exchange == null ? 0 : exchange.bound().port();
    }

    /// Threads of a process; child jobs of a job.
    public List<Integer> children(int variable) {
        return switch (thing(hold(variable).object())) {
            case ProcessTask process -> process.threads;
            case JobTask job -> children(job).stream().map(child -> child.id).toList();
            default -> List.of();
        };
    }

    /// Processes of a job (J-7).
    public List<Integer> processes(int variable) {
        return processes((JobTask) thing(hold(variable).object())).stream()
                .map(child -> child.id)
                .toList();
    }
}
