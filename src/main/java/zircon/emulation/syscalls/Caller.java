package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_POL_BAD_HANDLE;

import org.jspecify.annotations.Nullable;

import zircon.emulation.kernel.Handle;
import zircon.emulation.kernel.HandleLookup;
import zircon.emulation.kernel.HandleTable;
import zircon.emulation.kernel.JobPolicy;
import zircon.emulation.kernel.Kernel;
import zircon.emulation.kernel.ProcessDispatcher;
import zircon.emulation.kernel.Refusal;
import zircon.emulation.kernel.ThreadDispatcher;
import zircon.emulation.kernel.UserMemory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The thread that makes a syscall, and the way to its memory. One per thread, used by that thread
/// alone.
public final class Caller {
    /// The least that the scratch memory must hold.
    public static final int SCRATCH_SIZE = 256;

    private final ThreadDispatcher thread;
    private final MemorySegment scratch;
    private final UserMemory memory;
    private final HandleTable table;
    private final HandleLookup handles = this::find;

    /// The caller of the syscalls of a thread.
    ///
    /// @param scratch native, aligned to 8 bytes, [#SCRATCH_SIZE] bytes or more, for this thread
    ///   alone
    public Caller(ThreadDispatcher thread, MemorySegment scratch, UserMemory memory) {
        if (scratch.byteSize() < SCRATCH_SIZE) {
            throw new IllegalArgumentException(
                    "scratch memory of %d bytes; it must hold %d"
                            .formatted(scratch.byteSize(), SCRATCH_SIZE));
        }
        this.thread = thread;
        this.scratch = scratch;
        this.memory = memory;
        this.table = thread.process().handles();
    }

    /// The calling thread.
    public ThreadDispatcher thread() {
        return thread;
    }

    ProcessDispatcher process() {
        return thread.process();
    }

    /// The handles of the calling process, for looking up what a program names: a number that names
    /// none counts for the bad-handle policy (H-13). Wants the lock.
    HandleLookup handles() {
        return handles;
    }

    /// The same handles, looked up without any policy.
    HandleTable table() {
        return table;
    }

    private @Nullable Handle find(int value) {
        Handle handle = table.find(value);
        if (handle == null && process().policy().raises(ZX_POL_BAD_HANDLE())) {
            thread.raisePolicyException();
        }
        return handle;
    }

    /// Asks the policy of the calling process whether it may make an object (J-10). Takes the lock.
    ///
    /// @param condition ZX_POL_NEW_*
    /// @throws Refusal ACCESS_DENIED
    void requireAllowed(int condition) {
        JobPolicy policy = process().policy();
        if (policy.raises(condition)) { // J-11: whether or not it is denied
            try (var _ = thread.kernel().lock()) {
                thread.raisePolicyException();
            }
        }
        if (policy.denies(condition)) {
            throw Refusal.ACCESS_DENIED;
        }
    }

    // Memory. A zero size touches nothing, whatever the address.

    /// Cleared room for a record, overwritten by the next use of any of these methods.
    MemorySegment room(long size) {
        return scratch.asSlice(0, size).fill((byte) 0);
    }

    MemorySegment room(MemoryLayout layout) {
        return room(layout.byteSize());
    }

    /// Copies a record in, to where [#room] would be.
    MemorySegment load(long address, MemoryLayout layout) {
        MemorySegment record = room(layout);
        load(address, record);
        return record;
    }

    void load(long address, MemorySegment destination) {
        if (destination.byteSize() > 0) {
            memory.copyIn(address, destination, destination.byteSize());
        }
    }

    void store(long address, MemorySegment source) {
        if (source.byteSize() > 0) {
            memory.copyOut(address, source, source.byteSize());
        }
    }

    long loadLong(long address) {
        return load(address, ValueLayout.JAVA_LONG).get(ValueLayout.JAVA_LONG, 0);
    }

    int loadInt(long address) {
        return load(address, ValueLayout.JAVA_INT).get(ValueLayout.JAVA_INT, 0);
    }

    void storeInt(long address, int value) {
        MemorySegment room = room(ValueLayout.JAVA_INT);
        room.set(ValueLayout.JAVA_INT, 0, value);
        store(address, room);
    }

    void storeLong(long address, long value) {
        MemorySegment room = room(ValueLayout.JAVA_LONG);
        room.set(ValueLayout.JAVA_LONG, 0, value);
        store(address, room);
    }

    /// As [#storeInt], where the caller may pass NULL.
    void storeIntIfWanted(long address, int value) {
        if (address != 0) {
            storeInt(address, value);
        }
    }

    /// As [#storeLong], where the caller may pass NULL.
    void storeLongIfWanted(long address, long value) {
        if (address != 0) {
            storeLong(address, value);
        }
    }

    byte[] loadBytes(long address, int size) {
        if (size <= SCRATCH_SIZE) {
            MemorySegment room = room(size);
            load(address, room);
            return room.toArray(ValueLayout.JAVA_BYTE);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocate(size);
            load(address, copy);
            return copy.toArray(ValueLayout.JAVA_BYTE);
        }
    }

    void storeBytes(long address, byte[] bytes) {
        if (bytes.length <= SCRATCH_SIZE) {
            store(address, room(bytes.length).copyFrom(MemorySegment.ofArray(bytes)));
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocate(bytes.length);
            store(address, copy.copyFrom(MemorySegment.ofArray(bytes)));
        }
    }

    // Handles that a syscall returns.

    /// Puts a new handle into the caller's table; wants the lock.
    Handle own(Handle handle) {
        table.add(handle);
        return handle;
    }

    /// Stores the number of a handle that the caller owns by now: the last step of a syscall. If
    /// that fails, the handle is closed (C-3). Without the lock.
    void storeHandle(long address, Handle handle) {
        try {
            storeInt(address, table.valueOf(handle));
        } catch (Refusal refusal) {
            disown(handle);
            throw refusal;
        }
    }

    /// As [#storeHandle], for a syscall that returns two: both are stored, or neither.
    void storeHandles(long firstAddress, Handle first, long secondAddress, Handle second) {
        try {
            int before = loadInt(firstAddress);
            storeHandle(firstAddress, first);
            try {
                storeHandle(secondAddress, second);
            } catch (Refusal refusal) {
                storeInt(firstAddress, before);
                throw refusal;
            }
        } catch (Refusal refusal) {
            disown(first);
            disown(second);
            throw refusal;
        }
    }

    /// Closes a handle that the caller owned, if another of its threads has not done so before.
    void disown(Handle handle) {
        Kernel kernel = thread.kernel();
        try (var _ = kernel.lock()) {
            if (table.contains(handle)) {
                kernel.handles().close(handle);
            }
        }
    }
}
