package zircon;

import zircon.internal.Structs;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;

/// The x87 floating-point registers of a thread on x86-64.
///
/// @param fcw the control word, 16 bits
/// @param fsw the status word, 16 bits
/// @param ftw the tag word in its short form, 8 bits
/// @param fop the last opcode, 16 bits
/// @param fip the address of the last instruction
/// @param fdp the address of the last operand
/// @param st the eight registers of the stack
public record FpRegisters(int fcw, int fsw, int ftw, int fop, long fip, long fdp, List<St> st) {
    private static final int COUNT = 8;

    /// One register of the stack, as it lies in memory: 80 bits are used.
    ///
    /// @param low bits 0 to 63: the mantissa
    /// @param high bits 64 to 127: sign and exponent in the lowest 16
    public record St(long low, long high) {
        /// The register for a person.
        ///
        /// @return for example `0x3fff8000000000000000`, which is 1.0
        @Override
        public String toString() {
            return high == 0 ? "0x%x".formatted(low) : "0x%x%016x".formatted(high, low);
        }
    }

    /// All registers.
    ///
    /// @throws IllegalArgumentException if there are not eight in the stack
    public FpRegisters {
        st = NonNull.copyOf(st, "st");
        if (st.size() != COUNT) {
            throw new IllegalArgumentException(st.size() + " registers in st; there are " + COUNT);
        }
    }

    static FpRegisters from(MemorySegment regs) {
        return new FpRegisters(
                Structs.FpRegs.fcw(regs),
                Structs.FpRegs.fsw(regs),
                Structs.FpRegs.ftw(regs),
                Structs.FpRegs.fop(regs),
                Structs.FpRegs.fip(regs),
                Structs.FpRegs.fdp(regs),
                IntStream.range(0, COUNT)
                        .mapToObj(
                                i ->
                                        new St(
                                                Structs.FpRegs.stLow(regs, i),
                                                Structs.FpRegs.stHigh(regs, i)))
                        .toList());
    }

    void into(MemorySegment regs) {
        Structs.FpRegs.fcw(regs, fcw);
        Structs.FpRegs.fsw(regs, fsw);
        Structs.FpRegs.ftw(regs, ftw);
        Structs.FpRegs.fop(regs, fop);
        Structs.FpRegs.fip(regs, fip);
        Structs.FpRegs.fdp(regs, fdp);
        for (int i = 0; i < COUNT; i++) {
            Structs.FpRegs.stLow(regs, i, st.get(i).low());
            Structs.FpRegs.stHigh(regs, i, st.get(i).high());
        }
    }

    /// The registers in hexadecimal.
    ///
    /// @return for example `FpRegisters[fcw=0x37f, …, st=[0x0, …]]`
    @Override
    public String toString() {
        return "FpRegisters[fcw=0x%x, fsw=0x%x, ftw=0x%x, fop=0x%x, fip=0x%x, fdp=0x%x, st=%s]"
                .formatted(fcw, fsw, ftw, fop, fip, fdp, st);
    }
}
