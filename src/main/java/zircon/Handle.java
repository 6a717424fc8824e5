package zircon;

import zircon.internal.InfoStructs;
import zircon.internal.Structs;
import zircon.internal.Syscalls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.IntFunction;

/// This process' number for a kernel object, with a set of rights. Whoever owns it closes it.
///
/// A call on a closed handle makes no syscall and answers `BAD_HANDLE`. Closing is safe against
/// closing. Closing on one thread while another *uses* the handle is the caller's bug, as in
/// Zircon: the kernel may see the number after it was closed, and answers `BAD_HANDLE`.
///
/// The garbage collector closes nothing: the end of a port's last handle unbinds it, and that is
/// not the collector's to decide.
public abstract sealed class Handle implements AutoCloseable
        permits Channel, Event, EventPair, OtherHandle, Port, SuspendToken, Task, Vmar {
    static final int INVALID = 0;

    // Not an AtomicInteger: each call reads the number, and would first read where it is.
    private static final AtomicIntegerFieldUpdater<Handle> RAW =
            AtomicIntegerFieldUpdater.newUpdater(Handle.class, "raw");

    private volatile int raw;

    Handle(int raw) {
        this.raw = raw;
    }

    /// For `adopt`: a number that must name something.
    static int checked(int raw) {
        if (raw == INVALID) {
            throw new IllegalArgumentException("0 is ZX_HANDLE_INVALID, which names no handle");
        }
        return raw;
    }

    /// The number, for calls that are made without this wrapper. It is borrowed: it is still this
    /// object that closes it.
    ///
    /// @return the `zx_handle_t`; 0 once this handle is closed or was consumed
    public final int raw() {
        return raw;
    }

    /// Gives the number away: the caller owns it now.
    final int release() {
        return RAW.getAndSet(this, INVALID);
    }

    /// Closes what [#release()] gave.
    static void discard(int raw) {
        if (raw != INVALID) {
            Answer.alive(Syscalls.handleClose(raw));
        }
    }

    /// Closes this handle, once, however often this is called and by however many threads.
    ///
    /// Wraps `zx_handle_close`. Does not block, does not allocate. Waits through this handle end as
    /// canceled; the object's last handle may end the object, and unbinds a port from everywhere.
    @Override
    public final void close() {
        discard(release());
    }

    /// Closes many handles with one call. **Consumed.**
    ///
    /// Wraps `zx_handle_close_many`. Does not block. Those that are closed already are left out.
    ///
    /// - `BAD_HANDLE`: one of the numbers was closed behind this wrapper's back; the others are
    ///   closed all the same.
    ///
    /// @param handles what to close, in this order
    /// @return nothing more than success
    public static Result<Unit> closeMany(Collection<? extends Handle> handles) {
        List<Handle> all = NonNull.copyOf(handles, "handles");
        try (var arena = Arena.ofConfined()) {
            MemorySegment numbers = arena.allocate(Structs.U32, all.size());
            for (int i = 0; i < all.size(); i++) {
                numbers.setAtIndex(Structs.U32, i, all.get(i).release());
            }
            return Answer.of(Syscalls.handleCloseMany(numbers, all.size())); // skips zeros (H-7)
        }
    }

    /// Tells whether this handle was closed or consumed. Makes no syscall.
    ///
    /// @return true if no call can be made with it
    public final boolean isClosed() {
        return raw() == INVALID;
    }

    /// Makes a second handle to the same object.
    ///
    /// Wraps `zx_handle_duplicate`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#DUPLICATE].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `INVALID_ARGS`: `rights` has more than this handle.
    ///
    /// @param rights what the new handle allows; [Rights#SAME_RIGHTS] for all that this one does
    /// @return the new handle, owned
    public abstract Result<? extends Handle> duplicate(Rights rights);

    /// Makes a new handle to the same object in the place of this one. **Consumed.**
    ///
    /// Wraps `zx_handle_replace`. Does not block. The object never has no handle in between.
    ///
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `INVALID_ARGS`: `rights` has more than this handle, which is closed all the same.
    ///
    /// @param rights what the new handle allows; [Rights#SAME_RIGHTS] for all that this one does
    /// @return the new handle, owned
    public abstract Result<? extends Handle> replace(Rights rights);

    final <H extends Handle> Result<H> duplicate(Rights rights, IntFunction<H> wrap) {
        Objects.requireNonNull(rights, "rights");
        return duplicate(raw(), rights, wrap);
    }

    static <H extends Handle> Result<H> duplicate(int handle, Rights rights, IntFunction<H> wrap) {
        if (handle == INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        return Answer.made(out -> Syscalls.handleDuplicate(handle, rights.bits(), out), wrap);
    }

    final <H extends Handle> Result<H> replace(Rights rights, IntFunction<H> wrap) {
        Objects.requireNonNull(rights, "rights");
        return Answer.made(
                out -> {
                    int handle = release();
                    return handle == INVALID
                            ? ZxError.BAD_HANDLE.raw()
                            : Syscalls.handleReplace(handle, rights.bits(), out);
                },
                wrap);
    }

    /// Asks the kernel whether this handle's number names an object.
    ///
    /// Wraps `zx_object_get_info` with `ZX_INFO_HANDLE_VALID`: the only call that can be made with
    /// any number and never raises a policy exception (rule H-11). Needs no right. Does not block,
    /// does not allocate.
    ///
    /// - `BAD_HANDLE`: this handle is closed, or its number was closed behind this wrapper's back.
    ///
    /// @return nothing more than success
    public final Result<Unit> checkValid() {
        int handle = raw();
        if (handle == INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        return Answer.of(ObjectInfo.valid(handle));
    }

    /// What this handle is.
    ///
    /// Wraps `zx_object_get_info` with `ZX_INFO_HANDLE_BASIC`. Needs no right. Does not block.
    ///
    /// - `BAD_HANDLE`: this handle is closed.
    ///
    /// @return koid, rights and type
    public final Result<HandleInfo> basicInfo() {
        return ObjectInfo.basic(raw());
    }

    /// The id of the object.
    ///
    /// Wraps `zx_object_get_info` with `ZX_INFO_HANDLE_BASIC`. Needs no right. Does not block.
    ///
    /// - `BAD_HANDLE`: this handle is closed.
    ///
    /// @return the koid
    public final Result<Koid> koid() {
        return basicInfo().map(HandleInfo::koid);
    }

    /// How many handles to the object there are, in all processes and in unread messages.
    ///
    /// Wraps `zx_object_get_info` with `ZX_INFO_HANDLE_COUNT`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#INSPECT].
    /// - `BAD_HANDLE`: this handle is closed.
    ///
    /// @return the count, this handle included
    public final Result<Integer> handleCount() {
        return ObjectInfo.record(
                raw(),
                Abi.ZX_INFO_HANDLE_COUNT,
                InfoStructs.HandleCount.LAYOUT,
                InfoStructs.HandleCount::handleCount);
    }

    /// The object's name.
    ///
    /// Wraps `zx_object_get_property` with `ZX_PROP_NAME`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#GET_PROPERTY].
    /// - `BAD_HANDLE`: this handle is closed.
    ///
    /// @return the name; empty for objects without one
    public final Result<String> name() {
        int handle = raw();
        if (handle == INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        try (var arena = Arena.ofConfined()) {
            // One byte more than the kernel fills: a name always ends.
            MemorySegment name = arena.allocate(Abi.ZX_MAX_NAME_LEN + 1);
            int status =
                    Syscalls.objectGetProperty(handle, Abi.ZX_PROP_NAME, name, Abi.ZX_MAX_NAME_LEN);
            return status == 0 ? new Ok<>(name.getString(0)) : Answer.refused(status);
        }
    }

    /// Names the object. The kernel keeps the first 31 bytes in UTF-8, up to a NUL.
    ///
    /// Wraps `zx_object_set_property` with `ZX_PROP_NAME`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#SET_PROPERTY].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `NOT_SUPPORTED`: objects of this type have no name.
    ///
    /// @param name the new name
    /// @return nothing more than success
    public final Result<Unit> setName(String name) {
        byte[] text = utf8(name);
        int handle = raw();
        if (handle == INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        try (var arena = Arena.ofConfined()) {
            return Answer.of(
                    Syscalls.objectSetProperty(
                            handle, Abi.ZX_PROP_NAME, bytes(arena, text), text.length));
        }
    }

    /// An object's name as the kernel wants it.
    static byte[] utf8(String name) {
        return Objects.requireNonNull(name, "name").getBytes(StandardCharsets.UTF_8);
    }

    static MemorySegment bytes(Arena arena, byte[] bytes) {
        MemorySegment copy = arena.allocate(bytes.length);
        copy.copyFrom(MemorySegment.ofArray(bytes));
        return copy;
    }

    /// Clears and then sets user signals: one that is in both sets ends up set.
    ///
    /// Wraps `zx_object_signal`. Does not block, does not allocate.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#SIGNAL].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `INVALID_ARGS`: a signal that is not the user's to change; nothing is changed.
    /// - `NOT_SUPPORTED`: the object has no signals.
    ///
    /// @param clear what to clear
    /// @param set what to set
    /// @return nothing more than success
    public final Result<Unit> signal(Signals clear, Signals set) {
        Objects.requireNonNull(clear, "clear");
        Objects.requireNonNull(set, "set");
        int handle = raw();
        if (handle == INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        return Answer.of(Syscalls.objectSignal(handle, clear.bits(), set.bits()));
    }

    /// What `signalPeer` of the types with a peer does.
    final Result<Unit> objectSignalPeer(Signals clear, Signals set) {
        Objects.requireNonNull(clear, "clear");
        Objects.requireNonNull(set, "set");
        int handle = raw();
        if (handle == INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        return Answer.of(Syscalls.objectSignalPeer(handle, clear.bits(), set.bits()));
    }

    /// Waits until one of `signals` is active.
    ///
    /// Wraps `zx_object_wait_one`. **Blocks** until then, until `deadline`, or until this handle is
    /// closed; it pins a virtual thread's carrier.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#WAIT].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `NOT_SUPPORTED`: the object has no signals.
    ///
    /// @param signals what to wait for; [Signals#NONE] waits for the deadline
    /// @param deadline until when; one that is past just looks
    /// @return how the wait ended, with what was observed
    public final Wait waitFor(Signals signals, Deadline deadline) {
        Objects.requireNonNull(signals, "signals");
        Objects.requireNonNull(deadline, "deadline");
        int handle = raw();
        if (handle == INVALID) {
            return new Wait.Refused(ZxError.BAD_HANDLE);
        }
        try (var arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(Structs.U32);
            int status = Syscalls.objectWaitOne(handle, signals.bits(), deadline.nanos(), out);
            var observed = new Signals(out.get(Structs.U32, 0));
            if (status == 0) {
                return new Wait.Satisfied(observed);
            }
            return switch (Answer.refusal(status)) {
                case ZxError.TIMED_OUT -> new Wait.TimedOut(observed);
                case ZxError.CANCELED -> new Wait.Canceled(observed);
                case Status refusal -> new Wait.Refused(refusal);
            };
        }
    }

    /// Lets `port` have a packet when one of `signals` is active.
    ///
    /// Wraps `zx_object_wait_async`. `port` is borrowed. Does not block, does not allocate. The
    /// wait ends when this very handle is closed; another handle to the same object does not matter
    /// (rule H-9). When the port is full, the wait ends without a packet (rule P-10).
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#WAIT], or `port` lacks [Rights#WRITE].
    /// - `BAD_HANDLE`: this handle or `port` is closed; no syscall was made.
    /// - `NOT_SUPPORTED`: the object has no signals.
    ///
    /// @param port where the packets go
    /// @param key any 64 bits, unsigned; comes back in [SignalPacket#key()]
    /// @param signals what to wait for; [Signals#NONE] never comes
    /// @param mode one packet, or one for each time
    /// @return nothing more than success
    public final Result<Unit> waitAsync(Port port, long key, Signals signals, WaitMode mode) {
        Objects.requireNonNull(port, "port");
        Objects.requireNonNull(signals, "signals");
        Objects.requireNonNull(mode, "mode");
        int to = port.raw();
        int handle = raw();
        if (handle == INVALID || to == INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        return Answer.of(Syscalls.objectWaitAsync(handle, to, key, signals.bits(), mode.option()));
    }

    /// Waits until one of several objects has one of the signals that are waited for.
    ///
    /// Wraps `zx_object_wait_many`. The handles are borrowed. **Blocks** until then, until
    /// `deadline`, or until one of the handles is closed; it pins a virtual thread's carrier.
    ///
    /// - `ACCESS_DENIED`: a handle lacks [Rights#WAIT].
    /// - `BAD_HANDLE`: a handle is closed; if it was before the call, no syscall was made.
    /// - `NOT_SUPPORTED`: an object has no signals.
    /// - `OUT_OF_RANGE`: there are more than 16 items.
    ///
    /// @param items the objects; without any, this waits for the deadline
    /// @param deadline until when; one that is past just looks
    /// @return how the wait ended, with what was observed
    public static WaitMany waitMany(List<WaitItem> items, Deadline deadline) {
        List<WaitItem> all = NonNull.copyOf(items, "items");
        Objects.requireNonNull(deadline, "deadline");
        try (var arena = Arena.ofConfined()) {
            MemorySegment records = arena.allocate(Structs.WaitItem.LAYOUT, all.size());
            for (int i = 0; i < all.size(); i++) {
                int handle = all.get(i).handle().raw();
                if (handle == INVALID) {
                    return new WaitMany.Refused(ZxError.BAD_HANDLE);
                }
                MemorySegment record = Structs.WaitItem.at(records, i);
                Structs.WaitItem.handle(record, handle);
                Structs.WaitItem.waitFor(record, all.get(i).signals().bits());
            }
            int status = Syscalls.objectWaitMany(records, all.size(), deadline.nanos());
            List<Signals> observed =
                    records.elements(Structs.WaitItem.LAYOUT)
                            .map(record -> new Signals(Structs.WaitItem.pending(record)))
                            .toList();
            if (status == 0) {
                return new WaitMany.Satisfied(observed);
            }
            return switch (Answer.refusal(status)) {
                case ZxError.TIMED_OUT -> new WaitMany.TimedOut(observed);
                case ZxError.CANCELED -> new WaitMany.Canceled(observed);
                case Status refusal -> new WaitMany.Refused(refusal);
            };
        }
    }

    /// A handle of the class that fits its object.
    static Handle ofObject(int raw) {
        return switch (ObjectInfo.basic(raw)) {
            case Ok<HandleInfo>(var info) -> ofType(raw, info.type());
            case Err<HandleInfo> _ -> new OtherHandle(raw);
        };
    }

    /// A handle of the class that fits a type.
    static Handle ofType(int raw, ObjectType type) {
        return switch (type) {
            case ObjectType.Known.PROCESS -> new ZxProcess(raw);
            case ObjectType.Known.THREAD -> new ZxThread(raw);
            case ObjectType.Known.CHANNEL -> new Channel(raw);
            case ObjectType.Known.EVENT -> new Event(raw);
            case ObjectType.Known.PORT -> new Port(raw);
            case ObjectType.Known.EVENTPAIR -> new EventPair(raw);
            case ObjectType.Known.JOB -> new Job(raw);
            case ObjectType.Known.VMAR -> new Vmar(raw);
            case ObjectType.Known.SUSPEND_TOKEN -> new SuspendToken(raw);
            case ObjectType _ -> new OtherHandle(raw);
        };
    }

    /// The handle for a person. Asks the kernel for the koid, and never throws.
    ///
    /// @return for example `Port[handle=0x2f3, koid=1031]`, or `Port[closed]`
    @Override
    public final String toString() {
        int handle = raw();
        String type = getClass().getSimpleName();
        if (handle == INVALID) {
            return type + "[closed]";
        }
        return "%s[handle=0x%x, %s]".formatted(type, handle, ObjectInfo.identity(handle));
    }
}
