package zircon.conformance;

import zircon.conformance.model.Step;
import zircon.conformance.model.Step.Goes;
import zircon.sys.zircon_h;

/// Where threads are sent: to nowhere, which is a page fault, or into a function of the library
/// itself.
final class Code {
    /// Of the general registers of x86-64, by offset.
    static final int RIP = 128;

    static final int RDI = 40;

    private Code() {}

    static long entry(Goes goes) {
        return switch (goes) {
            case FAULT -> 0;
            case SLEEP -> zircon_h.zx_nanosleep$address().address();
            case EXIT -> zircon_h.zx_thread_exit$address().address();
            case EXIT_PROCESS -> zircon_h.zx_process_exit$address().address();
        };
    }

    static long argument(Goes goes) {
        return switch (goes) {
            case FAULT, EXIT -> 0;
            case SLEEP -> Long.MAX_VALUE;
            case EXIT_PROCESS -> Step.EXIT_CODE;
        };
    }

    /// The argument in C and in jshell.
    static String argumentText(Goes goes) {
        return switch (goes) {
            case FAULT, EXIT -> "0";
            case SLEEP -> "ZX_TIME_INFINITE";
            case EXIT_PROCESS -> Long.toString(Step.EXIT_CODE);
        };
    }
}
