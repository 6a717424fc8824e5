package zircon.internal;

import zircon.sys.zx_exception_context;
import zircon.sys.zx_exception_context_arch;
import zircon.sys.zx_exception_header;
import zircon.sys.zx_exception_report;
import zircon.sys.zx_info_handle_basic;
import zircon.sys.zx_info_handle_count;
import zircon.sys.zx_info_maps;
import zircon.sys.zx_info_maps_mapping;
import zircon.sys.zx_info_process;
import zircon.sys.zx_info_process_handle_stats;
import zircon.sys.zx_info_task_stats;
import zircon.sys.zx_info_thread;
import zircon.sys.zx_info_thread_stats;
import zircon.sys.zx_info_vmar;
import zircon.sys.zx_info_vmo;
import zircon.sys.zx_x86_64_exc_data;

import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/// The records of `zx_object_get_info`, by the generated layouts: one line per field.
public final class InfoStructs {
    private InfoStructs() {}

    /// `zx_info_handle_basic_t`.
    public static final class HandleBasic {
        public static final GroupLayout LAYOUT = Structs.layout(zx_info_handle_basic::layout);

        private HandleBasic() {}

        public static long koid(MemorySegment info) {
            return zx_info_handle_basic.koid(info);
        }

        public static int rights(MemorySegment info) {
            return zx_info_handle_basic.rights(info);
        }

        public static int type(MemorySegment info) {
            return zx_info_handle_basic.type(info);
        }

        public static long relatedKoid(MemorySegment info) {
            return zx_info_handle_basic.related_koid(info);
        }

        public static int props(MemorySegment info) {
            return zx_info_handle_basic.props(info);
        }
    }

    /// `zx_info_handle_count_t`.
    public static final class HandleCount {
        public static final GroupLayout LAYOUT = Structs.layout(zx_info_handle_count::layout);

        private HandleCount() {}

        public static int handleCount(MemorySegment info) {
            return zx_info_handle_count.handle_count(info);
        }
    }

    /// `zx_info_process_t`.
    public static final class ProcessInfo {
        public static final GroupLayout LAYOUT = Structs.layout(zx_info_process::layout);

        private ProcessInfo() {}

        public static long returnCode(MemorySegment info) {
            return zx_info_process.return_code(info);
        }

        public static boolean started(MemorySegment info) {
            return zx_info_process.started(info);
        }

        public static boolean exited(MemorySegment info) {
            return zx_info_process.exited(info);
        }

        public static boolean debuggerAttached(MemorySegment info) {
            return zx_info_process.debugger_attached(info);
        }
    }

    /// `zx_info_thread_t`.
    public static final class ThreadInfo {
        public static final GroupLayout LAYOUT = Structs.layout(zx_info_thread::layout);

        private ThreadInfo() {}

        public static int state(MemorySegment info) {
            return zx_info_thread.state(info);
        }

        public static int waitExceptionPortType(MemorySegment info) {
            return zx_info_thread.wait_exception_port_type(info);
        }
    }

    /// `zx_exception_report_t`, with the context of x86-64.
    public static final class ExceptionReport {
        public static final GroupLayout LAYOUT = Structs.layout(zx_exception_report::layout);

        private ExceptionReport() {}

        public static int type(MemorySegment report) {
            return zx_exception_header.type(zx_exception_report.header(report));
        }

        public static long vector(MemorySegment report) {
            return zx_x86_64_exc_data.vector(x8664(report));
        }

        public static long errCode(MemorySegment report) {
            return zx_x86_64_exc_data.err_code(x8664(report));
        }

        public static long cr2(MemorySegment report) {
            return zx_x86_64_exc_data.cr2(x8664(report));
        }

        private static MemorySegment x8664(MemorySegment report) {
            MemorySegment context = zx_exception_report.context(report);
            MemorySegment arch = zx_exception_context.arch(context);
            return zx_exception_context_arch.x86_64(zx_exception_context.arch.u(arch));
        }
    }

    /// `zx_info_vmar_t`.
    public static final class Vmar {
        public static final GroupLayout LAYOUT = Structs.layout(zx_info_vmar::layout);

        private Vmar() {}

        public static long base(MemorySegment info) {
            return zx_info_vmar.base(info);
        }

        public static long len(MemorySegment info) {
            return zx_info_vmar.len(info);
        }
    }

    /// `zx_info_task_stats_t`.
    public static final class TaskStats {
        public static final GroupLayout LAYOUT = Structs.layout(zx_info_task_stats::layout);

        private TaskStats() {}

        public static long mappedBytes(MemorySegment info) {
            return zx_info_task_stats.mem_mapped_bytes(info);
        }

        public static long privateBytes(MemorySegment info) {
            return zx_info_task_stats.mem_private_bytes(info);
        }

        public static long sharedBytes(MemorySegment info) {
            return zx_info_task_stats.mem_shared_bytes(info);
        }

        public static long scaledSharedBytes(MemorySegment info) {
            return zx_info_task_stats.mem_scaled_shared_bytes(info);
        }
    }

    /// `zx_info_thread_stats_t`.
    public static final class ThreadStats {
        public static final GroupLayout LAYOUT = Structs.layout(zx_info_thread_stats::layout);

        private ThreadStats() {}

        public static long totalRuntime(MemorySegment info) {
            return zx_info_thread_stats.total_runtime(info);
        }
    }

    /// `zx_info_process_handle_stats_t`: a count for each number of an object type.
    public static final class HandleStats {
        public static final GroupLayout LAYOUT =
                Structs.layout(zx_info_process_handle_stats::layout);

        /// How many counts there are.
        public static final int TYPES = (int) (LAYOUT.byteSize() / Integer.BYTES);

        private HandleStats() {}

        public static int handleCount(MemorySegment info, int type) {
            return zx_info_process_handle_stats.handle_count(info, type);
        }
    }

    /// `zx_info_maps_t`.
    public static final class Maps {
        public static final GroupLayout LAYOUT = Structs.layout(zx_info_maps::layout);

        private Maps() {}

        public static String name(MemorySegment info) {
            return text(zx_info_maps.name(info));
        }

        public static long base(MemorySegment info) {
            return zx_info_maps.base(info);
        }

        public static long size(MemorySegment info) {
            return zx_info_maps.size(info);
        }

        public static long depth(MemorySegment info) {
            return zx_info_maps.depth(info);
        }

        public static int type(MemorySegment info) {
            return zx_info_maps.type(info);
        }

        public static int mmuFlags(MemorySegment info) {
            return zx_info_maps_mapping.mmu_flags(mapping(info));
        }

        public static long vmoKoid(MemorySegment info) {
            return zx_info_maps_mapping.vmo_koid(mapping(info));
        }

        public static long vmoOffset(MemorySegment info) {
            return zx_info_maps_mapping.vmo_offset(mapping(info));
        }

        public static long committedPages(MemorySegment info) {
            return zx_info_maps_mapping.committed_pages(mapping(info));
        }

        private static MemorySegment mapping(MemorySegment info) {
            return zx_info_maps.u.mapping(zx_info_maps.u(info));
        }
    }

    /// `zx_info_vmo_t`.
    public static final class Vmo {
        public static final GroupLayout LAYOUT = Structs.layout(zx_info_vmo::layout);

        private Vmo() {}

        public static long koid(MemorySegment info) {
            return zx_info_vmo.koid(info);
        }

        public static String name(MemorySegment info) {
            return text(zx_info_vmo.name(info));
        }

        public static long sizeBytes(MemorySegment info) {
            return zx_info_vmo.size_bytes(info);
        }

        public static long parentKoid(MemorySegment info) {
            return zx_info_vmo.parent_koid(info);
        }

        public static long numChildren(MemorySegment info) {
            return zx_info_vmo.num_children(info);
        }

        public static long numMappings(MemorySegment info) {
            return zx_info_vmo.num_mappings(info);
        }

        public static long shareCount(MemorySegment info) {
            return zx_info_vmo.share_count(info);
        }

        public static int flags(MemorySegment info) {
            return zx_info_vmo.flags(info);
        }

        public static long committedBytes(MemorySegment info) {
            return zx_info_vmo.committed_bytes(info);
        }

        public static int handleRights(MemorySegment info) {
            return zx_info_vmo.handle_rights(info);
        }

        public static int createOptions(MemorySegment info) {
            return zx_info_vmo.create_options(info);
        }

        public static int cachePolicy(MemorySegment info) {
            return zx_info_vmo.cache_policy(info);
        }
    }

    /// The text in an array of characters, up to its end or to a NUL.
    private static String text(MemorySegment characters) {
        byte[] bytes = characters.toArray(ValueLayout.JAVA_BYTE);
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
