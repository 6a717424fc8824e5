package zircon;

import org.jspecify.annotations.Nullable;

import zircon.internal.Syscalls;

import java.util.HashMap;
import java.util.Map;

/// What an [ExceptionServer] keeps open in the kernel: a port of its own, and the tasks that it is
/// bound to. Each binding has a key of its own that is never used again, so that a packet of an
/// earlier one is known for what it is.
///
/// Binding, unbinding and answering are one step each for one another. No foreign code runs in
/// them, and nothing blocks.
final class ExceptionBindings implements AutoCloseable {
    /// The key that wakes the server; no binding has it.
    private static final long WAKE = 0;

    private static final int ASYNC_ONCE = 0;

    /// Without the right to find a thread, nobody could answer for it.
    private static final Rights LOOKUP = Rights.ENUMERATE;

    private final Port port;
    private final Map<Long, Binding> bindings = new HashMap<>();
    private long lastKey = WAKE;

    /// The server's port in a slot of a task.
    ///
    /// @param key of the packets
    /// @param task a handle of the server's own
    /// @param koid the task's
    /// @param kind which slot
    record Binding(long key, Task task, Koid koid, ExceptionPortKind kind) {}

    ExceptionBindings(Port port) {
        this.port = port;
    }

    synchronized Result<Unit> bind(Task task, ExceptionPortKind kind) {
        if (port.isClosed()) {
            return ZxError.BAD_HANDLE.err();
        }
        return task.basicInfo()
                .flatMap(
                        info ->
                                task instanceof ZxThread || info.rights().contains(LOOKUP)
                                        ? duplicateAndBind(task, info.koid(), kind)
                                        : ZxError.ACCESS_DENIED.err());
    }

    private Result<Unit> duplicateAndBind(Task task, Koid koid, ExceptionPortKind kind) {
        return task.duplicate(Rights.SAME_RIGHTS).flatMap(own -> bindOwn((Task) own, koid, kind));
    }

    /// Binds a handle of the server's, and closes it if that is refused.
    private Result<Unit> bindOwn(Task own, Koid koid, ExceptionPortKind kind) {
        var binding = new Binding(++lastKey, own, koid, kind);
        Result<Unit> bound = own.bind(port, binding.key(), kind);
        if (bound.isOk()) {
            bindings.put(binding.key(), binding);
        } else {
            own.close();
        }
        return bound;
    }

    synchronized Result<Unit> unbind(Task task, ExceptionPortKind kind) {
        if (port.isClosed()) {
            return ZxError.BAD_HANDLE.err();
        }
        return task.koid()
                .flatMap(
                        koid -> {
                            Binding binding = of(koid, kind);
                            return binding == null ? ZxError.BAD_STATE.err() : unbind(binding);
                        });
    }

    private @Nullable Binding of(Koid koid, ExceptionPortKind kind) {
        for (Binding binding : bindings.values()) {
            if (binding.koid().equals(koid) && binding.kind() == kind) {
                return binding;
            }
        }
        return null;
    }

    private Result<Unit> unbind(Binding binding) {
        bindings.remove(binding.key());
        try (Task task = binding.task()) {
            return task.unbind(binding.kind());
        }
    }

    /// The binding that a packet came through, unless it is no more: then the thread that the
    /// packet names was released by the unbinding, and its next exception has a packet of its own.
    synchronized @Nullable Binding of(long key) {
        return bindings.get(key);
    }

    /// Tells the waiting thread how to go on.
    ///
    /// An answer goes to whatever the thread waits in, which may be the question of another
    /// slot that this port is bound to. Therefore each packet is answered once, and not at all when
    /// its binding is no more.
    ///
    /// @return the refusal of the answer, or why the thread could not be found
    synchronized Result<Unit> answer(Binding binding, PendingException exception, Resume answer) {
        if (!bindings.containsKey(binding.key())) {
            return ZxError.BAD_STATE.err(); // B-9
        }
        return switch (exception.ownThread()) {
            case Ok<ZxThread>(var thread) -> thread.resumeFromException(port, answer);
            case Err<ZxThread>(var status) when status == ZxError.NOT_FOUND -> status.err();
            case Err<ZxThread>(var status) -> {
                Result<Unit> renewed = renew(binding);
                yield renewed.isOk() ? status.err() : renewed;
            }
        };
    }

    /// Passes on what nobody can answer, for want of a handle: unbinding does not need the thread
    /// (B-9). It passes on all else that waits for this binding too.
    private Result<Unit> renew(Binding binding) {
        bindings.remove(binding.key());
        var _ = binding.task().unbind(binding.kind());
        return bindOwn(binding.task(), binding.koid(), binding.kind());
    }

    Result<Unit> waitFor(Deadline deadline, PacketBuffer buffer) {
        return port.waitFor(deadline, buffer);
    }

    /// Ends a wait with a packet that stands for nothing.
    ///
    /// @return false if nothing can end it: the port's number names this port no more
    boolean wake() {
        Result<Unit> queued = port.queue(UserPacket.of(WAKE));
        if (queued.equals(ZxError.NO_MEMORY.err())) {
            queued = wakeBySignal();
        }
        // A port that is full keeps nobody waiting.
        return queued.isOk() || queued.equals(ZxError.SHOULD_WAIT.err());
    }

    /// The system has no more packets for users; those of signals are counted by their port alone
    /// (P-3). A thread that runs has a signal to tell of at once (P-6).
    private Result<Unit> wakeBySignal() {
        int self = Syscalls.threadSelf();
        int running = Signals.THREAD_RUNNING.bits();
        return Answer.of(Syscalls.objectWaitAsync(self, port.raw(), WAKE, running, ASYNC_ONCE));
    }

    /// Closes the port, which unbinds it everywhere (P-15), and the tasks.
    @Override
    public synchronized void close() {
        port.close();
        bindings.values()
                .removeIf(
                        binding -> {
                            binding.task().close();
                            return true;
                        });
    }

    /// The port and how many slots it is in.
    @Override
    public synchronized String toString() {
        return "%s, bindings=%d".formatted(port, bindings.size());
    }
}
