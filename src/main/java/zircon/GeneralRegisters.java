package zircon;

import zircon.internal.Structs;

import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.Objects;
import java.util.StringJoiner;

/// The general registers of a thread on x86-64. Each is any 64 bits.
///
/// @param rax rax
/// @param rbx rbx
/// @param rcx rcx
/// @param rdx rdx
/// @param rsi rsi
/// @param rdi rdi
/// @param rbp rbp
/// @param rsp the stack pointer
/// @param r8 r8
/// @param r9 r9
/// @param r10 r10
/// @param r11 r11
/// @param r12 r12
/// @param r13 r13
/// @param r14 r14
/// @param r15 r15
/// @param rip the program counter
/// @param rflags the flags; writes of privileged ones are ignored
public record GeneralRegisters(
        long rax,
        long rbx,
        long rcx,
        long rdx,
        long rsi,
        long rdi,
        long rbp,
        long rsp,
        long r8,
        long r9,
        long r10,
        long r11,
        long r12,
        long r13,
        long r14,
        long r15,
        long rip,
        long rflags) {
    /// The names of the registers, in the order of the struct.
    public enum Register {
        /// rax
        RAX,
        /// rbx
        RBX,
        /// rcx
        RCX,
        /// rdx
        RDX,
        /// rsi
        RSI,
        /// rdi
        RDI,
        /// rbp
        RBP,
        /// The stack pointer.
        RSP,
        /// r8
        R8,
        /// r9
        R9,
        /// r10
        R10,
        /// r11
        R11,
        /// r12
        R12,
        /// r13
        R13,
        /// r14
        R14,
        /// r15
        R15,
        /// The program counter.
        RIP,
        /// The flags.
        RFLAGS;

        private final long offset;

        Register() {
            offset = Structs.GeneralRegs.offset(toString());
        }

        private int index() {
            return (int) (offset / Long.BYTES);
        }

        /// The register as the processor's manual writes it.
        ///
        /// @return for example `rax`
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static GeneralRegisters of(long[] v) {
        return new GeneralRegisters(
                v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10], v[11], v[12],
                v[13], v[14], v[15], v[16], v[17]);
    }

    private long[] values() {
        return new long[] {
            rax, rbx, rcx, rdx, rsi, rdi, rbp, rsp, r8, r9, r10, r11, r12, r13, r14, r15, rip,
            rflags
        };
    }

    static GeneralRegisters from(MemorySegment regs) {
        var values = new long[Register.values().length];
        for (Register register : Register.values()) {
            values[register.index()] = regs.get(Structs.U64, register.offset);
        }
        return of(values);
    }

    void into(MemorySegment regs) {
        long[] values = values();
        for (Register register : Register.values()) {
            regs.set(Structs.U64, register.offset, values[register.index()]);
        }
    }

    /// One register, by its name.
    ///
    /// @param register which one
    /// @return its value
    public long value(Register register) {
        Objects.requireNonNull(register, "register");
        return values()[register.index()];
    }

    /// These registers with another value in one of them.
    ///
    /// @param register which one
    /// @param value its new value
    /// @return the changed registers
    public GeneralRegisters with(Register register, long value) {
        Objects.requireNonNull(register, "register");
        long[] values = values();
        values[register.index()] = value;
        return of(values);
    }

    /// The registers in hexadecimal.
    ///
    /// @return for example `GeneralRegisters[rax=0x0, …, rflags=0x202]`
    @Override
    public String toString() {
        long[] values = values();
        var text = new StringJoiner(", ", "GeneralRegisters[", "]");
        for (Register register : Register.values()) {
            text.add(register + "=0x" + Long.toHexString(values[register.index()]));
        }
        return text.toString();
    }
}
