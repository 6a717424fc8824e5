/// Zircon's syscalls for Java: a safe wrapper over jextract's bindings, and an emulation of the kernel for machines that
/// are not Fuchsia.
module zircon {
    requires jdk.jfr;
    requires jdk.unsupported; // sun.misc.Signal
    requires static com.google.gson;
    requires static info.picocli;
    requires static net.jqwik.api;
    requires static org.junit.jupiter.api;
    requires static org.jspecify;

    exports zircon;
    exports zircon.emulation;
    exports zircon.jqwik;
    exports zircon.junit;
    exports zircon.testing;

    opens zircon.cli to
            info.picocli;

    uses zircon.spi.KernelBoot;

    provides zircon.spi.KernelBoot with
            zircon.emulation.EmulationBoot;
}
