package zircon;

import java.util.Objects;

/// An asynchronous wait for signals was satisfied.
///
/// @param key what the wait was given
/// @param status a raw `zx_status_t`
/// @param repeating whether the wait goes on
/// @param trigger what was waited for
/// @param observed all signals that were active
/// @param count how often; on a channel's end, how many messages there were
public record SignalPacket(
        long key, int status, boolean repeating, Signals trigger, Signals observed, long count)
        implements PortPacket {
    /// A packet about signals.
    public SignalPacket {
        Objects.requireNonNull(trigger, "trigger");
        Objects.requireNonNull(observed, "observed");
    }

    /// The packet for a person.
    ///
    /// @return for example `SignalPacket[key=7, once, trigger=Signals[0x8], observed=Signals[0x8],
    ///   count=1]`
    @Override
    public String toString() {
        return "SignalPacket[%s, %s, trigger=%s, observed=%s, count=%s]"
                .formatted(
                        PacketText.head(this),
                        repeating ? "repeating" : "once",
                        trigger,
                        observed,
                        Long.toUnsignedString(count));
    }
}
