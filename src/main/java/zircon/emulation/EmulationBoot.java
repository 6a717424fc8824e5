package zircon.emulation;

import zircon.spi.KernelBoot;

/// Boots the emulation behind the bundled gate; the wrapper finds this class as a service.
@SuppressWarnings("exports") // public for the service loader alone
public final class EmulationBoot implements KernelBoot {
    /// For the service loader.
    public EmulationBoot() {}

    @Override
    public void boot() {
        HostEmulation.boot();
    }
}
