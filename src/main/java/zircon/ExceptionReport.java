package zircon;

import zircon.internal.InfoStructs;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/// What is known about the exception that a thread waits in, on x86-64. All zero but the type for
/// exceptions that the processor did not raise.
///
/// @param type what kind of exception
/// @param vector the processor's number for it
/// @param errorCode the processor's error code
/// @param cr2 the address of a page fault; 0 for other exceptions
public record ExceptionReport(ExceptionType type, long vector, long errorCode, long cr2) {
    /// What is known about an exception.
    public ExceptionReport {
        Objects.requireNonNull(type, "type");
    }

    static ExceptionReport from(MemorySegment report) {
        return new ExceptionReport(
                ExceptionType.of(InfoStructs.ExceptionReport.type(report)),
                InfoStructs.ExceptionReport.vector(report),
                InfoStructs.ExceptionReport.errCode(report),
                InfoStructs.ExceptionReport.cr2(report));
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
