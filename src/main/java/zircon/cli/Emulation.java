package zircon.cli;

import zircon.emulation.HostEmulation;

/// The emulation, for commands that cannot do without.
final class Emulation {
    private Emulation() {}

    static HostEmulation instance() {
        try {
            return HostEmulation.instance();
        } catch (IllegalStateException e) {
            throw new CommandFailure(ExitStatus.FAILED, Main.oneLine(e), e);
        }
    }
}
