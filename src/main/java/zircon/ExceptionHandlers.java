package zircon;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/// Asks the handlers of an [ExceptionServer], and does what they say.
final class ExceptionHandlers {
    private static final System.Logger LOGGER = System.getLogger("zircon");

    /// What an answer says when nobody waits for it: the thread is dead, was killed (Q-3,
    /// X-18) or released (B-9) before, or was unbound behind the server's back.
    private static final Set<Status> GONE =
            Set.of(ZxError.NOT_FOUND, ZxError.BAD_STATE, ZxError.ACCESS_DENIED);

    private final ExceptionBindings bindings;
    private final Map<ExceptionType, ExceptionHandler> handlers = new ConcurrentHashMap<>();
    private volatile ExceptionHandler otherwise = _ -> Verdict.TRY_NEXT;
    private volatile BiConsumer<? super ExceptionPacket, ? super Throwable> listener =
            ExceptionHandlers::log;
    // Of the serving thread alone.
    private boolean interrupted;

    ExceptionHandlers(ExceptionBindings bindings) {
        this.bindings = bindings;
    }

    void on(ExceptionType type, ExceptionHandler handler) {
        handlers.put(
                Objects.requireNonNull(type, "type"), Objects.requireNonNull(handler, "handler"));
    }

    void otherwise(ExceptionHandler handler) {
        otherwise = Objects.requireNonNull(handler, "handler");
    }

    void onFailure(BiConsumer<? super ExceptionPacket, ? super Throwable> newListener) {
        listener = Objects.requireNonNull(newListener, "listener");
    }

    /// Asks about the exception that a packet tells of.
    ///
    /// @return whether anybody was asked
    boolean ask(ExceptionPacket packet) {
        ExceptionBindings.Binding binding = bindings.of(packet.key());
        if (binding == null) {
            return false;
        }
        List<Throwable> failures = new ArrayList<>();
        var exception = new PendingException(packet, binding);
        try {
            Verdict verdict = verdictOn(exception, failures);
            Result<Unit> killed = kill(exception, verdict);
            Result<Unit> answered = bindings.answer(binding, exception, verdict.answer());
            collectRefusals(killed, answered, failures);
        } finally {
            exception.end();
        }
        failures.forEach(failure -> report(packet, failure));
        return true;
    }

    private Verdict verdictOn(PendingException exception, List<Throwable> failures) {
        ExceptionHandler handler = handlers.getOrDefault(exception.type(), otherwise);
        try {
            return Objects.requireNonNull(
                    handler.handle(exception), "the handler's verdict is null");
        } catch (GuestUnwind killed) {
            throw killed; // It is the handling thread that ends here.
        } catch (Throwable failure) {
            interrupted |= failure instanceof InterruptedException;
            failures.add(failure);
            return Verdict.TRY_NEXT;
        }
    }

    private static Result<Unit> kill(PendingException exception, Verdict verdict) {
        return switch (verdict) {
            case KILL -> exception.ownProcess().flatMap(Task::kill);
            case KILL_THREAD -> exception.ownThread().flatMap(Task::kill);
            case HANDLED, TRY_NEXT -> Ok.UNIT;
        };
    }

    /// What the kernel refused is a failure, unless the thread has merely gone on or died
    /// meanwhile.
    private static void collectRefusals(
            Result<Unit> killed, Result<Unit> answered, List<Throwable> failures) {
        if (killed instanceof Err<Unit>(var status)
                && (answered.isOk() || status != ZxError.NOT_FOUND)) {
            failures.add(new ZxException(status));
        }
        if (answered instanceof Err<Unit>(var status) && !GONE.contains(status)) {
            failures.add(new ZxException(status));
        }
    }

    private void report(ExceptionPacket packet, Throwable failure) {
        try {
            listener.accept(packet, failure);
        } catch (GuestUnwind killed) {
            throw killed;
        } catch (Throwable another) {
            log(packet, failure);
            LOGGER.log(Level.WARNING, "The listener that was told of this failure failed", another);
        }
    }

    private static void log(ExceptionPacket packet, Throwable failure) {
        LOGGER.log(
                Level.WARNING,
                "An exception was passed on because its handler failed: %s in thread %s of process %s"
                        .formatted(packet.type(), packet.thread(), packet.process()),
                failure);
    }

    /// Gives the interruptions back that handlers ended with.
    void restoreInterrupt() {
        if (interrupted) {
            interrupted = false;
            Thread.currentThread().interrupt();
        }
    }
}
