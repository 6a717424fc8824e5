package zircon.emulation.kernel;

/// A process that the kernel started by itself.
///
/// @param thread its first
/// @param handle to the process, with default rights, in the host process's table
public record Spawned(ProcessDispatcher process, ThreadDispatcher thread, int handle) {}
