package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_OK;

import static java.nio.charset.StandardCharsets.US_ASCII;

import zircon.emulation.kernel.Refusal;

import java.util.Arrays;

/// `zx_system_*`.
public final class SystemSyscalls {
    private static final int VERSION_SIZE = 64;
    private static final String VERSION = "zircon-ffm emulation";

    SystemSyscalls() {}

    /// `zx_system_get_version`.
    public int systemGetVersion(Caller caller, long version, long size) {
        if (Long.compareUnsigned(size, VERSION_SIZE) < 0) {
            throw Refusal.BUFFER_TOO_SMALL;
        }
        caller.storeBytes(version, Arrays.copyOf(VERSION.getBytes(US_ASCII), VERSION_SIZE));
        return ZX_OK();
    }
}
