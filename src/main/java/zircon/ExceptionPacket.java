package zircon;

import java.util.Objects;

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
        implements PortPacket {
    /// A packet about a thread.
    public ExceptionPacket {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(process, "process");
        Objects.requireNonNull(thread, "thread");
    }

    /// The packet for a person.
    ///
    /// @return for example `ExceptionPacket[key=42, type=SW_BREAKPOINT, process=1030,
    ///   thread=1032]`; a status that is not 0, which no kernel sends, is shown, too
    @Override
    public String toString() {
        return "ExceptionPacket[%s, type=%s, process=%s, thread=%s]"
                .formatted(PacketText.head(this), type, process, thread);
    }
}
