package zircon.emulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;

/// What those who watch a kernel hear of its exceptions.
@Timeout(60)
class ExceptionListenerTest {
    private final TestKernel test = new TestKernel();
    private final JobDispatcher job = test.job(test.kernel.rootJob());
    private final PortDispatcher port = test.port();
    private final List<String> heard = new ArrayList<>();

    @BeforeEach
    void listen() {
        test.kernel.listen(
                new ExceptionListener() {
                    @Override
                    public void asked(ThreadDispatcher thread, int type, ExceptionPort via) {
                        heard.add("asked %x %s".formatted(type, name(via)));
                    }

                    @Override
                    public void left(
                            ThreadDispatcher thread, int type, ExceptionPort via, Outcome outcome) {
                        heard.add("left %x %s %s".formatted(type, name(via), outcome));
                    }

                    @Override
                    public void unhandled(ThreadDispatcher thread, int type) {
                        heard.add("unhandled %x".formatted(type));
                    }
                });
    }

    private static String name(ExceptionPort via) {
        return via.slot().task().name();
    }

    /// A thread that waits for an answer through its process.
    private Spawned waiting() {
        test.machine.hold();
        Spawned spawned = test.spawn(job, test.faulter());
        test.bind(spawned.process(), false, port, 1);
        test.machine.release();
        test.quiesce();
        return spawned;
    }

    private List<String> heard() {
        test.quiesce();
        return test.locked(() -> List.copyOf(heard));
    }

    @Test
    @DisplayName("of each exchange and of its end")
    void exchanges() {
        test.bind(job, false, port, 2);
        Spawned spawned = waiting();
        assertThat(test.answer(spawned.thread(), port, false)).isZero();
        test.quiesce();
        assertThat(test.answer(spawned.thread(), port, true)).isZero();
        assertThat(heard())
                .containsExactly(
                        "asked 108 process",
                        "left 108 process TRY_NEXT",
                        "asked 108 job",
                        "left 108 job HANDLED");
    }

    @Test
    @DisplayName("of an unbind, and of what nobody handles")
    void unbound() {
        Spawned spawned = waiting();
        test.unbind(spawned.process(), false);
        assertThat(heard())
                .containsExactly("asked 108 process", "left 108 process UNBOUND", "unhandled 108");
    }

    @Test
    @DisplayName("of a kill")
    void killed() {
        Spawned spawned = waiting();
        test.locked(spawned.thread()::kill);
        assertThat(heard()).containsExactly("asked 108 process", "left 108 process KILLED");
    }

    @Test
    @DisplayName("of a packet for which there is no room")
    void undeliverable() {
        test.locked(() -> test.kernel.faults().fillPorts(1));
        var _ = waiting();
        assertThat(heard())
                .containsExactly(
                        "asked 108 process", "left 108 process UNDELIVERABLE", "unhandled 108");
    }
}
