package zircon.emulation.kernel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/// Who changes the kernel's objects without its lock is told so.
@Timeout(60)
class LockTest {
    private final TestKernel test = new TestKernel();
    private final JobDispatcher emptyJob = test.job(test.kernel.rootJob());
    private final PortDispatcher port = test.port();
    private final Handle portHandle = test.handle(port);
    private final ProcessDispatcher process = test.process(test.kernel.rootJob());
    private final ThreadDispatcher thread = test.thread(process);

    /// A call that wants the lock.
    record Call(String name, Change change) {
        interface Change {
            void of(LockTest test);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Call> calls() {
        return List.of(
                new Call("make a handle", t -> t.test.kernel.handles().make(t.port, 0)),
                new Call("close a handle", t -> t.test.kernel.handles().close(t.portHandle)),
                new Call("bind", t -> t.process.bindExceptionPort(false, t.port, 1)),
                new Call("unbind", t -> t.process.exceptionSlot(false).unbind()),
                new Call("kill a job", t -> t.emptyJob.kill()),
                new Call("kill a process", t -> t.process.kill()),
                new Call("kill a thread", t -> t.thread.kill()),
                new Call("start", t -> t.process.start(t.thread, t.test.sleeper())),
                new Call("exit", t -> t.thread.exit()),
                new Call("suspend a process", t -> t.process.suspend(t.test.host)),
                new Call("suspend a thread", t -> t.thread.suspend(t.test.host)),
                new Call("resume a process", t -> t.process.resume()),
                new Call("resume a thread", t -> t.thread.resume()),
                new Call("raise a policy exception", t -> t.thread.raisePolicyException()),
                new Call("answer", t -> t.thread.exceptions().answer(t.port, true)),
                new Call("sleep", t -> t.test.host.sleepUntil(0)),
                new Call("sleep in an exception", t -> t.test.host.sleepInException(t.port)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void isWanted(Call call) {
        assertThatThrownBy(() -> call.change().of(this))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("under its lock");
    }

    @Test
    void isWantedToSuspendForAProcess() {
        assertThatThrownBy(thread::suspendOnce)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("under its lock");
    }
}
