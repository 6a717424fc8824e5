package zircon.emulation.kernel;

/// A handle that a new process finds under an information word of `zircon/processargs.h`.
///
/// @param handle in no table
public record StartupHandle(int info, Handle handle) {}
