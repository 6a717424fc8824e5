package zircon;

import zircon.internal.Structs;

import java.lang.foreign.MemorySegment;

/// The debug registers of a thread on x86-64.
///
/// @param dr0 the first address
/// @param dr1 the second address
/// @param dr2 the third address
/// @param dr3 the fourth address
/// @param dr6 what triggered
/// @param dr7 which addresses are active, and how
public record DebugRegisters(long dr0, long dr1, long dr2, long dr3, long dr6, long dr7) {
    static DebugRegisters from(MemorySegment regs) {
        return new DebugRegisters(
                Structs.DebugRegs.dr(regs, 0),
                Structs.DebugRegs.dr(regs, 1),
                Structs.DebugRegs.dr(regs, 2),
                Structs.DebugRegs.dr(regs, 3),
                Structs.DebugRegs.dr6(regs),
                Structs.DebugRegs.dr7(regs));
    }

    void into(MemorySegment regs) {
        Structs.DebugRegs.dr(regs, 0, dr0);
        Structs.DebugRegs.dr(regs, 1, dr1);
        Structs.DebugRegs.dr(regs, 2, dr2);
        Structs.DebugRegs.dr(regs, 3, dr3);
        Structs.DebugRegs.dr6(regs, dr6);
        Structs.DebugRegs.dr7(regs, dr7);
        // The deprecated names of the same two.
        Structs.DebugRegs.dr6Status(regs, dr6);
        Structs.DebugRegs.dr7Control(regs, dr7);
    }

    /// The registers in hexadecimal.
    ///
    /// @return for example `DebugRegisters[dr0=0x0, …, dr7=0x400]`
    @Override
    public String toString() {
        return "DebugRegisters[dr0=0x%x, dr1=0x%x, dr2=0x%x, dr3=0x%x, dr6=0x%x, dr7=0x%x]"
                .formatted(dr0, dr1, dr2, dr3, dr6, dr7);
    }
}
