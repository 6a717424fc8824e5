package zircon.emulation.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import zircon.emulation.kernel.TestKernel;
import zircon.emulation.kernel.UserMemory;
import zircon.emulation.syscalls.Call;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What becomes of the kernel when those who watch it fail.
@Timeout(60)
class WatchTest {
    /// No memory that a program can bring about.
    private static final class Broken implements UserMemory {
        @Override
        public void copyIn(long address, MemorySegment destination, long size) {
            throw new IllegalStateException("on purpose");
        }

        @Override
        public void copyOut(long address, MemorySegment source, long size) {
            throw new AssertionError("a trace writes nothing");
        }
    }

    private final TestKernel test = new TestKernel();
    private final Watch watch = new Watch(new Broken());

    private void call(Call call) {
        watch.called().returned(test.host, call, new long[8], 0);
    }

    @Test
    void aLineThatCannotBeMadeIsLeftOut() {
        List<String> lines = new CopyOnWriteArrayList<>();
        try (Trace _ = watch.trace(lines::add)) {
            call(Call.PORT_CREATE);
            call(Call.HANDLE_CLOSE);
        }
        assertThat(lines).hasSize(1).first().asString().contains("zx_handle_close(");
    }

    @Test
    void nobodyIsLeftToWatchWhenTheReaderHasFailed() {
        try (Trace _ =
                watch.trace(
                        _ -> {
                            throw new IllegalStateException("on purpose");
                        })) {
            call(Call.HANDLE_CLOSE);
            while (watch.watchesSyscalls()) {
                Thread.onSpinWait(); // until its thread knows
            }
        }
        assertThat(watch.watchesSyscalls()).isFalse();
    }
}
