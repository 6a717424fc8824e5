package zircon.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import zircon.emulation.kernel.EventDispatcher;
import zircon.emulation.kernel.Handle;
import zircon.emulation.kernel.ProcessDispatcher;
import zircon.emulation.kernel.Spawned;
import zircon.emulation.kernel.TestKernel;

import java.util.List;
import java.util.Optional;

/// Which code a handle came from. Not in the kernel's package, whose frames are left out.
@Timeout(60)
class HandleOriginsTest {
    private final TestKernel test = new TestKernel();
    private final EventDispatcher event = test.locked(() -> new EventDispatcher(test.kernel));

    private void record(boolean on) {
        test.locked(() -> test.kernel.handles().origins().record(on));
    }

    private OpenHandle newest() {
        return test.kernel.openHandles().getLast();
    }

    private List<String> methods() {
        return newest().origin().orElseThrow().frames().stream()
                .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                .toList();
    }

    private static String here(String method) {
        return HandleOriginsTest.class.getName() + "." + method;
    }

    @Test
    void handlesAreListedWithWhatTheyNameButNotThoseOfTheRunTimeLibrary() {
        Handle handle = test.handle(event);
        var _ = test.locked(() -> test.kernel.hostProcess().runtimeHandles().processSelf());
        assertThat(newest())
                .isEqualTo(
                        new OpenHandle(
                                test.kernel.hostProcess().koid(),
                                true,
                                test.kernel.hostProcess().handles().valueOf(handle),
                                event.type().number(),
                                event.koid(),
                                event.type().defaultRights(),
                                Optional.empty()));
    }

    @Test
    void theOriginIsTheCodeThatCalledTheKernelAlsoThroughTheJdk() {
        record(true);
        var _ = Optional.of(event).map(test::handle);
        assertThat(methods())
                .startsWith(here("theOriginIsTheCodeThatCalledTheKernelAlsoThroughTheJdk"));
        assertThat(methods()).anyMatch(method -> method.startsWith("java."));
        assertThat(newest().origin().orElseThrow().thread())
                .isEqualTo(Thread.currentThread().getName());
        record(false);
        var _ = test.handle(event);
        assertThat(newest().origin()).isEmpty();
    }

    @Test
    void aGuestsFramesEndWhereTheKernelRunsIt() {
        record(true);
        Spawned spawned = test.spawn(_ -> makeHandle(0));
        test.quiesce();
        assertThat(spawned.process().state()).isEqualTo(ProcessDispatcher.State.DEAD);
        assertThat(methods()).hasSize(2).first().isEqualTo(here("makeHandle"));
    }

    @Test
    void aDeepStackIsCut() {
        record(true);
        makeHandle(100);
        assertThat(methods()).hasSize(64).containsOnly(here("makeHandle"));
    }

    private void makeHandle(int below) {
        if (below > 0) {
            makeHandle(below - 1);
        } else {
            var _ = test.handle(event);
        }
    }
}
