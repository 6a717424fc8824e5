package zircon.conformance.run;

import org.jspecify.annotations.Nullable;

import zircon.conformance.Trial;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What a watchdog needs to know of the thread that runs trials.
final class Watch {
    /// A trial under way.
    ///
    /// @param number which one
    /// @param trial itself; null while it is being made
    /// @param isOfRun whether it is one of the run's trials, not one of those that look into a
    ///   failure
    /// @param since the [System#nanoTime()] of its beginning
    record Running(long number, @Nullable Trial trial, boolean isOfRun, long since) {
        boolean isLongerThan(long millis) {
            return System.nanoTime() - since > TimeUnit.MILLISECONDS.toNanos(millis);
        }
    }

    private volatile @Nullable Running running;

    void begin(long number, @Nullable Trial trial, boolean isOfRun) {
        running = new Running(number, trial, isOfRun, System.nanoTime());
    }

    void end() {
        running = null;
    }

    @Nullable Running running() {
        return running;
    }

    /// What all threads do.
    static String stacks() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Thread, StackTraceElement[]> entry : Thread.getAllStackTraces().entrySet()) {
            Thread thread = entry.getKey();
            text.append('"').append(thread.getName()).append("\" ").append(thread.getState());
            for (StackTraceElement frame : entry.getValue()) {
                text.append("\n    at ").append(frame);
            }
            text.append("\n\n");
        }
        return text.toString();
    }
}
