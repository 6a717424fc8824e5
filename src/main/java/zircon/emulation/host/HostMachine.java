package zircon.emulation.host;

import zircon.emulation.kernel.AddressSpace;
import zircon.emulation.kernel.GuestCode;
import zircon.emulation.kernel.Machine;
import zircon.emulation.kernel.Names;
import zircon.emulation.kernel.Refusal;
import zircon.emulation.kernel.ThreadDispatcher;
import zircon.sys.host.zx_host_h;

import java.lang.System.Logger.Level;

/// The machine below the kernel: platform threads of this JVM, and the gate to run native code on
/// them.
final class HostMachine implements Machine {
    private static final System.Logger LOGGER = System.getLogger("zircon.emulation");
    // The kernel's side of a guest: upcalls and what they call. The guest's own code has a stack
    // from the gate.
    private static final long KERNEL_STACK_SIZE = 1L << 20;

    /// Looked up once, and late: finding it takes longer than all the rest of a new kernel.
    private static final class Gate {
        static final long BASE =
                new HostAddressSpace().objectBase(zx_host_h.zx_host_gate_path$address().address());
    }

    private final HostKernel kernel;
    private final Interrupter interrupter = new Interrupter();
    private final HostAddressSpace addressSpace = new HostAddressSpace();

    HostMachine(HostKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public void start(ThreadDispatcher thread, GuestCode code) {
        try {
            Thread.ofPlatform()
                    .daemon()
                    .name("zircon " + displayName(thread))
                    .stackSize(KERNEL_STACK_SIZE)
                    .start(() -> run(thread, code));
        } catch (OutOfMemoryError _) { // what the JVM says when the system gives it no thread
            throw Refusal.NO_MEMORY;
        }
    }

    /// The name of the thread's process and its own, for stack dumps.
    private static String displayName(ThreadDispatcher thread) {
        return Names.text(thread.process().name() + "/" + thread.name());
    }

    private void run(ThreadDispatcher thread, GuestCode code) {
        GateThread guest;
        try {
            guest = kernel.enter(thread);
        } catch (OutOfMemoryError e) {
            LOGGER.log(Level.WARNING, "Thread " + thread.koid() + " ended before it began", e);
            thread.endUnborn();
            return;
        }
        try {
            if (code.entersWithRegisters()) {
                interrupter.add(guest);
                // The JVM allocates at a thread's first upcall. Have that made before any code of
                // the guest: a fault may find it inside malloc(), with malloc's lock held.
                zx_host_h.zx_host_interrupt(guest.record(), zx_host_h.ZX_HOST_INTERRUPT_PROGRAM());
            }
            thread.run(code, new GateContext.Outside(guest.record()));
        } catch (Throwable thrown) {
            LOGGER.log(Level.ERROR, "The emulation lost thread " + thread.koid(), thrown);
        } finally {
            interrupter.remove(guest);
            kernel.leave(guest);
        }
    }

    @Override
    public void interrupt(ThreadDispatcher thread) {
        interrupter.interrupt(thread);
    }

    @Override
    public GuestCode nativeCode(long entry, long arg1, long arg2) {
        return new NativeCode(() -> zx_host_h.zx_host_run(entry, arg1, arg2));
    }

    @Override
    public AddressSpace addressSpace() {
        return addressSpace;
    }

    @Override
    public long vdsoBase() {
        return Gate.BASE;
    }

    @Override
    public void setGsBase(long base) {
        zx_host_h.zx_host_set_gs_base(base);
    }
}
