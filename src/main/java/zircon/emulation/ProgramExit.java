package zircon.emulation;

import java.util.Optional;

/// How a native program ended.
///
/// @param returnCode what `main` returned or `zx_process_exit` was given; -1 for a process that was
///   killed
/// @param fault the exception of which it died, because no handler took it
public record ProgramExit(long returnCode, Optional<UnhandledFault> fault) {}
