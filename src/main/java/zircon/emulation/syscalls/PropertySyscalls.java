package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_MAX_NAME_LEN;
import static zircon.sys.zircon_h.ZX_OK;
import static zircon.sys.zircon_h.ZX_PROP_JOB_KILL_ON_OOM;
import static zircon.sys.zircon_h.ZX_PROP_NAME;
import static zircon.sys.zircon_h.ZX_PROP_PROCESS_DEBUG_ADDR;
import static zircon.sys.zircon_h.ZX_PROP_PROCESS_VDSO_BASE_ADDRESS;
import static zircon.sys.zircon_h.ZX_PROP_REGISTER_FS;
import static zircon.sys.zircon_h.ZX_PROP_REGISTER_GS;
import static zircon.sys.zircon_h.ZX_PROP_SOCKET_RX_THRESHOLD;
import static zircon.sys.zircon_h.ZX_PROP_SOCKET_TX_THRESHOLD;
import static zircon.sys.zircon_h.ZX_RIGHT_GET_PROPERTY;
import static zircon.sys.zircon_h.ZX_RIGHT_SET_PROPERTY;

import zircon.emulation.kernel.Dispatcher;
import zircon.emulation.kernel.JobDispatcher;
import zircon.emulation.kernel.Kernel;
import zircon.emulation.kernel.Names;
import zircon.emulation.kernel.ProcessDispatcher;
import zircon.emulation.kernel.Refusal;
import zircon.emulation.kernel.TaskDispatcher;
import zircon.emulation.kernel.ThreadDispatcher;
import zircon.emulation.kernel.VmarDispatcher;

import java.util.Arrays;
import java.util.Set;

/// `zx_object_get_property` and `zx_object_set_property`.
public final class PropertySyscalls {
    private final Kernel kernel;
    private final Set<Integer> readable =
            Set.of(
                    ZX_PROP_NAME(),
                    ZX_PROP_PROCESS_DEBUG_ADDR(),
                    ZX_PROP_PROCESS_VDSO_BASE_ADDRESS(),
                    ZX_PROP_SOCKET_RX_THRESHOLD(),
                    ZX_PROP_SOCKET_TX_THRESHOLD());
    private final Set<Integer> writable =
            Set.of(
                    ZX_PROP_NAME(),
                    ZX_PROP_PROCESS_DEBUG_ADDR(),
                    ZX_PROP_REGISTER_FS(),
                    ZX_PROP_REGISTER_GS(),
                    ZX_PROP_JOB_KILL_ON_OOM(),
                    ZX_PROP_SOCKET_RX_THRESHOLD(),
                    ZX_PROP_SOCKET_TX_THRESHOLD());

    PropertySyscalls(Kernel kernel) {
        this.kernel = kernel;
    }

    /// `zx_object_get_property`.
    public int objectGetProperty(Caller caller, int handle, int property, long value, long size) {
        requirePointer(value);
        byte[] name;
        long number = 0;
        try (var _ = kernel.lock()) {
            Dispatcher object = caller.handles().get(handle, ZX_RIGHT_GET_PROPERTY()).object();
            require(readable.contains(property), Refusal.INVALID_ARGS);
            boolean isName = property == ZX_PROP_NAME();
            requireSize(size, isName ? ZX_MAX_NAME_LEN() : Long.BYTES);
            name = isName ? nameOf(object) : new byte[0];
            if (!isName) {
                number = numberOf(object, property);
            }
        }
        if (property == ZX_PROP_NAME()) {
            caller.storeBytes(value, name);
        } else {
            caller.storeLong(value, number);
        }
        return ZX_OK();
    }

    /// I-8: 32 bytes, zero where nothing is.
    private static byte[] nameOf(Dispatcher object) {
        byte[] name =
                object instanceof TaskDispatcher task ? Names.bytes(task.name()) : new byte[0];
        return Arrays.copyOf(name, (int) ZX_MAX_NAME_LEN());
    }

    private long numberOf(Dispatcher object, int property) {
        if (property == ZX_PROP_PROCESS_DEBUG_ADDR()) {
            return as(object, ProcessDispatcher.class).debugAddress();
        }
        if (property == ZX_PROP_PROCESS_VDSO_BASE_ADDRESS()) {
            var _ = as(object, ProcessDispatcher.class);
            return kernel.machine().vdsoBase();
        }
        throw Refusal.WRONG_TYPE; // properties of sockets, which do not exist here
    }

    /// `zx_object_set_property`. The register FS belongs to the host's own run-time library here,
    /// and cannot be set: NOT_SUPPORTED, after all checks.
    public int objectSetProperty(Caller caller, int handle, int property, long value, long size) {
        requirePointer(value);
        Dispatcher object;
        try (var _ = kernel.lock()) {
            object = caller.handles().get(handle, ZX_RIGHT_SET_PROPERTY()).object();
        }
        require(writable.contains(property), Refusal.INVALID_ARGS);
        if (property == ZX_PROP_NAME()) {
            setName(caller, object, value, size);
        } else if (property == ZX_PROP_JOB_KILL_ON_OOM()) {
            setKillOnOom(caller, as(object, JobDispatcher.class), value);
        } else {
            requireSize(size, Long.BYTES);
            setNumber(caller, object, property, value);
        }
        return ZX_OK();
    }

    private void setName(Caller caller, Dispatcher object, long value, long size) {
        boolean whole = Long.compareUnsigned(size, Names.MAX_LENGTH) <= 0;
        String name = Names.of(caller.loadBytes(value, whole ? (int) size : Names.MAX_LENGTH));
        if (!(object instanceof TaskDispatcher task)) {
            throw Refusal.NOT_SUPPORTED; // I-8
        }
        try (var _ = kernel.lock()) {
            task.rename(name);
        }
    }

    private void setKillOnOom(Caller caller, JobDispatcher job, long value) {
        long wanted = caller.loadLong(value);
        require(wanted == 0 || wanted == 1, Refusal.INVALID_ARGS);
        try (var _ = kernel.lock()) {
            job.setKilledWhenMemoryIsShort(wanted == 1);
        }
    }

    private void setNumber(Caller caller, Dispatcher object, int property, long value) {
        if (property == ZX_PROP_PROCESS_DEBUG_ADDR()) {
            ProcessDispatcher process = as(object, ProcessDispatcher.class);
            long address = caller.loadLong(value);
            try (var _ = kernel.lock()) {
                process.setDebugAddress(address);
            }
        } else if (property == ZX_PROP_REGISTER_FS() || property == ZX_PROP_REGISTER_GS()) {
            ThreadDispatcher thread = as(object, ThreadDispatcher.class);
            long address = caller.loadLong(value);
            require(thread == caller.thread(), Refusal.ACCESS_DENIED);
            require(VmarDispatcher.isUserAddress(address), Refusal.INVALID_ARGS);
            require(property == ZX_PROP_REGISTER_GS(), Refusal.NOT_SUPPORTED);
            kernel.machine().setGsBase(address);
        } else {
            throw Refusal.WRONG_TYPE; // properties of sockets, which do not exist here
        }
    }

    private static void requirePointer(long address) {
        require(address != 0, Refusal.INVALID_ARGS);
    }

    private static void requireSize(long size, long least) {
        require(Long.compareUnsigned(size, least) >= 0, Refusal.BUFFER_TOO_SMALL);
    }

    private static void require(boolean condition, Refusal otherwise) {
        if (!condition) {
            throw otherwise;
        }
    }

    private static <T extends Dispatcher> T as(Dispatcher object, Class<T> type) {
        require(type.isInstance(object), Refusal.WRONG_TYPE);
        return type.cast(object);
    }
}
