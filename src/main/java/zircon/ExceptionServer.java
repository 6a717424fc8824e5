package zircon;

import org.jspecify.annotations.Nullable;

import zircon.internal.Syscalls;

import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/// Answers the exceptions of any number of threads, processes and jobs, by handlers.
///
/// ```java
/// try (var job = Job.defaultJob().orElseThrow();
///         var server = ExceptionServer.create().orElseThrow()) {
///     server.on(ExceptionType.Known.SW_BREAKPOINT, exception -> Verdict.HANDLED);
///     server.bind(job).orElseThrow();
///     server.serve(Deadline.INFINITE).orElseThrow();
/// }
/// ```
///
/// One thread serves at a time, the server's own ([#start()]) or a caller's ([#serve(Deadline)]),
/// and asks one handler after the other: while a handler runs, other exceptions wait. A handler
/// must not cause an exception that only its own server could answer.
///
/// The server has a port of its own. Nothing but its exceptions, and what wakes it, comes there, so
/// its keys collide with nobody's; signals and packets of users belong into another port.
///
/// A handler that throws passes the exception on. A task that dies while it is asked about needs no
/// answer. When the server is closed, all that waits for it asks the next handler (rule B-9).
public final class ExceptionServer implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger("zircon");

    private final ExceptionBindings bindings;
    private final ExceptionHandlers handlers;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private volatile boolean closed;
    // Under the lock.
    private @Nullable Thread serving;
    private @Nullable Thread own;

    private ExceptionServer(Port port) {
        bindings = new ExceptionBindings(port);
        handlers = new ExceptionHandlers(bindings);
    }

    /// Makes a server that is bound to nothing yet, and has no handlers.
    ///
    /// Wraps `zx_port_create`. Does not block. The server belongs to the caller's process.
    ///
    /// @return the server, owned
    public static Result<ExceptionServer> create() {
        return Port.create().map(ExceptionServer::new);
    }

    /// Says who decides about the exceptions of one type. A handler that was set before is
    /// replaced. Makes no syscall.
    ///
    /// @param type which exceptions
    /// @param handler who decides
    /// @return this server
    public ExceptionServer on(ExceptionType type, ExceptionHandler handler) {
        handlers.on(type, handler);
        return this;
    }

    /// Says who decides about the exceptions that no [#on(ExceptionType, ExceptionHandler)] is
    /// about. At first they are passed on. Makes no syscall.
    ///
    /// @param handler who decides
    /// @return this server
    public ExceptionServer otherwise(ExceptionHandler handler) {
        handlers.otherwise(handler);
        return this;
    }

    /// Says who is told when a handler throws, or when the kernel refuses what a verdict asks for
    /// (a [ZxException]). Either way the exception was passed on already. At first such failures go
    /// to the [System.Logger] named `zircon`. Makes no syscall.
    ///
    /// @param listener told on the serving thread; what it throws is logged
    /// @return this server
    public ExceptionServer onFailure(
            BiConsumer<? super ExceptionPacket, ? super Throwable> listener) {
        handlers.onFailure(listener);
        return this;
    }

    /// Binds this server to a task's exception port: [#bind(Task, ExceptionPortKind)] with the
    /// general one.
    ///
    /// @param task a thread, a process or a job
    /// @return nothing more than success
    public Result<Unit> bind(Task task) {
        return bind(task, ExceptionPortKind.GENERAL);
    }

    /// Binds this server to one of a task's exception ports, from now on until it is unbound or
    /// closed; the task's death does not end it. May be called at any time and by any thread.
    ///
    /// Wraps `zx_handle_duplicate` and `zx_task_bind_exception_port`. `task` is borrowed: the
    /// server keeps a handle of its own. Does not block.
    ///
    /// - `ACCESS_DENIED`: `task` lacks [Rights#DUPLICATE], or as a process or job
    ///   [Rights#ENUMERATE], without which its threads cannot be found to be answered.
    /// - `ALREADY_BOUND`: the task has a port there, this server's or another; unbind it first.
    /// - `BAD_HANDLE`: this server or `task` is closed.
    /// - `INVALID_ARGS`: a thread has no debugger's port.
    /// - `NOT_FOUND`: the task is a dead thread or process (rule B-2).
    ///
    /// @param task a thread, a process or a job; what handlers may do depends on its rights
    /// @param kind the general port, or a debugger's
    /// @return nothing more than success
    public Result<Unit> bind(Task task, ExceptionPortKind kind) {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(kind, "kind");
        return bindings.bind(task, kind);
    }

    /// Unbinds this server from a task's exception port: [#unbind(Task, ExceptionPortKind)] with
    /// the general one.
    ///
    /// @param task a thread, a process or a job
    /// @return nothing more than success
    public Result<Unit> unbind(Task task) {
        return unbind(task, ExceptionPortKind.GENERAL);
    }

    /// Unbinds this server from one of a task's exception ports. Threads that wait for its answer
    /// there ask the next handler, and no handler of this server is asked about them any more. If
    /// one is at work, only the killing verdicts still count.
    ///
    /// Wraps `zx_task_bind_exception_port` with `ZX_HANDLE_INVALID`. Does not block.
    ///
    /// - `BAD_HANDLE`: this server or `task` is closed.
    /// - `BAD_STATE`: this server is not bound there.
    ///
    /// @param task any handle to the task
    /// @param kind the general port, or a debugger's
    /// @return nothing more than success
    public Result<Unit> unbind(Task task, ExceptionPortKind kind) {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(kind, "kind");
        return bindings.unbind(task, kind);
    }

    /// Serves on a thread of the server's own until the server is closed. It is a daemon: it keeps
    /// no program running.
    ///
    /// Does not block. Should that thread ever fail, the server closes itself, and says so to the
    /// [System.Logger] named `zircon`.
    ///
    /// - `BAD_HANDLE`: this server is closed.
    /// - `BAD_STATE`: a thread serves already.
    /// - `NOT_SUPPORTED`: in the emulation, a guest called, whose new threads are not its process';
    ///   it has [#serve(Deadline)].
    ///
    /// @return nothing more than success
    public Result<Unit> start() {
        Result<Koid> home = ownProcess();
        var answer = new CompletableFuture<Result<Unit>>();
        Thread thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("exception-server")
                        .unstarted(() -> serveIn(home, answer));
        Result<Unit> claimed = claim(thread);
        if (!claimed.isOk()) {
            return claimed;
        }
        try {
            thread.start();
        } catch (OutOfMemoryError noThread) {
            leave();
            throw noThread;
        }
        Result<Unit> answered = answer.join();
        if (!answered.isOk()) {
            leave();
        }
        return answered;
    }

    private static Result<Koid> ownProcess() {
        return ObjectInfo.basic(Syscalls.processSelf()).map(HandleInfo::koid);
    }

    /// What the server's own thread runs.
    private void serveIn(Result<Koid> home, CompletableFuture<Result<Unit>> answer) {
        if (!ownProcess().equals(home)) {
            answer.complete(ZxError.NOT_SUPPORTED.err());
            return;
        }
        answer.complete(Ok.UNIT);
        try {
            var _ = serveUntil(Deadline.INFINITE).orElseThrow();
        } catch (Throwable failure) {
            LOGGER.log(Level.ERROR, this + " failed and is closed", failure);
            close();
        } finally {
            leave();
        }
    }

    /// Serves on the calling thread until the server is closed, or until `deadline`.
    ///
    /// Wraps `zx_port_wait`. **Blocks** until then; it pins a virtual thread's carrier while it
    /// waits. [Thread#interrupt()] does not end it. The deadline cuts no handler short; one that is
    /// past asks about one exception, if there is one.
    ///
    /// - `BAD_HANDLE`: this server was closed before.
    /// - `BAD_STATE`: a thread serves already.
    /// - `TIMED_OUT`: the deadline has passed.
    ///
    /// @param deadline until when
    /// @return success once this server is closed
    public Result<Unit> serve(Deadline deadline) {
        Objects.requireNonNull(deadline, "deadline");
        Result<Unit> claimed = claim(Thread.currentThread());
        if (!claimed.isOk()) {
            return claimed;
        }
        try {
            return serveUntil(deadline);
        } finally {
            leave();
        }
    }

    /// Makes `thread` the one that serves.
    private Result<Unit> claim(Thread thread) {
        lock.lock();
        try {
            if (closed) {
                return ZxError.BAD_HANDLE.err();
            }
            if (serving != null) {
                return ZxError.BAD_STATE.err();
            }
            serving = thread;
            if (!thread.equals(Thread.currentThread())) {
                own = thread;
            }
            return Ok.UNIT;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            serving = null;
            idle.signalAll();
            if (closed) {
                bindings.close();
            }
        } finally {
            lock.unlock();
        }
    }

    private Result<Unit> serveUntil(Deadline deadline) {
        try (var buffer = new PacketBuffer()) {
            boolean late = false;
            while (!late && !isClosed()) {
                if (bindings.waitFor(deadline, buffer) instanceof Err<Unit> refusal) {
                    return isClosed() ? Ok.UNIT : refusal;
                }
                late =
                        buffer.packet() instanceof ExceptionPacket packet
                                && handlers.ask(packet)
                                && isPast(deadline);
            }
            return isClosed() ? Ok.UNIT : ZxError.TIMED_OUT.err();
        } finally {
            handlers.restoreInterrupt();
        }
    }

    /// The kernel asks whether the port is empty before it looks at the deadline (P-2): threads
    /// that fault again and again would keep a server beyond it.
    private static boolean isPast(Deadline deadline) {
        return !deadline.equals(Deadline.INFINITE) && Clock.monotonicNanos() >= deadline.nanos();
    }

    /// Tells whether [#close()] was called. Makes no syscall.
    ///
    /// @return true if no call can be made with this server
    public boolean isClosed() {
        return closed;
    }

    /// Ends serving, unbinds this server from everything, and closes all that it has open, once,
    /// however often this is called and by however many threads. All that waits for the server asks
    /// the next handler then (rule P-15).
    ///
    /// Wraps `zx_port_queue` and `zx_handle_close`. **Blocks** while a handler is at work, whose
    /// verdict still counts; when it returns, no thread of the server's is left. A handler itself
    /// may call this: then it does not block, and the server ends behind that handler's verdict.
    @Override
    public void close() {
        Thread leaving;
        lock.lock();
        try {
            closed = true;
            if (Thread.currentThread().equals(serving)) {
                return; // leave() does the rest.
            }
            // Whom no packet reaches, nobody waits for: it belongs to a kernel that was reset.
            boolean reached = serving == null || bindings.wake();
            while (reached && serving != null) {
                idle.awaitUninterruptibly();
            }
            bindings.close();
            leaving = reached ? own : null;
        } finally {
            lock.unlock();
        }
        if (leaving != null) {
            joinUninterruptibly(leaving);
        }
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// The server for a person. Asks the kernel for the koid, and never throws.
    ///
    /// @return for example `ExceptionServer[Port[handle=0x2f3, koid=1031], bindings=2]`, or
    ///   `ExceptionServer[closed]`
    @Override
    public String toString() {
        return "ExceptionServer[" + (closed ? "closed" : bindings) + "]";
    }
}
