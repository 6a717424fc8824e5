package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_CHANNEL_MAX_MSG_BYTES;
import static zircon.sys.zircon_h.ZX_CHANNEL_MAX_MSG_HANDLES;
import static zircon.sys.zircon_h.ZX_OK;
import static zircon.sys.zircon_h.ZX_RIGHT_TRANSFER;
import static zircon.sys.zircon_h.ZX_RIGHT_WRITE;

import org.jspecify.annotations.Nullable;

import zircon.emulation.kernel.ChannelDispatcher;
import zircon.emulation.kernel.ChannelMessage;
import zircon.emulation.kernel.Handle;
import zircon.emulation.kernel.Kernel;
import zircon.emulation.kernel.Refusal;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// `zx_channel_write`, which consumes the handles that it is given on every outcome (K-2).
final class ChannelWriter {
    private final Kernel kernel;

    ChannelWriter(Kernel kernel) {
        this.kernel = kernel;
    }

    int write(
            Caller caller,
            int handle,
            int options,
            long bytes,
            int numBytes,
            long handles,
            int numHandles) {
        ChannelDispatcher channel;
        byte[] payload;
        try {
            Requests.noOptions(options, Refusal.INVALID_ARGS);
            channel = find(caller, handle);
            if (Integer.compareUnsigned(numBytes, ZX_CHANNEL_MAX_MSG_BYTES()) > 0
                    || Integer.compareUnsigned(numHandles, ZX_CHANNEL_MAX_MSG_HANDLES()) > 0) {
                throw Refusal.OUT_OF_RANGE;
            }
            allocate();
            payload = caller.loadBytes(bytes, numBytes);
        } catch (Refusal refusal) {
            var _ =
                    HandleSyscalls.closeMany(
                            kernel, caller, handles, Integer.toUnsignedLong(numHandles), false);
            throw refusal;
        }
        int[] values = loadValues(caller, handles, numHandles);
        try (var _ = kernel.lock()) {
            send(caller, channel, payload, values);
        }
        return ZX_OK();
    }

    private ChannelDispatcher find(Caller caller, int handle) {
        try (var _ = kernel.lock()) {
            return caller.handles().get(handle, ZX_RIGHT_WRITE(), ChannelDispatcher.class);
        }
    }

    private void allocate() {
        try (var _ = kernel.lock()) {
            kernel.faults().allocate();
        }
    }

    private static int[] loadValues(Caller caller, long handles, int numHandles) {
        byte[] values = caller.loadBytes(handles, numHandles * Integer.BYTES);
        return MemorySegment.ofArray(values).toArray(ValueLayout.JAVA_INT_UNALIGNED);
    }

    private void send(Caller caller, ChannelDispatcher channel, byte[] payload, int[] values) {
        List<Handle> sent = new ArrayList<>(values.length);
        Refusal refusal = null;
        for (int value : values) {
            Handle handle = caller.handles().find(value);
            if (refusal == null) {
                refusal = obstacle(handle, channel); // the first bad entry decides
            }
            if (handle != null) {
                caller.table().remove(handle);
                sent.add(handle);
            }
        }
        try {
            if (refusal != null) {
                throw refusal;
            }
            channel.write(new ChannelMessage(payload, List.copyOf(sent)));
        } catch (Refusal refused) {
            sent.forEach(kernel.handles()::close);
            throw refused;
        }
    }

    /// Why this entry cannot be sent, or null.
    private static @Nullable Refusal obstacle(@Nullable Handle handle, ChannelDispatcher channel) {
        if (handle == null) {
            return Refusal.BAD_HANDLE;
        }
        if (!handle.hasRights(ZX_RIGHT_TRANSFER())) {
            return Refusal.ACCESS_DENIED;
        }
        return handle.object() == channel ? Refusal.NOT_SUPPORTED : null;
    }
}
