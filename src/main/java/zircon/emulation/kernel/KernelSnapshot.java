package zircon.emulation.kernel;

import java.util.List;

/// What a kernel looked like at one moment, under its lock.
///
/// @param rootJob the first job that user code can see
/// @param ports all ports that have a handle, by koid
public record KernelSnapshot(JobNode rootJob, List<PortNode> ports) {
    /// An exception port in use.
    ///
    /// @param type ZX_EXCEPTION_PORT_TYPE_*
    public record Binding(int type, long port, long key) {}

    /// A job that still exists.
    public record JobNode(
            long koid,
            String name,
            JobDispatcher.State state,
            List<Binding> bindings,
            List<JobNode> jobs,
            List<ProcessNode> processes) {}

    /// A process that is not dead.
    ///
    /// @param openHandles without those that the kernel keeps for the process
    public record ProcessNode(
            long koid,
            String name,
            boolean host,
            ProcessDispatcher.State state,
            long returnCode,
            int openHandles,
            List<Binding> bindings,
            List<ThreadNode> threads) {}

    /// A thread that was started and is not dead.
    ///
    /// @param state ZX_THREAD_STATE_*
    /// @param exceptionPortType the slot whose answer it waits for, ZX_EXCEPTION_PORT_TYPE_*
    /// @param waitsOn the koid of the object that it sleeps on, 0 if there is none
    public record ThreadNode(
            long koid,
            String name,
            boolean host,
            int state,
            int exceptionPortType,
            long waitsOn,
            List<Binding> bindings) {}

    /// A port.
    public record PortNode(long koid, int queued, int bindings) {}
}
