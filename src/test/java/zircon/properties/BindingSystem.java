package zircon.properties;

import zircon.Job;
import zircon.Port;
import zircon.Rights;
import zircon.ZxProcess;
import zircon.kit.Guest;
import zircon.kit.Scope;
import zircon.properties.BindingModel.Slot;
import zircon.properties.BindingModel.Task;
import zircon.sys.zircon_h;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// The real things that [BindingModel] is a model of.
final class BindingSystem implements AutoCloseable {
    // Bit 31 is never set in a handle (H-1).
    private static final int NEVER_A_HANDLE = -1;

    private final Scope scope = new Scope();
    private final Job job = scope.job();
    private final Guest running = scope.guestIn(job);
    private final Guest initial = scope.guestIn(job);
    private final Map<Integer, Deque<Port>> ports = new HashMap<>();
    // Of each port, the number of a handle that was closed.
    private final Map<Integer, Integer> stale = new HashMap<>();

    BindingSystem() {
        running.sleep();
    }

    int bind(Slot slot, int port) {
        return zircon_h.zx_task_bind_exception_port(
                task(slot.task()).raw(), number(port), port, slot.debugger() ? 1 : 0);
    }

    int unbind(Slot slot) {
        return zircon_h.zx_task_bind_exception_port(
                task(slot.task()).raw(), 0, 0, slot.debugger() ? 1 : 0);
    }

    int openPort(int port) {
        Deque<Port> handles = ports.computeIfAbsent(port, _ -> new ArrayDeque<>());
        Port made =
                handles.isEmpty()
                        ? Port.create().orElseThrow()
                        : handles.getFirst().duplicate(Rights.SAME_RIGHTS).orElseThrow();
        handles.addLast(scope.own(made));
        return 0;
    }

    /// Closes the port's oldest handle.
    int closePort(int port) {
        Deque<Port> handles = ports.get(port);
        if (handles == null || handles.isEmpty()) {
            return zircon_h.zx_handle_close(number(port));
        }
        Port oldest = handles.removeFirst();
        stale.put(port, oldest.raw());
        oldest.close();
        return 0;
    }

    int kill(Task task) {
        return task(task).kill().raw();
    }

    boolean debuggerAttached(Task process) {
        return ((ZxProcess) task(process)).info().orElseThrow().debuggerAttached();
    }

    void awaitEnd(Collection<Task> tasks) {
        tasks.forEach(task -> Guest.awaitEnd(task(task)));
    }

    private int number(int port) {
        Deque<Port> handles = ports.get(port);
        return handles == null || handles.isEmpty()
                ? stale.getOrDefault(port, NEVER_A_HANDLE)
                : handles.getLast().raw();
    }

    private zircon.Task task(Task task) {
        return switch (task) {
            case JOB -> job;
            case PROCESS -> running.process();
            case THREAD -> running.thread();
            case INITIAL_PROCESS -> initial.process();
            case NEW_THREAD -> initial.thread();
        };
    }

    @Override
    public void close() {
        scope.close();
    }
}
