package zircon.emulation.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// For how long a thread of this JVM has had a processor, as Linux tells.
final class RunningTime {
    // Of /proc/self/task/TID/stat, counted from what follows the name: utime and stime, in ticks.
    private static final int USER = 11;
    private static final int SYSTEM = 12;

    /// Linux shows times to programs in hundredths of a second.
    private static final Duration TICK = Duration.ofMillis(10);

    private final Path stat;
    private long begin = -1;

    private RunningTime(Path stat) {
        this.stat = stat;
    }

    static RunningTime ofThisThread() {
        try {
            Path thread = Files.readSymbolicLink(Path.of("/proc/thread-self"));
            return new RunningTime(Path.of("/proc").resolve(thread).resolve("stat"));
        } catch (IOException e) {
            throw new UncheckedIOException("/proc does not tell which thread this is", e);
        }
    }

    /// Whether the thread has run that long since this was asked first. False when it is gone.
    boolean hasPassed(Duration time) {
        long now;
        try {
            now = ticks();
        } catch (IOException _) {
            return false;
        }
        if (begin < 0) {
            begin = now;
        }
        return TICK.multipliedBy(now - begin).compareTo(time) > 0;
    }

    private long ticks() throws IOException {
        String line = Files.readString(stat);
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
    }
}
