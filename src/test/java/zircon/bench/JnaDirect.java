package zircon.bench;

import com.sun.jna.Native;

/// Binding by JNA's direct mapping.
final class JnaDirect {
    static {
        Libraries.load();
        Native.register("zircon");
    }

    private JnaDirect() {}

    static native int zx_task_bind_exception_port(int task, int port, long key, int options);
}
