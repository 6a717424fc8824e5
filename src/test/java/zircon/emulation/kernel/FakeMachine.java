package zircon.emulation.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Runs guests on Java threads. What stands at a "native" address is a lambda that a test has put
/// there.
public final class FakeMachine implements Machine {
    /// Code at an address.
    public interface Entry {
        void run(ThreadDispatcher thread, long arg1, long arg2);
    }

    private final Map<Long, Entry> entries = new ConcurrentHashMap<>();

    /// The threads of which the kernel wanted something while they ran.
    public final Queue<ThreadDispatcher> interrupted = new ConcurrentLinkedQueue<>();

    private final List<Runnable> held = new ArrayList<>();
    private boolean holding;
    private boolean failing;

    /// The memory of all processes.
    public final FakeAddressSpace memory = new FakeAddressSpace();

    /// Where the syscalls seem to lie.
    public static final long VDSO_BASE = 0x7000_0000;

    /// What the GS base was last set to.
    public volatile long gsBase;

    /// Puts code at an address.
    public void put(long address, Entry entry) {
        entries.put(address, entry);
    }

    /// Whether there are host threads to be had.
    public void setFailing(boolean failing) {
        this.failing = failing;
    }

    /// From now on, started threads do not run until [#release].
    public void hold() {
        holding = true;
    }

    /// Lets the threads run that were held back.
    public void release() {
        holding = false;
        held.forEach(Thread::startVirtualThread);
        held.clear();
    }

    @Override
    public void start(ThreadDispatcher thread, GuestCode code) {
        if (failing) {
            throw Refusal.NO_MEMORY;
        }
        Runnable life = () -> thread.run(code, FakeContext.outside());
        if (holding) {
            held.add(life);
        } else {
            var _ = Thread.ofPlatform().daemon().name(thread.name()).start(life);
        }
    }

    /// A fake guest looks by itself.
    @Override
    public void interrupt(ThreadDispatcher thread) {
        interrupted.add(thread);
    }

    @Override
    public AddressSpace addressSpace() {
        return memory;
    }

    @Override
    public long vdsoBase() {
        return VDSO_BASE;
    }

    @Override
    public void setGsBase(long base) {
        gsBase = base;
    }

    @Override
    public GuestCode nativeCode(long entry, long arg1, long arg2) {
        return thread -> {
            Entry code = entries.get(entry);
            if (code == null) {
                throw new AssertionError("no code was put at " + entry);
            }
            code.run(thread, arg1, arg2);
        };
    }
}
