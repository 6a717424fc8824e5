package zircon.bench;

import com.sun.jna.Library;
import com.sun.jna.Native;

/// Binding by JNA's interface mapping.
interface JnaInterface extends Library {
    static JnaInterface load() {
        Libraries.load();
        return Native.load("zircon", JnaInterface.class);
    }

    int zx_task_bind_exception_port(int task, int port, long key, int options);
}
