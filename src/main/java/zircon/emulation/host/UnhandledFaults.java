package zircon.emulation.host;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import zircon.emulation.UnhandledFault;
import zircon.emulation.kernel.Names;
import zircon.emulation.kernel.ProcessDispatcher;
import zircon.emulation.kernel.ThreadDispatcher;
import zircon.sys.zx_thread_state_general_regs;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.WeakHashMap;

/// What processes have died of, for as long as somebody knows the process.
public final class UnhandledFaults {
    private final Map<ProcessDispatcher, UnhandledFault> faults = new WeakHashMap<>();

    UnhandledFaults() {}

    /// The exception of which the process died, if it was one.
    public synchronized Optional<UnhandledFault> of(ProcessDispatcher process) {
        return Optional.ofNullable(faults.get(process));
    }

    /// Called by the thread that faulted, before its registers are gone. The first fault of a
    /// process is what it died of.
    synchronized void add(ThreadDispatcher thread, int type, GateContext context) {
        ProcessDispatcher process = thread.process();
        faults.putIfAbsent(
                process,
                new UnhandledFault(
                        type,
                        Names.text(process.name()),
                        process.koid(),
                        Names.text(thread.name()),
                        thread.koid(),
                        context.cr2(),
                        context.errorCode(),
                        context.hasGeneral()
                                ? registers(context.general())
                                : new LinkedHashMap<>()));
    }

    private static SequencedMap<String, Long> registers(MemorySegment general) {
        SequencedMap<String, Long> registers = new LinkedHashMap<>();
        long offset = 0;
        for (MemoryLayout member : zx_thread_state_general_regs.layout().memberLayouts()) {
            registers.put(member.name().orElseThrow(), general.get(JAVA_LONG, offset));
            offset += member.byteSize();
        }
        return registers;
    }
}
