package zircon.emulation;

import zircon.emulation.kernel.Refusal;
import zircon.sys.zircon_h;

/// What the kernel's refusals are called in C.
final class RefusalText {
    private RefusalText() {}

    static String of(Refusal refusal) {
        return zircon_h.zx_status_get_string(refusal.status()).getString(0);
    }
}
