package zircon.emulation.host;

import static zircon.sys.zircon_h.ZX_ERR_BAD_SYSCALL;

import org.jspecify.annotations.Nullable;

import zircon.sys.host.zx_host_h;
import zircon.sys.host.zx_host_table;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// What the gate calls: the one set of upcalls of this JVM, which lead to the kernel of the moment.
///
/// It is never freed: some thread may be inside a call of it for as long as the JVM lives.
public final class GateTable {
    private final MemorySegment table;
    private volatile @Nullable HostKernel current;

    public GateTable() {
        Arena forever = Arena.global();
        table = zx_host_table.allocate(forever);
        zx_host_table.thread_attach(
                table, zx_host_table.thread_attach.allocate(this::attach, forever));
        zx_host_table.exception(table, zx_host_table.exception.allocate(this::exception, forever));
        zx_host_table.interrupted(
                table, zx_host_table.interrupted.allocate(this::interrupted, forever));
        zx_host_table.syscall(table, zx_host_table.syscall.allocate(this::syscall, forever));
    }

    /// Puts a kernel behind the gate, in the place of the one before.
    public void install(HostKernel kernel) {
        current = kernel;
        zx_host_h.zx_host_install(table);
    }

    private long attach(MemorySegment record) {
        HostKernel kernel = current;
        return kernel == null ? 0 : kernel.attach(record);
    }

    private void exception(long name) {
        HostKernel kernel = current;
        if (kernel != null) {
            kernel.exception(name);
        }
    }

    private void interrupted(long name) {
        HostKernel kernel = current;
        if (kernel != null) {
            kernel.interrupted(name);
        }
    }

    private long syscall(
            long name, int number, long a, long b, long c, long d, long e, long f, long g, long h) {
        HostKernel kernel = current;
        return kernel == null
                ? ZX_ERR_BAD_SYSCALL()
                : kernel.syscall(name, number, a, b, c, d, e, f, g, h);
    }
}
