package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_ERR_BUFFER_TOO_SMALL;
import static zircon.sys.zircon_h.ZX_INFO_HANDLE_BASIC;
import static zircon.sys.zircon_h.ZX_INFO_HANDLE_COUNT;
import static zircon.sys.zircon_h.ZX_INFO_HANDLE_VALID;
import static zircon.sys.zircon_h.ZX_INFO_JOB_CHILDREN;
import static zircon.sys.zircon_h.ZX_INFO_JOB_PROCESSES;
import static zircon.sys.zircon_h.ZX_INFO_PROCESS;
import static zircon.sys.zircon_h.ZX_INFO_PROCESS_HANDLE_STATS;
import static zircon.sys.zircon_h.ZX_INFO_PROCESS_THREADS;
import static zircon.sys.zircon_h.ZX_INFO_THREAD;
import static zircon.sys.zircon_h.ZX_INFO_THREAD_EXCEPTION_REPORT;
import static zircon.sys.zircon_h.ZX_INFO_THREAD_STATS;
import static zircon.sys.zircon_h.ZX_INFO_VMAR;
import static zircon.sys.zircon_h.ZX_OK;
import static zircon.sys.zircon_h.ZX_RIGHT_ENUMERATE;

import zircon.emulation.kernel.Dispatcher;
import zircon.emulation.kernel.Handle;
import zircon.emulation.kernel.JobDispatcher;
import zircon.emulation.kernel.Kernel;
import zircon.emulation.kernel.ProcessDispatcher;
import zircon.emulation.kernel.Refusal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collection;
import java.util.Map;

/// `zx_object_get_info`.
public final class InfoSyscalls {
    /// Looks the handle up and fills the record of a topic; called under the lock.
    private interface RecordTopic {
        MemorySegment fill(Caller caller, int handle);
    }

    /// Looks the handle up and lists what the topic asks for; called under the lock.
    private interface ListTopic {
        Collection<? extends Dispatcher> list(Caller caller, int handle);
    }

    private final Kernel kernel;
    private final Map<Integer, RecordTopic> recordTopics =
            Map.of(
                    ZX_INFO_HANDLE_BASIC(), InfoRecords::handleBasic,
                    ZX_INFO_HANDLE_COUNT(), InfoRecords::handleCount,
                    ZX_INFO_PROCESS(), InfoRecords::process,
                    ZX_INFO_PROCESS_HANDLE_STATS(), InfoRecords::processHandleStats,
                    ZX_INFO_THREAD(), InfoRecords::thread,
                    ZX_INFO_THREAD_EXCEPTION_REPORT(), InfoRecords::threadExceptionReport,
                    ZX_INFO_THREAD_STATS(), InfoRecords::threadStats,
                    ZX_INFO_VMAR(), InfoRecords::vmar);
    private final Map<Integer, ListTopic> listTopics =
            Map.of(
                    ZX_INFO_PROCESS_THREADS(), InfoSyscalls::processThreads,
                    ZX_INFO_JOB_CHILDREN(), InfoSyscalls::jobChildren,
                    ZX_INFO_JOB_PROCESSES(), InfoSyscalls::jobProcesses);

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
            long[] koids;
            try (var _ = kernel.lock()) {
                koids =
                        listTopic.list(caller, handle).stream()
                                .mapToLong(Dispatcher::koid)
                                .toArray();
            }
            return storeList(caller, koids, buffer, bufferSize, actual, avail);
        }
        if (topic != ZX_INFO_HANDLE_VALID()) {
            throw Refusal.NOT_SUPPORTED; // before any handle check
        }
        try (var _ = kernel.lock()) {
            Handle _ = caller.handles().get(handle); // I-7
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
            Caller caller, long[] koids, long buffer, long size, long actual, long avail) {
        int stored = (int) Math.min(koids.length, Long.divideUnsigned(size, Long.BYTES));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment list = arena.allocate(ValueLayout.JAVA_LONG, Math.max(stored, 1));
            MemorySegment.copy(koids, 0, list, ValueLayout.JAVA_LONG, 0, stored);
            caller.store(buffer, list.asSlice(0, (long) stored * Long.BYTES));
        }
        caller.storeLongIfWanted(actual, stored);
        caller.storeLongIfWanted(avail, koids.length);
        return ZX_OK();
    }

    private static Collection<? extends Dispatcher> processThreads(Caller caller, int handle) {
        return caller.handles()
                .get(handle, ZX_RIGHT_ENUMERATE(), ProcessDispatcher.class)
                .threads();
    }

    private static Collection<? extends Dispatcher> jobChildren(Caller caller, int handle) {
        return caller.handles().get(handle, ZX_RIGHT_ENUMERATE(), JobDispatcher.class).jobs();
    }

    private static Collection<? extends Dispatcher> jobProcesses(Caller caller, int handle) {
        return caller.handles().get(handle, ZX_RIGHT_ENUMERATE(), JobDispatcher.class).processes();
    }
}
