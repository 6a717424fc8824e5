package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_OBJ_PROP_NONE;
import static zircon.sys.zircon_h.ZX_OBJ_PROP_WAITABLE;
import static zircon.sys.zircon_h.ZX_RIGHT_INSPECT;

import zircon.emulation.kernel.AddressSpace;
import zircon.emulation.kernel.Dispatcher;
import zircon.emulation.kernel.ExceptionReport;
import zircon.emulation.kernel.Handle;
import zircon.emulation.kernel.ProcessDispatcher;
import zircon.emulation.kernel.Refusal;
import zircon.emulation.kernel.ThreadDispatcher;
import zircon.emulation.kernel.VmarDispatcher;
import zircon.sys.zx_exception_context;
import zircon.sys.zx_exception_context_arch;
import zircon.sys.zx_exception_header;
import zircon.sys.zx_exception_report;
import zircon.sys.zx_info_handle_basic;
import zircon.sys.zx_info_handle_count;
import zircon.sys.zx_info_process;
import zircon.sys.zx_info_process_handle_stats;
import zircon.sys.zx_info_task_stats;
import zircon.sys.zx_info_thread;
import zircon.sys.zx_info_thread_stats;
import zircon.sys.zx_info_vmar;
import zircon.sys.zx_x86_64_exc_data;

import java.lang.foreign.MemorySegment;

/// The records of `zx_object_get_info`, filled in the caller's scratch memory.
final class InfoRecords {
    private static final int TYPES = 64;

    private InfoRecords() {}

    static MemorySegment handleBasic(Caller caller, int value) {
        Handle handle = caller.handles().get(value);
        Dispatcher object = handle.object();
        MemorySegment record = caller.room(zx_info_handle_basic.layout());
        zx_info_handle_basic.koid(record, object.koid());
        zx_info_handle_basic.rights(record, handle.rights());
        zx_info_handle_basic.type(record, object.type().number());
        zx_info_handle_basic.related_koid(record, object.relatedKoid());
        zx_info_handle_basic.props(
                record, object.type().isWaitable() ? ZX_OBJ_PROP_WAITABLE() : ZX_OBJ_PROP_NONE());
        return record;
    }

    static MemorySegment handleCount(Caller caller, int value) {
        Handle handle = caller.handles().get(value, ZX_RIGHT_INSPECT());
        MemorySegment record = caller.room(zx_info_handle_count.layout());
        zx_info_handle_count.handle_count(record, handle.object().handleCount());
        return record;
    }

    static MemorySegment process(Caller caller, int value) {
        ProcessDispatcher process = inspect(caller, value, ProcessDispatcher.class);
        MemorySegment record = caller.room(zx_info_process.layout());
        ProcessDispatcher.State state = process.state();
        zx_info_process.return_code(record, process.returnCode());
        zx_info_process.started(record, state != ProcessDispatcher.State.INITIAL);
        zx_info_process.exited(
                record,
                state == ProcessDispatcher.State.DYING || state == ProcessDispatcher.State.DEAD);
        zx_info_process.debugger_attached(record, process.exceptionSlot(true).bound() != null);
        return record;
    }

    static MemorySegment processHandleStats(Caller caller, int value) {
        int[] counts = new int[TYPES];
        inspect(caller, value, ProcessDispatcher.class).handles().countByType(counts);
        MemorySegment record = caller.room(zx_info_process_handle_stats.layout());
        zx_info_process_handle_stats.handle_count(record, MemorySegment.ofArray(counts));
        return record;
    }

    static MemorySegment thread(Caller caller, int value) {
        ThreadDispatcher thread = inspect(caller, value, ThreadDispatcher.class);
        MemorySegment record = caller.room(zx_info_thread.layout());
        zx_info_thread.state(record, thread.reportedState());
        zx_info_thread.wait_exception_port_type(record, thread.exceptions().waitsForSlotType());
        return record;
    }

    static MemorySegment threadExceptionReport(Caller caller, int value) {
        ThreadDispatcher thread = inspect(caller, value, ThreadDispatcher.class);
        ExceptionReport report = thread.exceptions().report();
        MemorySegment record = caller.room(zx_exception_report.layout());
        MemorySegment header = zx_exception_report.header(record);
        zx_exception_header.size(header, (int) record.byteSize());
        zx_exception_header.type(header, report.type());
        MemorySegment context = zx_exception_report.context(record);
        MemorySegment data =
                zx_exception_context_arch.x86_64(
                        zx_exception_context.arch.u(zx_exception_context.arch(context)));
        zx_x86_64_exc_data.vector(data, report.vector());
        zx_x86_64_exc_data.err_code(data, report.errorCode());
        zx_x86_64_exc_data.cr2(data, report.cr2());
        return record;
    }

    static MemorySegment threadStats(Caller caller, int value) {
        ThreadDispatcher thread = inspect(caller, value, ThreadDispatcher.class);
        MemorySegment record = caller.room(zx_info_thread_stats.layout());
        zx_info_thread_stats.total_runtime(record, thread.runtime());
        return record;
    }

    static MemorySegment vmar(Caller caller, int value) {
        VmarDispatcher vmar = inspect(caller, value, VmarDispatcher.class);
        MemorySegment record = caller.room(zx_info_vmar.layout());
        zx_info_vmar.base(record, vmar.base());
        zx_info_vmar.len(record, vmar.length());
        return record;
    }

    /// All processes have the same memory.
    static MemorySegment taskStats(Caller caller, int value) {
        ProcessDispatcher process = inspect(caller, value, ProcessDispatcher.class);
        if (process.state() == ProcessDispatcher.State.DEAD) {
            throw Refusal.BAD_STATE;
        }
        AddressSpace.Usage usage = process.kernel().machine().addressSpace().usage();
        MemorySegment record = caller.room(zx_info_task_stats.layout());
        zx_info_task_stats.mem_mapped_bytes(record, usage.mapped());
        zx_info_task_stats.mem_private_bytes(record, usage.unshared());
        zx_info_task_stats.mem_shared_bytes(record, usage.shared());
        zx_info_task_stats.mem_scaled_shared_bytes(record, usage.shared());
        return record;
    }

    private static <T extends Dispatcher> T inspect(Caller caller, int value, Class<T> type) {
        return caller.handles().get(value, ZX_RIGHT_INSPECT(), type);
    }
}
