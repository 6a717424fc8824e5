package zircon;

import java.util.Objects;

/// A new process and its address space.
///
/// @param process the process, owned
/// @param vmar its root address region, owned
public record ProcessAndVmar(ZxProcess process, Vmar vmar) implements AutoCloseable {
    /// Two handles of one process.
    public ProcessAndVmar {
        Objects.requireNonNull(process, "process");
        Objects.requireNonNull(vmar, "vmar");
    }

    /// Closes both handles. A process that was never started ends with its last handle.
    @Override
    public void close() {
        vmar.close();
        process.close();
    }
}
