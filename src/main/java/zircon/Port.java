package zircon;

import zircon.internal.Structs;
import zircon.internal.Syscalls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/// A queue of packets: what users send, and what the kernel has to say about signals and
/// exceptions.
///
/// When the last handle of a port is closed, it is unbound from every exception port.
public final class Port extends Handle {
    Port(int raw) {
        super(raw);
    }

    /// Takes over a port's handle that was not made by this wrapper. What it names is not checked:
    /// calls on another object's handle answer `WRONG_TYPE`.
    ///
    /// @param raw the number; this object owns it from now on
    /// @return the handle
    /// @throws IllegalArgumentException if `raw` is 0
    public static Port adopt(int raw) {
        return new Port(checked(raw));
    }

    /// Makes a port.
    ///
    /// Wraps `zx_port_create` with no options. Does not block.
    ///
    /// - `ACCESS_DENIED`: the policy of the caller's job denies new ports.
    ///
    /// @return the port, owned
    public static Result<Port> create() {
        return create(0);
    }

    /// Makes a port that interrupts may be bound to; the emulation has no interrupts.
    ///
    /// Wraps `zx_port_create` with `ZX_PORT_BIND_TO_INTERRUPT`. Does not block.
    ///
    /// - `ACCESS_DENIED`: the policy of the caller's job denies new ports (rule P-16).
    ///
    /// @return the port, owned
    public static Result<Port> createForInterrupts() {
        return create(Abi.ZX_PORT_BIND_TO_INTERRUPT);
    }

    private static Result<Port> create(int options) {
        return Answer.made(out -> Syscalls.portCreate(options, out), Port::new);
    }

    @Override
    public Result<Port> duplicate(Rights rights) {
        return duplicate(rights, Port::new);
    }

    @Override
    public Result<Port> replace(Rights rights) {
        return replace(rights, Port::new);
    }

    /// Queues a packet.
    ///
    /// Wraps `zx_port_queue`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#WRITE].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `NO_MEMORY`: too many packets are queued in the whole system.
    /// - `SHOULD_WAIT`: this port is full.
    ///
    /// @param packet what to queue; comes back as it is
    /// @return nothing more than success
    public Result<Unit> queue(UserPacket packet) {
        Objects.requireNonNull(packet, "packet");
        int port = raw();
        if (port == INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        try (var arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocate(Structs.PortPacket.LAYOUT);
            packet.into(copy);
            return Answer.of(Syscalls.portQueue(port, copy));
        }
    }

    /// Takes the oldest packet out of this port.
    ///
    /// Wraps `zx_port_wait`. **Blocks** until there is one or `deadline` has passed; it pins a
    /// virtual thread's carrier. Closing the port does not end the wait.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#READ].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `TIMED_OUT`: there is no packet, and the deadline has passed.
    ///
    /// @param deadline until when; one that is past just looks
    /// @return the packet
    public Result<PortPacket> waitFor(Deadline deadline) {
        try (var buffer = new PacketBuffer()) {
            return waitFor(deadline, buffer).map(_ -> buffer.packet());
        }
    }

    /// Takes the oldest packet out of this port, into a buffer that is used again and again.
    ///
    /// Wraps `zx_port_wait`. **Blocks** until there is one or `deadline` has passed; it pins a
    /// virtual thread's carrier. Closing the port does not end the wait. Does not allocate.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#READ].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `TIMED_OUT`: there is no packet, and the deadline has passed.
    ///
    /// @param deadline until when; one that is past just looks
    /// @param buffer where the packet goes; made by the calling thread
    /// @return nothing more than success
    /// @throws WrongThreadException if another thread made the buffer
    /// @throws IllegalStateException if the buffer is closed
    public Result<Unit> waitFor(Deadline deadline, PacketBuffer buffer) {
        Objects.requireNonNull(deadline, "deadline");
        Objects.requireNonNull(buffer, "buffer");
        MemorySegment packet = buffer.segment();
        int port = raw();
        if (port == INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        return Answer.of(Syscalls.portWait(port, deadline.nanos(), packet));
    }

    /// Ends the asynchronous waits that `source` began with this port and this key, and takes their
    /// packets out.
    ///
    /// Wraps `zx_port_cancel`. `source` is borrowed. Does not block, does not allocate. It is the
    /// handle that counts: waits through another handle to the same object go on (rule P-12).
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#WRITE], or `source` lacks [Rights#WAIT].
    /// - `BAD_HANDLE`: this handle or `source` is closed; no syscall was made.
    /// - `NOT_FOUND`: there is neither such a wait nor a packet of one.
    /// - `NOT_SUPPORTED`: the source has no signals.
    ///
    /// @param source what [Handle#waitAsync(Port, long, Signals, WaitMode)] was called on
    /// @param key what it was given; any 64 bits, unsigned
    /// @return nothing more than success
    public Result<Unit> cancel(Handle source, long key) {
        Objects.requireNonNull(source, "source");
        int from = source.raw();
        int port = raw();
        if (port == INVALID || from == INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        return Answer.of(Syscalls.portCancel(port, from, key));
    }
}
