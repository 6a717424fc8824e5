package zircon.emulation.kernel;

import static zircon.sys.zircon_h.ZX_EXCP_FATAL_PAGE_FAULT;

/// What a handler can learn of an exception.
///
/// @param type ZX_EXCP_*
/// @param vector of the processor; 0 for exceptions that the kernel makes up, like the other two
/// @param errorCode of the processor
/// @param cr2 the address, for page faults alone
public record ExceptionReport(int type, long vector, long errorCode, long cr2) {
    static ExceptionReport of(int type, ThreadContext context) {
        boolean pageFault = type == ZX_EXCP_FATAL_PAGE_FAULT();
        return new ExceptionReport(
                type, context.vector(), context.errorCode(), pageFault ? context.cr2() : 0);
    }
}
