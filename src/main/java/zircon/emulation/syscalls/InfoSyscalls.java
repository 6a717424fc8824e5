package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_ERR_BUFFER_TOO_SMALL;
import static zircon.sys.zircon_h.ZX_INFO_BTI;
import static zircon.sys.zircon_h.ZX_INFO_CPU_STATS;
import static zircon.sys.zircon_h.ZX_INFO_HANDLE_BASIC;
import static zircon.sys.zircon_h.ZX_INFO_HANDLE_COUNT;
import static zircon.sys.zircon_h.ZX_INFO_HANDLE_VALID;
import static zircon.sys.zircon_h.ZX_INFO_JOB_CHILDREN;
import static zircon.sys.zircon_h.ZX_INFO_JOB_PROCESSES;
import static zircon.sys.zircon_h.ZX_INFO_KMEM_STATS;
import static zircon.sys.zircon_h.ZX_INFO_PROCESS;
import static zircon.sys.zircon_h.ZX_INFO_PROCESS_HANDLE_STATS;
import static zircon.sys.zircon_h.ZX_INFO_PROCESS_MAPS;
import static zircon.sys.zircon_h.ZX_INFO_PROCESS_THREADS;
import static zircon.sys.zircon_h.ZX_INFO_PROCESS_VMOS;
import static zircon.sys.zircon_h.ZX_INFO_RESOURCE;
import static zircon.sys.zircon_h.ZX_INFO_SOCKET;
import static zircon.sys.zircon_h.ZX_INFO_TASK_STATS;
import static zircon.sys.zircon_h.ZX_INFO_THREAD;
import static zircon.sys.zircon_h.ZX_INFO_THREAD_EXCEPTION_REPORT;
import static zircon.sys.zircon_h.ZX_INFO_THREAD_STATS;
import static zircon.sys.zircon_h.ZX_INFO_VMAR;
import static zircon.sys.zircon_h.ZX_INFO_VMO;
import static zircon.sys.zircon_h.ZX_OK;
import static zircon.sys.zircon_h.ZX_RIGHT_INSPECT;
import static zircon.sys.zircon_h.ZX_RIGHT_NONE;

import static java.util.Map.entry;

import zircon.emulation.kernel.Handle;
import zircon.emulation.kernel.Kernel;
import zircon.emulation.kernel.Refusal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.function.Supplier;

/// `zx_object_get_info`.
public final class InfoSyscalls {
    /// Looks the handle up and fills the record of a topic; called under the lock.
    private interface RecordTopic {
        MemorySegment fill(Caller caller, int handle);
    }

    /// Looks the handle up, and returns what makes the list without the lock; called under it.
    private interface ListTopic {
        Supplier<InfoList> look(Caller caller, int handle);
    }

    private final Kernel kernel;
    private final Map<Integer, RecordTopic> recordTopics =
            Map.ofEntries(
                    entry(ZX_INFO_HANDLE_BASIC(), InfoRecords::handleBasic),
                    entry(ZX_INFO_HANDLE_COUNT(), InfoRecords::handleCount),
                    entry(ZX_INFO_PROCESS(), InfoRecords::process),
                    entry(ZX_INFO_PROCESS_HANDLE_STATS(), InfoRecords::processHandleStats),
                    entry(ZX_INFO_TASK_STATS(), InfoRecords::taskStats),
                    entry(ZX_INFO_THREAD(), InfoRecords::thread),
                    entry(ZX_INFO_THREAD_EXCEPTION_REPORT(), InfoRecords::threadExceptionReport),
                    entry(ZX_INFO_THREAD_STATS(), InfoRecords::threadStats),
                    entry(ZX_INFO_VMAR(), InfoRecords::vmar));
    private final Map<Integer, ListTopic> listTopics =
            Map.of(
                    ZX_INFO_PROCESS_THREADS(), InfoLists::processThreads,
                    ZX_INFO_PROCESS_MAPS(), InfoLists::processMaps,
                    ZX_INFO_PROCESS_VMOS(), InfoLists::processVmos,
                    ZX_INFO_JOB_CHILDREN(), InfoLists::jobChildren,
                    ZX_INFO_JOB_PROCESSES(), InfoLists::jobProcesses);
    // Topics of objects that do not exist here, and the rights that they ask for.
    private final Map<Integer, Integer> foreignTopics =
            Map.of(
                    ZX_INFO_RESOURCE(), ZX_RIGHT_INSPECT(),
                    ZX_INFO_BTI(), ZX_RIGHT_INSPECT(),
                    ZX_INFO_SOCKET(), ZX_RIGHT_INSPECT(),
                    ZX_INFO_VMO(), ZX_RIGHT_NONE(),
                    ZX_INFO_CPU_STATS(), ZX_RIGHT_NONE(),
                    ZX_INFO_KMEM_STATS(), ZX_RIGHT_NONE());

    InfoSyscalls(Kernel kernel) {
        this.kernel = kernel;
    }

    /// `zx_object_get_info`.
    public int objectGetInfo(
            Caller caller,
            int handle,
            int topic,
            long buffer,
            long bufferSize,
            long actual,
            long avail) {
        RecordTopic recordTopic = recordTopics.get(topic);
        if (recordTopic != null) {
            MemorySegment record;
            try (var _ = kernel.lock()) {
                record = recordTopic.fill(caller, handle);
            }
            return storeRecord(caller, record, buffer, bufferSize, actual, avail);
        }
        ListTopic listTopic = listTopics.get(topic);
        if (listTopic != null) {
            Supplier<InfoList> list;
            try (var _ = kernel.lock()) {
                list = listTopic.look(caller, handle);
            }
            return storeList(caller, list.get(), buffer, bufferSize, actual, avail);
        }
        Integer foreignRights = foreignTopics.get(topic);
        if (foreignRights != null) {
            try (var _ = kernel.lock()) {
                Handle _ = caller.handles().get(handle, foreignRights);
                throw Refusal.WRONG_TYPE;
            }
        }
        if (topic != ZX_INFO_HANDLE_VALID()) {
            throw Refusal.NOT_SUPPORTED; // before any handle check
        }
        try (var _ = kernel.lock()) {
            Handle _ = caller.table().get(handle); // I-7, H-11
        }
        return ZX_OK();
    }

    /// I-5.
    private static int storeRecord(
            Caller caller, MemorySegment record, long buffer, long size, long actual, long avail) {
        boolean fits = Long.compareUnsigned(size, record.byteSize()) >= 0;
        if (fits) {
            caller.store(buffer, record);
        }
        caller.storeLongIfWanted(actual, fits ? 1 : 0);
        caller.storeLongIfWanted(avail, 1);
        return fits ? ZX_OK() : ZX_ERR_BUFFER_TOO_SMALL();
    }

    /// I-6.
    private static int storeList(
            Caller caller, InfoList list, long buffer, long size, long actual, long avail) {
        MemorySegment fitting = list.fitting(size);
        if (fitting.byteSize() > 0) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment copy = arena.allocate(fitting.byteSize());
                caller.store(buffer, copy.copyFrom(fitting));
            }
        }
        caller.storeLongIfWanted(actual, fitting.byteSize() / list.recordSize());
        caller.storeLongIfWanted(avail, list.count());
        return ZX_OK();
    }
}
