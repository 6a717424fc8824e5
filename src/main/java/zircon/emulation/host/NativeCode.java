package zircon.emulation.host;

import zircon.emulation.kernel.GuestCode;
import zircon.emulation.kernel.ThreadDispatcher;

import java.lang.System.Logger.Level;
import java.util.function.IntSupplier;

/// Code that the gate runs on a stack and with registers of its own.
///
/// @param gate has it run on the calling thread; ZX_ERR_NO_MEMORY if there was no stack for it
record NativeCode(IntSupplier gate) implements GuestCode {
    private static final System.Logger LOGGER = System.getLogger("zircon.emulation");

    @Override
    public void run(ThreadDispatcher thread) {
        if (gate.getAsInt() != 0) {
            LOGGER.log(
                    Level.WARNING,
                    "Thread {0} ended before it began: no memory for the stack of its code",
                    thread.koid());
        }
    }

    @Override
    public boolean entersWithRegisters() {
        return true;
    }
}
