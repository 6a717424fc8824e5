package zircon;

/// A thread is in an exception, and waits for an answer: [ZxThread#resumeFromException(Port,
/// Resume)].
///
/// It may have been answered, killed or released by an unbind since: its koids may name nothing any
/// more.
///
/// @param key what the binding was given
/// @param status a raw `zx_status_t`
/// @param type what kind of exception
/// @param process whose thread it is
/// @param thread which thread
public record ExceptionPacket(long key, int status, ExceptionType type, Koid process, Koid thread)
        implements PortPacket {}
