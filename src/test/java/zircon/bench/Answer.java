package zircon.bench;

import zircon.sys.zircon_h;

/// What the calls of a benchmark answer.
public enum Answer {
    OK(zircon_h.ZX_OK()),
    ALREADY_BOUND(zircon_h.ZX_ERR_ALREADY_BOUND()),
    BAD_HANDLE(zircon_h.ZX_ERR_BAD_HANDLE());

    private final int status;

    Answer(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    /// A benchmark of something else than it says is worse than none.
    void require(int actual) {
        if (actual != status) {
            throw new AssertionError(
                    "the call answers %d, and is to answer %s (%d)"
                            .formatted(actual, this, status));
        }
    }
}
