package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_CHANNEL_READ_MAY_DISCARD;
import static zircon.sys.zircon_h.ZX_OK;
import static zircon.sys.zircon_h.ZX_POL_NEW_CHANNEL;
import static zircon.sys.zircon_h.ZX_RIGHT_READ;

import zircon.emulation.kernel.ChannelDispatcher;
import zircon.emulation.kernel.ChannelMessage;
import zircon.emulation.kernel.Handle;
import zircon.emulation.kernel.Kernel;
import zircon.emulation.kernel.ObjectType;
import zircon.emulation.kernel.Refusal;
import zircon.sys.zx_handle_info;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// `zx_channel_*`: making and reading.
public final class ChannelSyscalls {
    private final Kernel kernel;
    private final ChannelWriter writer;

    ChannelSyscalls(Kernel kernel) {
        this.kernel = kernel;
        this.writer = new ChannelWriter(kernel);
    }

    /// `zx_channel_create`.
    public int channelCreate(Caller caller, int options, long out0, long out1) {
        Requests.noOptions(options, Refusal.INVALID_ARGS);
        caller.requireAllowed(ZX_POL_NEW_CHANNEL()); // J-10
        HandlePair handles;
        try (var _ = kernel.lock()) {
            ChannelDispatcher.Pair pair = ChannelDispatcher.create(kernel);
            handles =
                    HandlePair.make(
                            caller,
                            pair.first(),
                            pair.second(),
                            ObjectType.CHANNEL.defaultRights());
        }
        caller.storeHandles(out0, handles.first(), out1, handles.second());
        return ZX_OK();
    }

    /// `zx_channel_write`.
    public int channelWrite(
            Caller caller,
            int handle,
            int options,
            long bytes,
            int numBytes,
            long handles,
            int numHandles) {
        return writer.write(caller, handle, options, bytes, numBytes, handles, numHandles);
    }

    /// `zx_channel_read`.
    public int channelRead(
            Caller caller,
            int handle,
            int options,
            long bytes,
            long handles,
            int numBytes,
            int numHandles,
            long actualBytes,
            long actualHandles) {
        ChannelMessage message =
                read(caller, handle, options, numBytes, numHandles, actualBytes, actualHandles);
        deliver(caller, message, bytes, handles, ValueLayout.JAVA_INT.byteSize());
        return ZX_OK();
    }

    /// `zx_channel_read_etc`.
    public int channelReadEtc(
            Caller caller,
            int handle,
            int options,
            long bytes,
            long handles,
            int numBytes,
            int numHandles,
            long actualBytes,
            long actualHandles) {
        ChannelMessage message =
                read(caller, handle, options, numBytes, numHandles, actualBytes, actualHandles);
        deliver(caller, message, bytes, handles, zx_handle_info.layout().byteSize());
        return ZX_OK();
    }

    /// Takes a message that fits, and stores its counts. Its handles are in the caller's table
    /// then.
    private ChannelMessage read(
            Caller caller,
            int handle,
            int options,
            int numBytes,
            int numHandles,
            long actualBytes,
            long actualHandles) {
        ChannelMessage message;
        boolean fits;
        try (var _ = kernel.lock()) {
            ChannelDispatcher channel =
                    caller.handles().get(handle, ZX_RIGHT_READ(), ChannelDispatcher.class);
            if ((options & ~ZX_CHANNEL_READ_MAY_DISCARD()) != 0) {
                throw Refusal.NOT_SUPPORTED;
            }
            message = channel.peek(); // K-1
            fits =
                    Integer.compareUnsigned(message.bytes().length, numBytes) <= 0
                            && Integer.compareUnsigned(message.handles().size(), numHandles) <= 0;
            if (fits) {
                channel.take().handles().forEach(caller::own);
            } else if (options == ZX_CHANNEL_READ_MAY_DISCARD()) {
                channel.take().handles().forEach(kernel.handles()::close); // K-3, K-4
            }
        }
        try {
            caller.storeIntIfWanted(actualBytes, message.bytes().length);
            caller.storeIntIfWanted(actualHandles, message.handles().size());
        } catch (Refusal refusal) {
            if (fits) {
                lose(caller, message);
            }
            throw refusal;
        }
        if (!fits) {
            throw Refusal.BUFFER_TOO_SMALL; // K-3
        }
        return message;
    }

    private void deliver(
            Caller caller, ChannelMessage message, long bytes, long handles, long entrySize) {
        try (Arena arena = Arena.ofConfined()) {
            caller.storeBytes(bytes, message.bytes());
            List<Handle> list = message.handles();
            if (!list.isEmpty()) {
                MemorySegment entries = arena.allocate(entrySize * list.size(), Long.BYTES);
                for (int i = 0; i < list.size(); i++) {
                    fill(caller, entries.asSlice(i * entrySize, entrySize), list.get(i));
                }
                caller.store(handles, entries);
            }
        } catch (Refusal refusal) {
            lose(caller, message);
            throw refusal;
        }
    }

    private static void fill(Caller caller, MemorySegment entry, Handle handle) {
        int value = caller.table().valueOf(handle);
        if (entry.byteSize() == Integer.BYTES) {
            entry.set(ValueLayout.JAVA_INT, 0, value);
            return;
        }
        zx_handle_info.handle(entry, value);
        zx_handle_info.type(entry, handle.object().type().number());
        zx_handle_info.rights(entry, handle.rights());
    }

    /// The caller could not be told of the message: it is lost, and its handles are closed.
    private static void lose(Caller caller, ChannelMessage message) {
        message.handles().forEach(caller::disown);
    }
}
