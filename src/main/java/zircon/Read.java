package zircon;

import java.util.List;
import java.util.Objects;

/// How a read from a channel ended.
public sealed interface Read {
    /// There was a message.
    final class Message implements Read, AutoCloseable {
        private final byte[] bytes;
        private final List<Handle> handles;

        Message(byte[] bytes, List<Handle> handles) {
            this.bytes = bytes;
            this.handles = List.copyOf(handles);
        }

        /// What was said.
        ///
        /// @return a copy
        public byte[] bytes() {
            return bytes.clone();
        }

        /// What was given. Each handle is of the class of its object; [OtherHandle] if there is
        /// none.
        ///
        /// @return the handles, owned, in the order of the message
        public List<Handle> handles() {
            return handles;
        }

        /// Closes all handles of the message.
        @Override
        public void close() {
            handles.forEach(Handle::close);
        }

        /// The message for a person.
        ///
        /// @return its size and its handles
        @Override
        public String toString() {
            return "Message[%d bytes, handles=%s]".formatted(bytes.length, handles);
        }
    }

    /// There is a message, but not enough room for it.
    ///
    /// @param bytes how many bytes it has
    /// @param handles how many handles it has
    record TooSmall(int bytes, int handles) implements Read {}

    /// Nothing was read.
    ///
    /// @param status why not
    record Refused(Status status) implements Read {
        /// Nothing was read.
        public Refused {
            Objects.requireNonNull(status, "status");
        }
    }

    /// The message, for callers that count on one.
    ///
    /// @return the message
    /// @throws ZxException with `BUFFER_TOO_SMALL` or the status of [Refused]
    default Message orElseThrow() {
        return switch (this) {
            case Message message -> message;
            case TooSmall _ -> throw new ZxException(ZxError.BUFFER_TOO_SMALL);
            case Refused(var status) -> throw new ZxException(status);
        };
    }
}
