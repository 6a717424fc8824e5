package zircon;

import zircon.internal.Structs;
import zircon.internal.Syscalls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// One end of a channel, which carries messages of bytes and handles to the other end.
public final class Channel extends Handle {
    Channel(int raw) {
        super(raw);
    }

    /// Both ends of a channel.
    ///
    /// @param first one end, owned
    /// @param second the other end, owned
    public record Pair(Channel first, Channel second) implements AutoCloseable {
        /// Two ends.
        public Pair {
            Objects.requireNonNull(first, "first");
            Objects.requireNonNull(second, "second");
        }

        /// Closes both ends.
        @Override
        public void close() {
            first.close();
            second.close();
        }
    }

    /// Takes over a channel's handle that was not made by this wrapper. What it names is not
    /// checked: calls on another object's handle answer `WRONG_TYPE`.
    ///
    /// @param raw the number; this object owns it from now on
    /// @return the handle
    /// @throws IllegalArgumentException if `raw` is 0
    public static Channel adopt(int raw) {
        return new Channel(checked(raw));
    }

    /// Makes a channel.
    ///
    /// Wraps `zx_channel_create`. Does not block.
    ///
    /// - `ACCESS_DENIED`: the policy of the caller's job denies new channels.
    ///
    /// @return both ends, owned
    public static Result<Pair> create() {
        return Answer.madeTwo(
                (first, second) -> Syscalls.channelCreate(0, first, second),
                Channel::new,
                Channel::new,
                Pair::new);
    }

    /// A channel's handle cannot be duplicated: none has the right.
    @Override
    public Result<Channel> duplicate(Rights rights) {
        return duplicate(rights, Channel::new);
    }

    @Override
    public Result<Channel> replace(Rights rights) {
        return replace(rights, Channel::new);
    }

    /// Sends a message to the other end.
    ///
    /// Wraps `zx_channel_write`. `handles` are **Consumed.** Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#WRITE], or one of `handles` lacks
    ///   [Rights#TRANSFER].
    /// - `BAD_HANDLE`: this handle or one of `handles` is closed, or one is listed twice.
    /// - `NOT_SUPPORTED`: this very end is among `handles`.
    /// - `OUT_OF_RANGE`: more than 65536 bytes or 64 handles.
    /// - `PEER_CLOSED`: the other end is closed.
    ///
    /// @param bytes what to say; may be empty
    /// @param handles what to give
    /// @return nothing more than success
    public Result<Unit> write(byte[] bytes, Handle... handles) {
        Objects.requireNonNull(bytes, "bytes");
        List<Handle> given = NonNull.copyOf(handles, "handles");
        try (var arena = Arena.ofConfined()) {
            MemorySegment text = bytes(arena, bytes);
            MemorySegment numbers = arena.allocate(Structs.U32, given.size());
            int channel = raw();
            boolean allOpen = channel != INVALID;
            for (int i = 0; i < given.size(); i++) {
                int number = given.get(i).release();
                numbers.setAtIndex(Structs.U32, i, number);
                allOpen &= number != INVALID;
            }
            if (!allOpen) {
                for (int i = 0; i < given.size(); i++) {
                    discard(numbers.getAtIndex(Structs.U32, i)); // as the kernel would
                }
                return ZxError.BAD_HANDLE.err();
            }
            return Answer.of(
                    Syscalls.channelWrite(channel, 0, text, bytes.length, numbers, given.size()));
        }
    }

    /// Takes the oldest message out of this end, with room for the largest there can be.
    ///
    /// Wraps `zx_channel_read_etc`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#READ].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `PEER_CLOSED`: there is no message, and the other end is closed.
    /// - `SHOULD_WAIT`: there is no message.
    ///
    /// @return the message, or why there is none
    public Read read() {
        return read(Abi.ZX_CHANNEL_MAX_MSG_BYTES, Abi.ZX_CHANNEL_MAX_MSG_HANDLES);
    }

    /// Takes the oldest message out of this end; one that is too large stays.
    ///
    /// Wraps `zx_channel_read_etc` with no options. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#READ].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `PEER_CLOSED`: there is no message, and the other end is closed.
    /// - `SHOULD_WAIT`: there is no message.
    ///
    /// @param maxBytes how many bytes there is room for
    /// @param maxHandles how many handles there is room for
    /// @return the message, how large it is, or why there is none
    /// @throws IllegalArgumentException if a number is negative
    public Read read(int maxBytes, int maxHandles) {
        return read(0, maxBytes, maxHandles);
    }

    /// Takes the oldest message out of this end; one that is too large is dropped, and its handles
    /// are closed.
    ///
    /// Wraps `zx_channel_read_etc` with `ZX_CHANNEL_READ_MAY_DISCARD`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#READ].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `PEER_CLOSED`: there is no message, and the other end is closed.
    /// - `SHOULD_WAIT`: there is no message.
    ///
    /// @param maxBytes how many bytes there is room for
    /// @param maxHandles how many handles there is room for
    /// @return the message, how large it was, or why there is none
    /// @throws IllegalArgumentException if a number is negative
    public Read readMayDiscard(int maxBytes, int maxHandles) {
        return read(Abi.ZX_CHANNEL_READ_MAY_DISCARD, maxBytes, maxHandles);
    }

    private Read read(int options, int maxBytes, int maxHandles) {
        if (maxBytes < 0 || maxHandles < 0) {
            throw new IllegalArgumentException(
                    "room for %d bytes and %d handles".formatted(maxBytes, maxHandles));
        }
        int channel = raw();
        if (channel == INVALID) {
            return new Read.Refused(ZxError.BAD_HANDLE);
        }
        try (var arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(maxBytes);
            MemorySegment handles = arena.allocate(Structs.HandleInfo.LAYOUT, maxHandles);
            MemorySegment byteCount = arena.allocate(Structs.U32);
            MemorySegment handleCount = arena.allocate(Structs.U32);
            // Of the two, this is the one that tells what the handles are.
            int status =
                    Syscalls.channelReadEtc(
                            channel,
                            options,
                            bytes,
                            handles,
                            maxBytes,
                            maxHandles,
                            byteCount,
                            handleCount);
            int actualBytes = byteCount.get(Structs.U32, 0);
            int actualHandles = handleCount.get(Structs.U32, 0);
            if (status == 0) {
                return message(bytes.asSlice(0, actualBytes), handles, actualHandles);
            }
            return switch (Answer.refusal(status)) {
                case ZxError.BUFFER_TOO_SMALL -> new Read.TooSmall(actualBytes, actualHandles);
                case Status refusal -> new Read.Refused(refusal);
            };
        }
    }

    private static Read.Message message(MemorySegment bytes, MemorySegment infos, int count) {
        var handles = new ArrayList<Handle>();
        for (int i = 0; i < count; i++) {
            MemorySegment info = Structs.HandleInfo.at(infos, i);
            ObjectType type = ObjectType.of(Structs.HandleInfo.type(info));
            handles.add(ofType(Structs.HandleInfo.handle(info), type));
        }
        return new Read.Message(bytes.toArray(ValueLayout.JAVA_BYTE), handles);
    }

    /// Clears and then sets user signals of the other end.
    ///
    /// Wraps `zx_object_signal_peer`. Does not block, does not allocate.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#SIGNAL_PEER].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `INVALID_ARGS`: a signal that is not the user's to change; nothing is changed.
    /// - `PEER_CLOSED`: the other end is closed.
    ///
    /// @param clear what to clear
    /// @param set what to set
    /// @return nothing more than success
    public Result<Unit> signalPeer(Signals clear, Signals set) {
        return objectSignalPeer(clear, set);
    }
}
