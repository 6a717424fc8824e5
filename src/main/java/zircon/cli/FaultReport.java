package zircon.cli;

import zircon.ExceptionType;
import zircon.emulation.UnhandledFault;

import java.util.StringJoiner;

/// What a person wants to know of a fault that ended a program.
final class FaultReport {
    private FaultReport() {}

    /// The report, in lines.
    static String of(UnhandledFault fault) {
        ExceptionType type = ExceptionType.of(fault.type());
        StringJoiner report = new StringJoiner("\n", "", "\n");
        report.add("zx run: the program died of an exception that nobody handled");
        report.add("  fault    " + Words.number(type, type.raw()));
        if (type == ExceptionType.Known.FATAL_PAGE_FAULT) {
            report.add(
                    "  address  %s (%s)"
                            .formatted(Words.hex(fault.address()), access(fault.errorCode())));
        }
        report.add("  pc       " + Words.hex(fault.registers().getOrDefault("rip", 0L)));
        report.add("  process  %s (koid %d)".formatted(fault.process(), fault.processKoid()));
        report.add("  thread   %s (koid %d)".formatted(fault.thread(), fault.threadKoid()));
        RegisterTable.rows(fault.registers()).forEach(row -> report.add("  " + row));
        return report.toString();
    }

    /// What a page fault's error code says of the access.
    private static String access(long errorCode) {
        if ((errorCode & 0x10) != 0) {
            return "execute";
        }
        return (errorCode & 0x2) != 0 ? "write" : "read";
    }
}
