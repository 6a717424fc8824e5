package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_RIGHT_ENUMERATE;
import static zircon.sys.zircon_h.ZX_RIGHT_INSPECT;

import zircon.emulation.kernel.AddressSpace;
import zircon.emulation.kernel.AddressSpace.Mapping;
import zircon.emulation.kernel.JobDispatcher;
import zircon.emulation.kernel.ProcessDispatcher;
import zircon.emulation.kernel.Refusal;
import zircon.emulation.kernel.VmarDispatcher;
import zircon.sys.zx_info_maps;
import zircon.sys.zx_info_maps_mapping;
import zircon.sys.zx_info_vmo;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The list topics of `zx_object_get_info`.
///
/// Each looks the handle up, under the lock, and returns what lists without it.
final class InfoLists {
    // What an entry of PROCESS_MAPS is, and what its pages allow. The headers have no names for
    // these.
    private static final int TYPE_ADDRESS_SPACE = 1;
    private static final int TYPE_VMAR = 2;
    private static final int TYPE_MAPPING = 3;
    private static final int READ = 1;
    private static final int WRITE = 2;
    private static final int EXECUTE = 4;
    private static final int PAGED_AND_MAPPED = 0x11;
    // Memory objects do not exist here. Each mapping stands for one, with a koid that no object
    // gets.
    private static final long VMO_KOIDS = 1L << 62;
    private static final int PAGE_SIZE = 4096;

    private InfoLists() {}

    static Supplier<InfoList> processThreads(Caller caller, int handle) {
        InfoList list =
                InfoList.koids(
                        caller.handles()
                                .get(handle, ZX_RIGHT_ENUMERATE(), ProcessDispatcher.class)
                                .threads());
        return () -> list;
    }

    static Supplier<InfoList> jobChildren(Caller caller, int handle) {
        InfoList list = InfoList.koids(enumerate(caller, handle).jobs());
        return () -> list;
    }

    static Supplier<InfoList> jobProcesses(Caller caller, int handle) {
        InfoList list = InfoList.koids(enumerate(caller, handle).processes());
        return () -> list;
    }

    private static JobDispatcher enumerate(Caller caller, int handle) {
        return caller.handles().get(handle, ZX_RIGHT_ENUMERATE(), JobDispatcher.class);
    }

    static Supplier<InfoList> processMaps(Caller caller, int handle) {
        ProcessDispatcher process = inspectOther(caller, handle);
        if (process.state() == ProcessDispatcher.State.DEAD) {
            throw Refusal.BAD_STATE;
        }
        AddressSpace space = process.kernel().machine().addressSpace();
        return () -> maps(process, space.mappings());
    }

    static Supplier<InfoList> processVmos(Caller caller, int handle) {
        ProcessDispatcher process = inspectOther(caller, handle);
        if (process.state() != ProcessDispatcher.State.RUNNING) {
            throw Refusal.BAD_STATE;
        }
        AddressSpace space = process.kernel().machine().addressSpace();
        return () -> InfoList.of(space.mappings(), zx_info_vmo.sizeof(), InfoLists::fillVmo);
    }

    private static ProcessDispatcher inspectOther(Caller caller, int handle) {
        ProcessDispatcher process =
                caller.handles().get(handle, ZX_RIGHT_INSPECT(), ProcessDispatcher.class);
        if (process == caller.process()) {
            throw Refusal.ACCESS_DENIED;
        }
        return process;
    }

    /// One entry of PROCESS_MAPS. All have the form of a mapping; what is none has an empty one.
    private record MapsEntry(String name, long base, long size, int depth, int type, Pages pages) {}

    private record Pages(int flags, long vmo, long offset, long committed) {
        static final Pages NONE = new Pages(0, 0, 0, 0);
    }

    /// The address space, its root region, and in it the mappings.
    private static InfoList maps(ProcessDispatcher process, List<Mapping> mappings) {
        VmarDispatcher root = process.rootVmar();
        List<MapsEntry> entries = new ArrayList<>();
        entries.add(entry("proc:" + process.koid(), root, 0, TYPE_ADDRESS_SPACE));
        entries.add(entry("root", root, 1, TYPE_VMAR));
        for (Mapping mapping : mappings) {
            entries.add(
                    new MapsEntry(
                            mapping.name(),
                            mapping.base(),
                            mapping.size(),
                            2,
                            TYPE_MAPPING,
                            new Pages(
                                    flags(mapping.access()),
                                    vmoOf(mapping),
                                    mapping.offset(),
                                    mapping.committed() / PAGE_SIZE)));
        }
        return InfoList.of(entries, zx_info_maps.sizeof(), InfoLists::fillEntry);
    }

    private static MapsEntry entry(String name, VmarDispatcher region, int depth, int type) {
        return new MapsEntry(name, region.base(), region.length(), depth, type, Pages.NONE);
    }

    private static void fillEntry(MemorySegment record, MapsEntry entry) {
        fillName(zx_info_maps.name(record), entry.name());
        zx_info_maps.base(record, entry.base());
        zx_info_maps.size(record, entry.size());
        zx_info_maps.depth(record, entry.depth());
        zx_info_maps.type(record, entry.type());
        MemorySegment mapping = zx_info_maps.u.mapping(zx_info_maps.u(record));
        zx_info_maps_mapping.mmu_flags(mapping, entry.pages().flags());
        zx_info_maps_mapping.vmo_koid(mapping, entry.pages().vmo());
        zx_info_maps_mapping.vmo_offset(mapping, entry.pages().offset());
        zx_info_maps_mapping.committed_pages(mapping, entry.pages().committed());
    }

    private static void fillVmo(MemorySegment record, Mapping mapping) {
        zx_info_vmo.koid(record, vmoOf(mapping));
        fillName(zx_info_vmo.name(record), mapping.name());
        zx_info_vmo.size_bytes(record, mapping.offset() + mapping.size());
        zx_info_vmo.num_mappings(record, 1);
        zx_info_vmo.share_count(record, 1);
        zx_info_vmo.flags(record, PAGED_AND_MAPPED);
        zx_info_vmo.committed_bytes(record, mapping.committed());
    }

    private static long vmoOf(Mapping mapping) {
        return VMO_KOIDS | mapping.base() / PAGE_SIZE;
    }

    private static int flags(AddressSpace.Access access) {
        return (access.read() ? READ : 0)
                | (access.write() ? WRITE : 0)
                | (access.execute() ? EXECUTE : 0);
    }

    /// The end of a name, which says more than its beginning; the last byte stays zero.
    private static void fillName(MemorySegment field, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, (int) field.byteSize() - 1);
        MemorySegment.copy(bytes, bytes.length - length, field, ValueLayout.JAVA_BYTE, 0, length);
    }
}
