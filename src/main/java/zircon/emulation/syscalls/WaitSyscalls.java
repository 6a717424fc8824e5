package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_OK;
import static zircon.sys.zircon_h.ZX_RIGHT_WAIT;
import static zircon.sys.zircon_h.ZX_RIGHT_WRITE;
import static zircon.sys.zircon_h.ZX_WAIT_ASYNC_ONCE;
import static zircon.sys.zircon_h.ZX_WAIT_ASYNC_REPEATING;
import static zircon.sys.zircon_h.ZX_WAIT_MANY_MAX_ITEMS;

import org.jspecify.annotations.Nullable;

import zircon.emulation.kernel.AsyncWait;
import zircon.emulation.kernel.Handle;
import zircon.emulation.kernel.Kernel;
import zircon.emulation.kernel.PortDispatcher;
import zircon.emulation.kernel.Refusal;
import zircon.emulation.kernel.SignalWait;
import zircon.emulation.kernel.WaitItem;
import zircon.sys.zx_wait_item;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// `zx_object_wait_*`, and `zx_port_cancel`, which ends what `zx_object_wait_async` began.
public final class WaitSyscalls {
    private final Kernel kernel;

    WaitSyscalls(Kernel kernel) {
        this.kernel = kernel;
    }

    /// `zx_object_wait_one`.
    public int objectWaitOne(Caller caller, int handle, int signals, long deadline, long observed) {
        SignalWait.Result result;
        try (var _ = kernel.lock()) {
            Handle source = waitable(caller, handle);
            result = SignalWait.waitOne(caller.thread(), source, signals, deadline);
        }
        caller.storeIntIfWanted(observed, result.observed()); // W-3: before the status is looked at
        return status(result.refusal());
    }

    /// `zx_object_wait_many`.
    public int objectWaitMany(Caller caller, long items, long count, long deadline) {
        if (count == 0) {
            try (var _ = kernel.lock()) {
                caller.thread().sleepUntil(deadline); // W-6
            }
            throw Refusal.TIMED_OUT;
        }
        if (Long.compareUnsigned(count, ZX_WAIT_MANY_MAX_ITEMS()) > 0) {
            throw Refusal.OUT_OF_RANGE;
        }
        MemorySegment records = caller.room(count * zx_wait_item.sizeof());
        caller.load(items, records);
        List<WaitItem> waits = new ArrayList<>();
        Refusal refusal;
        try (var _ = kernel.lock()) {
            for (int i = 0; i < count; i++) {
                MemorySegment record = zx_wait_item.asSlice(records, i);
                Handle source = waitable(caller, zx_wait_item.handle(record));
                waits.add(new WaitItem(caller.thread(), source, zx_wait_item.waitfor(record)));
            }
            refusal = SignalWait.waitMany(caller.thread(), waits, deadline);
        }
        for (int i = 0; i < count; i++) {
            zx_wait_item.pending(zx_wait_item.asSlice(records, i), waits.get(i).observed());
        }
        caller.store(items, records);
        return status(refusal);
    }

    private static int status(@Nullable Refusal refusal) {
        if (refusal != null) {
            throw refusal;
        }
        return ZX_OK();
    }

    /// `zx_object_wait_async`.
    public int objectWaitAsync(
            Caller caller, int handle, int port, long key, int signals, int options) {
        try (var _ = kernel.lock()) {
            PortDispatcher to = port(caller, port);
            Handle source = waitable(caller, handle);
            if (options != ZX_WAIT_ASYNC_ONCE() && options != ZX_WAIT_ASYNC_REPEATING()) {
                throw Refusal.INVALID_ARGS;
            }
            AsyncWait.begin(to, source, key, signals, options == ZX_WAIT_ASYNC_REPEATING());
        }
        return ZX_OK();
    }

    /// `zx_port_cancel`.
    public int portCancel(Caller caller, int handle, int source, long key) {
        try (var _ = kernel.lock()) {
            PortDispatcher port = port(caller, handle);
            port.cancel(waitable(caller, source), key);
        }
        return ZX_OK();
    }

    private static PortDispatcher port(Caller caller, int value) {
        return caller.handles().get(value, ZX_RIGHT_WRITE(), PortDispatcher.class);
    }

    /// A handle through which its holder may wait.
    private static Handle waitable(Caller caller, int value) {
        Handle handle = caller.handles().get(value, ZX_RIGHT_WAIT());
        if (!handle.object().type().isWaitable()) {
            throw Refusal.NOT_SUPPORTED;
        }
        return handle;
    }
}
