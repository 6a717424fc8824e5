package zircon.emulation;

import zircon.emulation.host.LoadedProgram;

import java.util.Objects;

/// Native code in memory, whose functions threads can be started with: see `zx_process_start` and
/// `zx_thread_start`.
///
/// Closing it takes the code out of memory; no thread may then be in it.
public final class NativeProgram implements AutoCloseable {
    private final LoadedProgram program;
    private boolean closed;

    NativeProgram(LoadedProgram program) {
        this.program = program;
    }

    /// The address of a function or variable that the shared object exports.
    ///
    /// @param symbol its name in C
    /// @return where it is
    /// @throws IllegalArgumentException there is none of this name
    public synchronized long address(String symbol) {
        Objects.requireNonNull(symbol, "symbol");
        if (closed) {
            throw new IllegalStateException("the program is closed");
        }
        long address = program.symbol(symbol);
        if (address == 0) {
            throw new IllegalArgumentException("the program exports no symbol named " + symbol);
        }
        return address;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            program.unload();
        }
    }
}
