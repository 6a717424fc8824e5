package zircon.emulation.syscalls;

import zircon.emulation.kernel.Kernel;

/// The run-time functions of `zircon/process.h` (I-11).
public final class RuntimeSyscalls {
    private final Kernel kernel;

    RuntimeSyscalls(Kernel kernel) {
        this.kernel = kernel;
    }

    /// `zx_process_self`.
    public int processSelf(Caller caller) {
        try (var _ = kernel.lock()) {
            return caller.process().runtimeHandles().processSelf();
        }
    }

    /// `zx_thread_self`.
    public int threadSelf(Caller caller) {
        try (var _ = kernel.lock()) {
            return caller.thread().self();
        }
    }

    /// `zx_vmar_root_self`.
    public int vmarRootSelf(Caller caller) {
        try (var _ = kernel.lock()) {
            return caller.process().runtimeHandles().rootVmar();
        }
    }

    /// `zx_job_default`.
    public int jobDefault(Caller caller) {
        try (var _ = kernel.lock()) {
            return caller.process().runtimeHandles().jobDefault();
        }
    }

    /// `zx_take_startup_handle`.
    public int takeStartupHandle(Caller caller, int info) {
        try (var _ = kernel.lock()) {
            return caller.process().runtimeHandles().take(info);
        }
    }
}
