package zircon.properties;

import zircon.ZxError;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What is bound where, in the words of section 8: a pure model of a job with two processes, one
/// running and one never started, a thread of each, and some ports.
///
/// @param bound the port in each slot that is filled
/// @param handles how many handles each port has; a port that is not there has none
/// @param dead the threads and processes that have ended
record BindingModel(Map<Slot, Integer> bound, Map<Integer, Integer> handles, Set<Task> dead) {
    private static final int OK = 0;

    /// The tasks.
    enum Task {
        JOB,
        PROCESS,
        THREAD,
        INITIAL_PROCESS,
        NEW_THREAD;

        boolean isThread() {
            return this == THREAD || this == NEW_THREAD;
        }
    }

    /// One of the two exception ports of a task.
    record Slot(Task task, boolean debugger) {}

    /// What a call answers, and how things are afterwards.
    record Step(int status, BindingModel next) {}

    BindingModel {
        bound = Map.copyOf(bound);
        handles = Map.copyOf(handles);
        dead = Set.copyOf(dead);
    }

    /// Nothing is bound, nobody is dead, and there is no port.
    static BindingModel initial() {
        return new BindingModel(Map.of(), Map.of(), Set.of());
    }

    private Step refused(ZxError status) {
        return new Step(status.raw(), this);
    }

    Step bind(Slot slot, int port) {
        if (!handles.containsKey(port)) {
            return refused(ZxError.BAD_HANDLE); // B-2 (2)
        }
        if (slot.task().isThread() && slot.debugger()) {
            return refused(ZxError.INVALID_ARGS); // B-2 (4)
        }
        if (dead.contains(slot.task())) {
            return refused(ZxError.NOT_FOUND); // B-2 (6)
        }
        if (bound.containsKey(slot)) {
            return refused(ZxError.ALREADY_BOUND); // B-2 (7)
        }
        Map<Slot, Integer> after = new HashMap<>(bound);
        after.put(slot, port);
        return new Step(OK, new BindingModel(after, handles, dead));
    }

    Step unbind(Slot slot) {
        if (slot.task().isThread() && slot.debugger()) {
            return refused(ZxError.INVALID_ARGS); // B-3 (3)
        }
        if (!bound.containsKey(slot)) {
            return refused(ZxError.BAD_STATE); // B-3 (4)
        }
        Map<Slot, Integer> after = new HashMap<>(bound);
        after.remove(slot);
        return new Step(OK, new BindingModel(after, handles, dead));
    }

    /// Makes a port, or one more handle to it.
    Step openPort(int port) {
        Map<Integer, Integer> after = new HashMap<>(handles);
        after.merge(port, 1, Integer::sum);
        return new Step(OK, new BindingModel(bound, after, dead));
    }

    Step closePort(int port) {
        Integer count = handles.get(port);
        if (count == null) {
            return refused(ZxError.BAD_HANDLE);
        }
        Map<Integer, Integer> after = new HashMap<>(handles);
        if (count > 1) {
            after.put(port, count - 1); // B-8
            return new Step(OK, new BindingModel(bound, after, dead));
        }
        after.remove(port);
        Map<Slot, Integer> left = new HashMap<>(bound);
        left.values().removeIf(other -> other == port); // P-15
        return new Step(OK, new BindingModel(left, after, dead));
    }

    /// B-7: a death leaves the slots as they are.
    Step kill(Task task) {
        Set<Task> after = new HashSet<>(dead);
        switch (task) {
            case JOB -> after.addAll(Set.of(Task.PROCESS, Task.THREAD, Task.INITIAL_PROCESS));
            case PROCESS, THREAD -> after.addAll(Set.of(Task.PROCESS, Task.THREAD));
            case INITIAL_PROCESS -> after.add(task);
            case NEW_THREAD -> {} // T-3
        }
        return new Step(OK, new BindingModel(bound, handles, after));
    }

    ///
    boolean debuggerAttached(Task process) {
        return bound.containsKey(new Slot(process, true));
    }
}
