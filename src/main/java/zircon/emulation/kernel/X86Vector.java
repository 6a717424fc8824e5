package zircon.emulation.kernel;

import static zircon.sys.zircon_h.ZX_EXCP_FATAL_PAGE_FAULT;
import static zircon.sys.zircon_h.ZX_EXCP_GENERAL;
import static zircon.sys.zircon_h.ZX_EXCP_HW_BREAKPOINT;
import static zircon.sys.zircon_h.ZX_EXCP_SW_BREAKPOINT;
import static zircon.sys.zircon_h.ZX_EXCP_UNDEFINED_INSTRUCTION;

/// The exceptions of an x86-64 processor.
public final class X86Vector {
    private static final int DEBUG = 1;
    private static final int BREAKPOINT = 3;
    private static final int INVALID_OPCODE = 6;
    private static final int PAGE_FAULT = 14;

    private X86Vector() {}

    /// The ZX_EXCP_* that this vector becomes.
    public static int exceptionType(long vector) {
        return switch ((int) vector) {
            case DEBUG -> ZX_EXCP_HW_BREAKPOINT();
            case BREAKPOINT -> ZX_EXCP_SW_BREAKPOINT();
            case INVALID_OPCODE -> ZX_EXCP_UNDEFINED_INSTRUCTION();
            case PAGE_FAULT -> ZX_EXCP_FATAL_PAGE_FAULT();
            default -> ZX_EXCP_GENERAL();
        };
    }
}
