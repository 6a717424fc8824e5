package zircon.emulation.kernel;

import java.util.List;

/// A message: whole, and the owner of its handles until it is read.
///
/// @param bytes never changed
@SuppressWarnings(
        "ArrayRecordComponent") // never compared; copying 64 KiB per access would be absurd
public record ChannelMessage(byte[] bytes, List<Handle> handles) {}
