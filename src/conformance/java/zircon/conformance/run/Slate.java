package zircon.conformance.run;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Numbers that two JVMs share. What one has written is there for the other even if it dies.
final class Slate implements AutoCloseable, Progress {
    private static final VarHandle LONGS = ValueLayout.JAVA_LONG.arrayElementVarHandle();
    private static final int SIZE = 6;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;

    /// @param file made if it is not there
    Slate(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE)) {
            memory =
                    channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) SIZE * Long.BYTES, arena);
        }
    }

    @Override
    public void at(long trial, long tried, long failing, long steps) {
        write(1, tried);
        write(2, failing);
        write(3, steps);
        write(0, trial);
    }

    @Override
    public void in(int number) {
        write(5, number);
    }

    long trial() {
        return read(0);
    }

    long tried() {
        return read(1);
    }

    long failing() {
        return read(2);
    }

    long steps() {
        return read(3);
    }

    /// The step of the trial, or 0.
    int step() {
        return (int) read(5);
    }

    boolean isStopped() {
        return read(4) != 0;
    }

    void stop() {
        write(4, 1);
    }

    @Override
    public void close() {
        arena.close();
    }

    private long read(int index) {
        return (long) LONGS.getVolatile(memory, 0L, (long) index);
    }

    private void write(int index, long value) {
        LONGS.setVolatile(memory, 0L, (long) index, value);
    }
}
