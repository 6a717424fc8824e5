package zircon.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import zircon.Deadline;
import zircon.Port;
import zircon.Resume;
import zircon.Rights;
import zircon.ZxError;
import zircon.kit.Guest;
import zircon.kit.Guest.Code;
import zircon.kit.KernelFixture;
import zircon.kit.Packets;
import zircon.sys.zircon_h;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The kernel's voice as lines of text.
class TraceTest extends KernelFixture {
    private static final Pattern LINE =
            Pattern.compile(" *\\d+\\.\\d{6} (.*)\\((\\d+)\\)/(.*)\\((\\d+)\\) (.*)");

    private final HostEmulation emulation = HostEmulation.instance();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private static List<String> group(List<String> lines, int group) {
        return lines.stream()
                .map(
                        line -> {
                            Matcher matcher = LINE.matcher(line);
                            assertThat(matcher.matches()).as(line).isTrue();
                            return matcher.group(group);
                        })
                .toList();
    }

    /// What happened, without the time and the thread.
    private List<String> happened() {
        return group(lines, 5);
    }

    /// What happened to exceptions.
    private List<String> exceptions() {
        return happened().stream().filter(text -> text.startsWith("-- ")).toList();
    }

    @Test
    void aTraceTellsEachCallOfAThreadInOrder() {
        try (KernelTrace _ = emulation.trace(lines::add)) {
            try (Port port = Port.create().orElseThrow()) {
                assertThat(port.waitFor(Deadline.PAST)).isEqualTo(ZxError.TIMED_OUT.err());
                port.duplicate(Rights.SAME_RIGHTS).orElseThrow().close();
            }
        }
        List<String> texts =
                happened().stream().map(t -> t.replaceAll("0x[0-9a-f]{5,}", "X")).toList();
        assertThat(texts)
                .containsExactly(
                        "zx_port_create(options=0, out={X}) = ZX_OK",
                        "zx_port_wait(handle=X, deadline=PAST, packet=X) = ZX_ERR_TIMED_OUT",
                        "zx_handle_duplicate(handle=X, rights=SAME_RIGHTS, out={X}) = ZX_OK",
                        "zx_handle_close(handle=X) = ZX_OK",
                        "zx_handle_close(handle=X) = ZX_OK");
        assertThat(group(lines, 1)).containsOnly("host");
        assertThat(group(lines, 2)).containsOnly("1026");
        assertThat(group(lines, 4)).hasSize(5).containsOnly(group(lines, 4).getFirst());
        List<String> times = lines.stream().map(line -> line.substring(0, 12)).toList();
        assertThat(times).isSorted();
    }

    @Test
    void handlersAreAskedOneAfterTheOther() {
        Port port = scope.port();
        Guest guest = scope.guest();
        var _ = guest.thread().bindExceptionPort(port, 1).orElseThrow();
        var _ = guest.process().bindExceptionPort(port, -2).orElseThrow();
        long process = guest.process().koid().orElseThrow().value();
        long thread = guest.thread().koid().orElseThrow().value();
        long through = port.koid().orElseThrow().value();
        try (KernelTrace _ = emulation.trace(lines::add)) {
            guest.fault();
            var _ = Packets.exception(port);
            var _ = guest.thread().resumeFromException(port, Resume.TRY_NEXT).orElseThrow();
            var _ = Packets.exception(port);
            Guest.sendTo(guest.thread(), Code.THREAD_EXIT, 0);
            var _ = guest.thread().resumeFromException(port, Resume.HANDLED).orElseThrow();
            Guest.awaitEnd(guest.process());
            Packets.settle();
        }
        assertThat(exceptions())
                .containsExactly(
                        "-- FATAL_PAGE_FAULT: asks THREAD of %d through port %d, key 1"
                                .formatted(thread, through),
                        "-- FATAL_PAGE_FAULT: TRY_NEXT by THREAD",
                        "-- FATAL_PAGE_FAULT: asks PROCESS of %d through port %d, key -2"
                                .formatted(process, through),
                        "-- FATAL_PAGE_FAULT: HANDLED by PROCESS");
        assertThat(happened()).contains("zx_thread_exit() = ended");
        List<String> said = lines.stream().filter(line -> line.contains(" -- ")).toList();
        assertThat(group(said, 2)).containsOnly(Long.toString(process));
        assertThat(group(said, 4)).containsOnly(Long.toString(thread));
    }

    @Test
    void anUnboundHandlerIsPassedOverAndThenNobodyIsLeft() {
        Port port = scope.port();
        Guest guest = scope.guest();
        var _ = guest.thread().bindExceptionPort(port, 1).orElseThrow();
        try (KernelTrace _ = emulation.trace(lines::add)) {
            guest.fault();
            var _ = Packets.exception(port);
            var _ = guest.thread().unbindExceptionPort().orElseThrow();
            Guest.awaitEnd(guest.process());
        }
        assertThat(exceptions()).element(1).isEqualTo("-- FATAL_PAGE_FAULT: UNBOUND by THREAD");
        assertThat(exceptions()).last().isEqualTo("-- FATAL_PAGE_FAULT: unhandled");
    }

    @Test
    void aKilledThreadLeavesItsHandler() {
        Port port = scope.port();
        Guest guest = scope.guest();
        var _ = guest.process().bindExceptionPort(port, 1).orElseThrow();
        try (KernelTrace _ = emulation.trace(lines::add)) {
            guest.fault();
            var _ = Packets.exception(port);
            var _ = guest.thread().kill().orElseThrow();
            Guest.awaitEnd(guest.process());
        }
        assertThat(exceptions()).last().isEqualTo("-- FATAL_PAGE_FAULT: KILLED by PROCESS");
    }

    @Test
    void aHandlerWhosePortIsFullIsNotWaitedFor() {
        Port port = scope.port();
        Guest guest = scope.guest();
        var _ = guest.process().bindExceptionPort(port, 1).orElseThrow();
        try (KernelTrace _ = emulation.trace(lines::add)) {
            emulation.fillPorts(1);
            guest.fault();
            Guest.awaitEnd(guest.process());
        }
        assertThat(exceptions())
                .hasSize(3)
                .endsWith(
                        "-- FATAL_PAGE_FAULT: UNDELIVERABLE by PROCESS",
                        "-- FATAL_PAGE_FAULT: unhandled");
    }

    @Test
    void aCallOfAKilledThreadIsTold() {
        Guest guest = scope.guest();
        try (KernelTrace _ = emulation.trace(lines::add)) {
            guest.sleep();
            var _ = guest.process().kill().orElseThrow();
            Guest.awaitEnd(guest.process());
            Packets.settle();
        }
        assertThat(happened()).contains("zx_nanosleep(deadline=INFINITE) = killed");
    }

    @Test
    void aSecondTraceTakesTheLinesFromTheFirst() {
        List<String> second = new CopyOnWriteArrayList<>();
        KernelTrace first = emulation.trace(lines::add);
        scope.event().close();
        try (KernelTrace _ = emulation.trace(second::add)) {
            scope.port().close();
            first.close();
            scope.port().close();
        }
        scope.port().close();
        assertThat(happened()).hasSize(2);
        assertThat(group(second, 5)).hasSize(4);
    }

    @Test
    @DisplayName("Whoever closes a trace waits for its reader, also when he is interrupted")
    void closeWaitsForTheReader() {
        var proceed = new CountDownLatch(1);
        KernelTrace trace =
                emulation.trace(
                        line -> {
                            await(proceed);
                            lines.add(line);
                        });
        scope.port().close();
        Thread.currentThread().interrupt();
        Thread.ofVirtual().start(proceed::countDown);
        trace.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(lines).hasSize(2);
        trace.close(); // which is nothing
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a reader", e);
        }
    }

    @Test
    void aReaderThatThrowsEndsItsTraceAndNothingElse() {
        try (KernelTrace _ =
                emulation.trace(
                        line -> {
                            lines.add(line);
                            throw new IllegalStateException("on purpose");
                        })) {
            for (int i = 0; i < 100; i++) {
                scope.port().close();
            }
        }
        assertThat(lines).hasSize(1);
    }

    @Test
    void theReadersOwnCallsAreNotTold() {
        var told = new CountDownLatch(2);
        try (KernelTrace _ =
                emulation.trace(
                        line -> {
                            lines.add(line);
                            Port.create().orElseThrow().close();
                            told.countDown();
                        })) {
            scope.port().close();
            await(told);
        }
        assertThat(happened()).hasSize(2);
    }

    @Test
    void theReaderMayCloseItsTrace() {
        var told = new CountDownLatch(1);
        var itself = new CompletableFuture<KernelTrace>();
        KernelTrace trace =
                emulation.trace(
                        line -> {
                            await(told);
                            lines.add(line);
                            itself.join().close();
                        });
        itself.complete(trace);
        scope.port().close();
        told.countDown();
        trace.close();
        assertThat(lines).hasSize(2);
    }

    @Test
    void aReaderThatIsBehindGetsEveryLine() {
        int calls = 30_000;
        var counted = new AtomicInteger();
        try (KernelTrace _ = emulation.trace(_ -> counted.incrementAndGet())) {
            for (int i = 0; i < calls; i++) {
                assertThat(zircon_h.zx_handle_close(1)).isEqualTo(ZxError.BAD_HANDLE.raw());
            }
        }
        assertThat(counted).hasValue(calls);
    }
}
