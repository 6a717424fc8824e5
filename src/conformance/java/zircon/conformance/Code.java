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
    static final int RSI = 32;

    private Code() {}

    static long entry(Goes goes) {
        return switch (goes) {
            case FAULT -> 0;
            case SLEEP -> zircon_h.zx_nanosleep$address().address();
            case EXIT -> zircon_h.zx_thread_exit$address().address();
            case EXIT_PROCESS -> zircon_h.zx_process_exit$address().address();
            case READ_PORT -> zircon_h.zx_port_wait$address().address();
            case CLOSE -> zircon_h.zx_handle_close$address().address();
            case CREATE_PORT -> zircon_h.zx_port_create$address().address();
        };
    }

    static long argument(Goes goes) {
        return switch (goes) {
            case FAULT, EXIT, CREATE_PORT -> 0;
            case SLEEP -> Long.MAX_VALUE;
            case EXIT_PROCESS -> Step.EXIT_CODE;
            case READ_PORT, CLOSE -> 0xffff_ffffL; // no handle
        };
    }

    /// The deadline of zx_port_wait(); nobody else has a second one.
    static long secondArgument(Goes goes) {
        return goes == Goes.READ_PORT ? Long.MAX_VALUE : 0;
    }

    /// The same in C and in jshell.
    static String secondArgumentText(Goes goes) {
        return goes == Goes.READ_PORT ? "ZX_TIME_INFINITE" : "0";
    }

    /// The argument in C and in jshell.
    static String argumentText(Goes goes) {
        return switch (goes) {
            case FAULT, EXIT, CREATE_PORT -> "0";
            case READ_PORT, CLOSE -> "JUNK";
            case SLEEP -> "ZX_TIME_INFINITE";
            case EXIT_PROCESS -> Long.toString(Step.EXIT_CODE);
        };
    }
}
