package zircon.emulation;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import zircon.sys.host.zx_host_h;
import zircon.sys.zircon_h;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Faults that a guest written in Java raises on purpose: each method executes the faulting machine
/// instruction as code of the calling guest, and the emulation makes a Zircon exception of it, as
/// for any other guest.
///
/// A method returns when a handler has dealt with the exception. When nobody did, or the guest was
/// killed meanwhile, it throws an `Error` that ends the guest; let it pass.
///
/// What a handler has to know of the machine code is said at each method. Registers can be edited
/// while the guest waits for an answer; resumed with the cause still there, the instruction faults
/// again.
public final class GuestFaults {
    private GuestFaults() {}

    /// Reads 8 bytes at `address`: a page fault unless something is there. The address is in rdi: a
    /// handler writes that register, or adds 3 to rip.
    ///
    /// @param address where to read
    /// @return what was read, from wherever rdi pointed in the end
    public static long read(long address) {
        return raise(zx_host_h.ZX_HOST_FAULT_READ(), address, 0);
    }

    /// Writes 8 bytes at `address`: a page fault unless memory that can be written is there. The
    /// address is in rdi: a handler writes that register, or adds 3 to rip.
    ///
    /// @param address where to write
    /// @param value what to write
    public static void write(long address, long value) {
        var _ = raise(zx_host_h.ZX_HOST_FAULT_WRITE(), address, value);
    }

    /// Executes an undefined instruction (`ud2`, 2 bytes): to get past it, a handler adds 2 to rip.
    public static void undefinedInstruction() {
        var _ = raise(zx_host_h.ZX_HOST_FAULT_UNDEFINED(), 0, 0);
    }

    /// Executes a breakpoint (`int3`): rip lies past it already, so "handled" is enough to go on.
    public static void breakpoint() {
        var _ = raise(zx_host_h.ZX_HOST_FAULT_BREAKPOINT(), 0, 0);
    }

    /// Divides by zero, which is in rcx: a handler writes that register, or adds 3 to rip.
    public static void divideByZero() {
        var _ = raise(zx_host_h.ZX_HOST_FAULT_DIVIDE(), 0, 0);
    }

    /// Reads from a misaligned address, which is in rdi, with alignment checking on: a handler
    /// writes a multiple of 8 that can be read there, or takes AC (0x40000) out of rflags, or adds
    /// 3 to rip.
    public static void misaligned() {
        var _ = raise(zx_host_h.ZX_HOST_FAULT_ALIGNMENT(), 0, 0);
    }

    private static long raise(int kind, long address, long value) {
        HostEmulation.instance().requireJavaGuest();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment result = arena.allocate(JAVA_LONG);
            int status = zx_host_h.zx_host_fault(kind, address, value, result);
            if (status == zircon_h.ZX_OK()) {
                return result.get(JAVA_LONG, 0);
            }
            if (status == zircon_h.ZX_ERR_NO_MEMORY()) {
                throw new OutOfMemoryError("no stack for the guest's machine code");
            }
            throw new GuestEnded();
        }
    }

    /// Unwinds a Java guest whose thread is dying.
    private static final class GuestEnded extends Error {
        private static final long serialVersionUID = 1;

        GuestEnded() {
            super("this guest's thread was killed", null, false, false);
        }
    }
}
