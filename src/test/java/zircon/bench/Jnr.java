package zircon.bench;

import jnr.ffi.LibraryLoader;

/// Binding by JNR-FFI, whose classes must see the interface.
public interface Jnr {
    /// The library.
    static Jnr load() {
        Libraries.load();
        return LibraryLoader.create(Jnr.class).load("zircon");
    }

    /// The call.
    int zx_task_bind_exception_port(int task, int port, long key, int options);
}
