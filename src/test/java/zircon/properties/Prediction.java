package zircon.properties;

import zircon.Status;
import zircon.ZxError;

/// What sections 8 and 9.3 say about one call, written from their text alone.
final class Prediction {
    private static final int OK = 0;
    private static final int DEBUGGER = 1;
    private static final int TRY_NEXT = 2;

    private Prediction() {}

    /// A status by its name, for statistics.
    static String name(int status) {
        return status == OK ? "OK" : Status.of(status).toString();
    }

    /// What a number that is passed as a handle names.
    enum Named {
        NOTHING,
        CLOSED,
        EVENT,
        CHANNEL,
        VMAR,
        PORT,
        JOB,
        PROCESS,
        THREAD;

        boolean isTask() {
            return this == JOB || this == PROCESS || this == THREAD;
        }

        private boolean isHandle() {
            return this != NOTHING && this != CLOSED;
        }
    }

    /// What the call finds.
    ///
    /// @param target what the task argument names
    /// @param dead whether that is a thread or process that has ended
    /// @param port what the port argument names
    /// @param slotTaken whether the slot that the options mean is filled
    record Binding(Named target, boolean dead, Named port, int options, boolean slotTaken) {
        /// B-2, B-3.
        int status() {
            if (options != 0 && options != DEBUGGER) {
                return ZxError.INVALID_ARGS.raw();
            }
            boolean unbind = port == Named.NOTHING;
            if (!unbind && !port.isHandle()) {
                return ZxError.BAD_HANDLE.raw();
            }
            if (!unbind && port != Named.PORT) {
                return ZxError.WRONG_TYPE.raw();
            }
            if (!target.isHandle()) {
                return ZxError.BAD_HANDLE.raw();
            }
            if (!target.isTask()) {
                return ZxError.WRONG_TYPE.raw();
            }
            if (target == Named.THREAD && options == DEBUGGER) {
                return ZxError.INVALID_ARGS.raw();
            }
            if (unbind) {
                return slotTaken ? OK : ZxError.BAD_STATE.raw();
            }
            if (dead) {
                return ZxError.NOT_FOUND.raw();
            }
            return slotTaken ? ZxError.ALREADY_BOUND.raw() : OK;
        }

        /// Whether the slot is filled afterwards.
        boolean slotTakenAfterwards() {
            return status() == OK ? port != Named.NOTHING : slotTaken;
        }
    }

    /// What an answer finds.
    ///
    /// @param target what the thread argument names
    /// @param asking whether that thread waits for an answer
    /// @param port what the port argument names
    /// @param asked whether that is the port whose answer the thread waits for
    record Answer(Named target, boolean asking, Named port, boolean asked, int options) {
        ///
        int status() {
            if (!target.isHandle()) {
                return ZxError.BAD_HANDLE.raw();
            }
            if (target != Named.THREAD) {
                return ZxError.WRONG_TYPE.raw();
            }
            if (!port.isHandle()) {
                return ZxError.BAD_HANDLE.raw();
            }
            if (port != Named.PORT) {
                return ZxError.WRONG_TYPE.raw();
            }
            if (options != 0 && options != TRY_NEXT) {
                return ZxError.INVALID_ARGS.raw();
            }
            if (!asking) {
                return ZxError.BAD_STATE.raw();
            }
            return asked ? OK : ZxError.ACCESS_DENIED.raw();
        }
    }
}
