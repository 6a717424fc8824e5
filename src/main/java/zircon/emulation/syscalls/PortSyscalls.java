package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_OK;
import static zircon.sys.zircon_h.ZX_PKT_TYPE_SIGNAL_ONE;
import static zircon.sys.zircon_h.ZX_PKT_TYPE_SIGNAL_REP;
import static zircon.sys.zircon_h.ZX_PKT_TYPE_USER;
import static zircon.sys.zircon_h.ZX_POL_NEW_PORT;
import static zircon.sys.zircon_h.ZX_PORT_BIND_TO_INTERRUPT;
import static zircon.sys.zircon_h.ZX_RIGHT_READ;
import static zircon.sys.zircon_h.ZX_RIGHT_WRITE;

import zircon.emulation.kernel.Handle;
import zircon.emulation.kernel.Kernel;
import zircon.emulation.kernel.ObjectType;
import zircon.emulation.kernel.PortDispatcher;
import zircon.emulation.kernel.PortPacket;
import zircon.emulation.kernel.Refusal;
import zircon.sys.zx_packet_exception;
import zircon.sys.zx_packet_signal;
import zircon.sys.zx_packet_user;
import zircon.sys.zx_port_packet;

import java.lang.foreign.MemorySegment;

/// `zx_port_*`: making, queuing and reading.
public final class PortSyscalls {
    private final Kernel kernel;

    PortSyscalls(Kernel kernel) {
        this.kernel = kernel;
    }

    /// `zx_port_create`.
    public int portCreate(Caller caller, int options, long out) {
        caller.requireAllowed(ZX_POL_NEW_PORT()); // J-10, P-16
        if (options != 0 && options != ZX_PORT_BIND_TO_INTERRUPT()) {
            throw Refusal.INVALID_ARGS;
        }
        Handle port;
        try (var _ = kernel.lock()) {
            PortDispatcher object = new PortDispatcher(kernel);
            port = caller.own(kernel.handles().make(object, ObjectType.PORT.defaultRights()));
        }
        caller.storeHandle(out, port);
        return ZX_OK();
    }

    /// `zx_port_queue`.
    public int portQueue(Caller caller, int handle, long packet) {
        PortDispatcher port;
        try (var _ = kernel.lock()) {
            port = caller.handles().get(handle, ZX_RIGHT_WRITE(), PortDispatcher.class);
        }
        MemorySegment record = caller.load(packet, zx_port_packet.layout());
        MemorySegment user = zx_port_packet.user(record);
        PortPacket copy =
                new PortPacket.UserPacket( // P-4
                        zx_port_packet.key(record),
                        zx_port_packet.status(record),
                        zx_packet_user.u64(user, 0),
                        zx_packet_user.u64(user, 1),
                        zx_packet_user.u64(user, 2),
                        zx_packet_user.u64(user, 3));
        try (var _ = kernel.lock()) {
            port.queue(copy);
        }
        return ZX_OK();
    }

    /// `zx_port_wait`.
    public int portWait(Caller caller, int handle, long deadline, long packet) {
        PortPacket read;
        try (var _ = kernel.lock()) {
            PortDispatcher port =
                    caller.handles().get(handle, ZX_RIGHT_READ(), PortDispatcher.class);
            read = port.read(caller.thread(), deadline);
        }
        caller.store(packet, fill(read, caller.room(zx_port_packet.layout()))); // P-2
        return ZX_OK();
    }

    /// P-5.
    private static MemorySegment fill(PortPacket packet, MemorySegment record) {
        zx_port_packet.key(record, packet.key());
        switch (packet) {
            case PortPacket.UserPacket user -> {
                zx_port_packet.type(record, ZX_PKT_TYPE_USER());
                zx_port_packet.status(record, user.status());
                MemorySegment payload = zx_port_packet.user(record);
                zx_packet_user.u64(payload, 0, user.word0());
                zx_packet_user.u64(payload, 1, user.word1());
                zx_packet_user.u64(payload, 2, user.word2());
                zx_packet_user.u64(payload, 3, user.word3());
            }
            case PortPacket.SignalPacket signals -> {
                zx_port_packet.type(
                        record,
                        signals.repeating() ? ZX_PKT_TYPE_SIGNAL_REP() : ZX_PKT_TYPE_SIGNAL_ONE());
                zx_port_packet.status(record, ZX_OK());
                MemorySegment payload = zx_port_packet.signal(record);
                zx_packet_signal.trigger(payload, signals.trigger());
                zx_packet_signal.observed(payload, signals.observed());
                zx_packet_signal.count(payload, signals.count());
            }
            case PortPacket.ExceptionPacket exception -> {
                zx_port_packet.type(record, exception.type());
                zx_port_packet.status(record, ZX_OK());
                MemorySegment payload = zx_port_packet.exception(record);
                zx_packet_exception.pid(payload, exception.process());
                zx_packet_exception.tid(payload, exception.thread());
            }
        }
        return record;
    }
}
