package zircon.cli;

import zircon.Err;
import zircon.Ok;
import zircon.Zircon;
import zircon.emulation.HostEmulation;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks at everything that zx needs.
final class Doctor {
    private static final int JDK = 25;

    private Doctor() {}

    static List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        findings.add(jdk(Runtime.version(), System.getProperty("java.home")));
        findings.add(machine(System.getProperty("os.name"), System.getProperty("os.arch")));
        findings.add(nativeAccess(Zircon.class.getModule()));
        findings.add(compiler(System.getenv().getOrDefault("PATH", "")));
        findings.addAll(library());
        return findings;
    }

    static Finding jdk(Runtime.Version version, String home) {
        String found = "%s at %s".formatted(version, home);
        return version.feature() >= JDK
                ? Finding.ok("JDK", found)
                : Finding.wrong("JDK", found, "install JDK 25 and set JAVA_HOME to it");
    }

    static Finding machine(String os, String architecture) {
        String found = os + " " + architecture;
        if (os.equals("Fuchsia") || (os.equals("Linux") && architecture.equals("amd64"))) {
            return Finding.ok("machine", found);
        }
        return Finding.wrong(
                "machine", found, "use Linux on x86-64: the emulation exists for no other machine");
    }

    static Finding nativeAccess(Module module) {
        if (module.isNativeAccessEnabled()) {
            return Finding.ok("native access", "allowed");
        }
        String who = module.isNamed() ? module.getName() : "ALL-UNNAMED";
        return Finding.note(
                "native access",
                "not asked for; this JDK warns, a later one will refuse",
                "start java with --enable-native-access=" + who);
    }

    static Finding compiler(String path) {
        Optional<Path> cc = onPath("cc", path);
        if (cc.isPresent()) {
            return Finding.ok("C compiler", cc.get().toString());
        }
        return Finding.note(
                "C compiler",
                "no cc on PATH",
                "install one to build programs for zx run (Debian: apt-get install gcc libc6-dev)");
    }

    private static Optional<Path> onPath(String command, String path) {
        for (String folder : path.split(File.pathSeparator, -1)) {
            Path file = Path.of(folder, command);
            if (Files.isRegularFile(file) && Files.isExecutable(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /// The library, and what needs it: without it there is nothing more to try.
    private static List<Finding> library() {
        try {
            Zircon.Library library = Zircon.library();
            List<Finding> findings = new ArrayList<>();
            findings.add(
                    Finding.ok(
                            "libzircon",
                            switch (library.origin()) {
                                case NAMED -> "by -Dzircon.library: " + library.name();
                                case SYSTEM -> "the system's: " + library.name();
                                case BUNDLED -> "bundled: " + library.name();
                            }));
            findings.add(syscall());
            findings.addAll(emulation(library.origin()));
            return findings;
        } catch (LinkageError e) {
            return List.of(
                    Finding.wrong(
                            "libzircon",
                            Main.oneLine(e),
                            "do as it says; scripts/zx rebuilds what is missing"));
        }
    }

    private static Finding syscall() {
        return switch (Zircon.systemVersion()) {
            case Ok<String>(var version) ->
                    Finding.ok("syscall", "zx_system_get_version says " + version);
            case Err<String>(var status) ->
                    Finding.wrong(
                            "syscall",
                            "zx_system_get_version says " + status,
                            "use a libzircon that has the syscalls of Zircon of December 2018");
        };
    }

    private static List<Finding> emulation(Zircon.Origin origin) {
        if (origin != Zircon.Origin.BUNDLED) {
            return List.of(
                    Finding.note(
                            "emulation",
                            "none: this libzircon brings its own kernel",
                            "start without -Dzircon.library for zx demo and zx run"));
        }
        HostEmulation emulation = HostEmulation.instance();
        return List.of(
                Finding.ok("emulation", "running behind libzircon"), FaultProbe.probe(emulation));
    }
}
