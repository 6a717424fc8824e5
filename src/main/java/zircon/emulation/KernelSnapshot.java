package zircon.emulation;

import java.util.List;

/// What the kernel looked like at one moment: its tree of jobs, processes and threads, and its
/// ports.
///
/// Names of states are those of the C constants without their prefixes: `BLOCKED_PORT` is
/// ZX_THREAD_STATE_BLOCKED_PORT. [#toString] draws the tree for a person.
///
/// @param root the hidden job above all that user code can see
/// @param ports all ports that have a handle, or a binding, by koid
/// @param handles all handles, in all processes and in unread messages
/// @param quarantinedThreads what [HostEmulation#quarantinedThreads] counts, those of this kernel
public record KernelSnapshot(
        JobNode root, List<PortNode> ports, int handles, int quarantinedThreads) {
    /// An exception port in use.
    ///
    /// @param slot THREAD, PROCESS, JOB, DEBUGGER or JOB_DEBUGGER
    /// @param port the koid of the port that is bound
    /// @param key what its packets carry
    public record Binding(String slot, long port, long key) {}

    /// A job that still exists.
    ///
    /// @param koid its number
    /// @param name as a program gave it, may be empty
    /// @param state READY, KILLING or DEAD
    /// @param bindings its exception ports in use
    /// @param jobs its child jobs, the oldest first
    /// @param processes its processes that are not dead, the oldest first
    public record JobNode(
            long koid,
            String name,
            String state,
            List<Binding> bindings,
            List<JobNode> jobs,
            List<ProcessNode> processes) {}

    /// A process that is not dead.
    ///
    /// @param koid its number
    /// @param name as a program gave it
    /// @param host whether it is the Java program itself
    /// @param state INITIAL, RUNNING or DYING
    /// @param openHandles without those that the kernel keeps for the process
    /// @param bindings its exception ports in use
    /// @param threads those that were started and are not dead, in the order of their start
    public record ProcessNode(
            long koid,
            String name,
            boolean host,
            String state,
            int openHandles,
            List<Binding> bindings,
            List<ThreadNode> threads) {}

    /// A thread that was started and is not dead.
    ///
    /// @param koid its number
    /// @param name as a program gave it
    /// @param state RUNNING, BLOCKED_PORT, SUSPENDED and so on
    /// @param asks the slot whose answer it waits for, or NONE
    /// @param waitsOn the koids of the objects that it sleeps on, in the order of its call
    /// @param bindings its exception port, if in use
    public record ThreadNode(
            long koid,
            String name,
            String state,
            String asks,
            List<Long> waitsOn,
            List<Binding> bindings) {}

    /// A port.
    ///
    /// @param koid its number
    /// @param queued packets that wait to be read
    /// @param bindings exception slots that it is bound to
    public record PortNode(long koid, int queued, int bindings) {}

    /// The tree, one line for each job, process, thread and port.
    @Override
    public String toString() {
        return new SnapshotText(this).toString();
    }
}
