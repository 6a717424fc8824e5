package zircon.emulation;

import java.util.List;

/// Where a handle came into its process: the thread and the Java code that made the syscall.
///
/// @param thread the name of the Java thread; of a guest, it has the names of its process and its
///   thread
/// @param frames from the wrapper's method down to the thread's first, without those of the
///   emulation and of the bindings; empty for native code
public record HandleOrigin(String thread, List<StackTraceElement> frames) {}
