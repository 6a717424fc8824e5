package zircon;

import zircon.internal.Structs;

import java.lang.foreign.MemorySegment;

/// What is known about the exception that a thread waits in, on x86-64. All zero but the type for
/// exceptions that the processor did not raise.
///
/// @param type what kind of exception
/// @param vector the processor's number for it
/// @param errorCode the processor's error code
/// @param cr2 the address of a page fault; 0 for other exceptions
public record ExceptionReport(ExceptionType type, long vector, long errorCode, long cr2) {
    static ExceptionReport from(MemorySegment report) {
        return new ExceptionReport(
                ExceptionType.of(Structs.ExceptionReport.type(report)),
                Structs.ExceptionReport.vector(report),
                Structs.ExceptionReport.errCode(report),
                Structs.ExceptionReport.cr2(report));
    }

    /// The report, with its numbers in hexadecimal.
    ///
    /// @return for example `ExceptionReport[type=FATAL_PAGE_FAULT, vector=0xe, errorCode=0x6,
    ///   cr2=0x10]`
    @Override
    public String toString() {
        return "ExceptionReport[type=%s, vector=0x%x, errorCode=0x%x, cr2=0x%x]"
                .formatted(type, vector, errorCode, cr2);
    }
}
