package zircon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import zircon.kit.Guest;
import zircon.kit.KernelFixture;
import zircon.kit.Packets;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;

/// Every error that the Javadoc of [ExceptionServer] and [PendingException] promises; and none is
/// missing here.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServerErrorsTest extends KernelFixture {
    private final Set<String> provoked = new TreeSet<>();
    private final Set<String> wrong = new ConcurrentSkipListSet<>();

    @Test
    void everyDocumentedErrorIsProvoked() throws Exception {
        bindings();
        serving();
        deadTasks();
        missingRights();
        startingThreads();
        assertThat(wrong).isEmpty();
        assertThat(provoked).containsExactlyElementsOf(DocumentedErrors.ofServers());
    }

    private void refused(String method, ZxError error, Result<?> answer) {
        provoked.add(method + " " + error);
        if (!answer.equals(error.err())) {
            wrong.add("%s answers %s, not %s".formatted(method, answer, error));
        }
    }

    private static ExceptionServer server() {
        return ExceptionServer.create().orElseThrow();
    }

    private void bindings() {
        Guest guest = scope.guest();
        Guest dead = scope.guest();
        var _ = dead.process().kill().orElseThrow();
        Guest.awaitEnd(dead.process());
        try (ExceptionServer server = server();
                ZxProcess bare = guest.process().duplicate(Rights.NONE).orElseThrow()) {
            refused("ExceptionServer.bind", ZxError.ACCESS_DENIED, server.bind(bare));
            refused(
                    "ExceptionServer.bind",
                    ZxError.INVALID_ARGS,
                    server.bind(guest.thread(), ExceptionPortKind.DEBUGGER));
            refused("ExceptionServer.bind", ZxError.NOT_FOUND, server.bind(dead.process()));
            refused("ExceptionServer.unbind", ZxError.BAD_STATE, server.unbind(guest.process()));
            var _ = server.bind(guest.process()).orElseThrow();
            refused("ExceptionServer.bind", ZxError.ALREADY_BOUND, server.bind(guest.process()));
        }
    }

    private void serving() throws Exception {
        try (ExceptionServer server = server()) {
            refused("ExceptionServer.serve", ZxError.TIMED_OUT, server.serve(Deadline.PAST));
            var _ = server.start().orElseThrow();
            refused("ExceptionServer.start", ZxError.BAD_STATE, server.start());
            refused("ExceptionServer.serve", ZxError.BAD_STATE, server.serve(Deadline.PAST));
        }
        var answer = new CompletableFuture<Result<Unit>>();
        Guest guest =
                scope.javaGuest(
                        () -> {
                            try (ExceptionServer server = server()) {
                                answer.complete(server.start());
                            }
                        });
        guest.go();
        refused("ExceptionServer.start", ZxError.NOT_SUPPORTED, answer.get());
    }

    private void deadTasks() {
        Guest unknown = scope.guest();
        handle(
                unknown,
                unknown.process(),
                exception -> {
                    kill(unknown);
                    refused("PendingException.thread", ZxError.NOT_FOUND, exception.thread());
                });
        Guest noProcess = scope.guest();
        handle(
                noProcess,
                noProcess.thread(),
                exception -> {
                    kill(noProcess);
                    refused("PendingException.process", ZxError.NOT_FOUND, exception.process());
                });
        Guest known = scope.guest();
        handle(
                known,
                known.process(),
                exception -> {
                    var registers = exception.registers().orElseThrow();
                    kill(known);
                    refused("PendingException.report", ZxError.BAD_STATE, exception.report());
                    refused("PendingException.registers", ZxError.BAD_STATE, exception.registers());
                    refused(
                            "PendingException.writeRegisters",
                            ZxError.BAD_STATE,
                            exception.writeRegisters(registers));
                });
    }

    private static void kill(Guest guest) {
        var _ = guest.process().kill().orElseThrow();
        Guest.awaitEnd(guest.process());
    }

    private void missingRights() {
        Guest guest = scope.guest();
        try (ZxThread bare = guest.thread().duplicate(Rights.DUPLICATE).orElseThrow()) {
            handle(
                    guest,
                    bare,
                    exception -> {
                        refused(
                                "PendingException.report",
                                ZxError.ACCESS_DENIED,
                                exception.report());
                        refused(
                                "PendingException.registers",
                                ZxError.ACCESS_DENIED,
                                exception.registers());
                        refused(
                                "PendingException.writeRegisters",
                                ZxError.ACCESS_DENIED,
                                exception.writeRegisters(anyRegisters()));
                    });
        }
    }

    private static GeneralRegisters anyRegisters() {
        return (GeneralRegisters) Samples.of(GeneralRegisters.class);
    }

    private void startingThreads() {
        Guest guest = scope.guest();
        try (ExceptionServer server = server()) {
            var _ =
                    server.otherwise(
                            exception -> {
                                refused(
                                        "PendingException.registers",
                                        ZxError.NOT_SUPPORTED,
                                        exception.registers());
                                refused(
                                        "PendingException.writeRegisters",
                                        ZxError.NOT_SUPPORTED,
                                        exception.writeRegisters(anyRegisters()));
                                return Verdict.KILL;
                            });
            var _ = server.bind(guest.process(), ExceptionPortKind.DEBUGGER).orElseThrow();
            guest.fault();
            serveOnce(server);
        }
    }

    /// Lets the guest fault, and asks the handler, once.
    private static void handle(Guest guest, Task bound, Consumer<PendingException> handler) {
        try (ExceptionServer server = server()) {
            var _ =
                    server.otherwise(
                            exception -> {
                                handler.accept(exception);
                                return Verdict.TRY_NEXT;
                            });
            var _ = server.bind(bound).orElseThrow();
            guest.fault();
            serveOnce(server);
        }
    }

    /// The first verdict ends it.
    private static void serveOnce(ExceptionServer server) {
        var asked = new CompletableFuture<Unit>();
        var _ = server.onFailure((_, failure) -> asked.completeExceptionally(failure));
        Packets.settle();
        var _ = server.serve(Deadline.PAST);
        assertThat(asked).isNotCompletedExceptionally();
    }
}
