package zircon.emulation.host;

import zircon.emulation.kernel.GuestCode;
import zircon.sys.host.zx_host_h;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;

/// A native program in memory: its own copy of the shared object, and its arguments.
public final class LoadedProgram {
    private static final long ERROR_SIZE = 1024;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment program;

    private LoadedProgram(MemorySegment program) {
        this.program = program;
    }

    /// Loads a copy of the shared object; nothing of it runs yet.
    ///
    /// @throws IllegalArgumentException it cannot be loaded; the message says why
    public static LoadedProgram load(Path file) {
        if (file.toString().isEmpty()) {
            throw new IllegalArgumentException("the program's name is empty");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = arena.allocate(ERROR_SIZE);
            MemorySegment program =
                    zx_host_h.zx_host_load(arena.allocateFrom(file.toString()), error, ERROR_SIZE);
            if (program.equals(MemorySegment.NULL)) {
                throw new IllegalArgumentException(reason(file, error.getString(0)));
            }
            return new LoadedProgram(program);
        }
    }

    /// The loader's words for an executable do not say what to do about it.
    private static String reason(Path file, String error) {
        return error.contains("position-independent executable")
                ? file + ": an executable, not a shared object; make it by cc -shared -fPIC"
                : error;
    }

    /// The address of an exported symbol, 0 if there is none.
    public long symbol(String name) {
        try (Arena arena = Arena.ofConfined()) {
            return zx_host_h.zx_host_symbol(program, arena.allocateFrom(name));
        }
    }

    /// The program's `main`, with these arguments, as the code of a process's first thread. For one
    /// process only.
    ///
    /// @param arguments with the program's own name as the first
    public GuestCode main(List<String> arguments) {
        MemorySegment argv = arena.allocate(ValueLayout.ADDRESS, arguments.size() + 1L);
        for (int i = 0; i < arguments.size(); i++) {
            argv.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(arguments.get(i)));
        }
        return new NativeCode(() -> zx_host_h.zx_host_run_program(program, arguments.size(), argv));
    }

    /// Takes the program out of memory. No process that uses it may be left.
    public void unload() {
        zx_host_h.zx_host_unload(program);
        arena.close();
    }
}
