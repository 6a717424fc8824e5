package zircon;

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
        implements PortPacket {}
