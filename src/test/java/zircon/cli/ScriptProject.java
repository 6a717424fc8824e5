package zircon.cli;

import zircon.abi.CCompiler;
import zircon.kit.ForkedJvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// scripts/zx in a project of its own, whose name has a space. Its java and mvn only tell how they
/// were called, and make what they are told to; it is called through a symbolic link, from outside.
final class ScriptProject {
    /// Before anything was built.
    static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    private static final String JAVA =
            """
            #!/bin/sh
            echo "$*" >>"$0.calls"
            case $* in *AOTMode=record*) flock "$0.held" true ;; esac
            case $* in *AOTMode*) if [ -e "$0.broken" ]; then echo "will not do" >&2; exit 1; fi ;; esac
            echo java
            for argument; do
                echo "[$argument]"
                case $argument in
                    -XX:AOTConfiguration=*) echo >"${argument#*=}" ;;
                    -XX:AOTCache=*/new.aot) echo >"${argument#*=}" ;;
                esac
            done
            """;

    private static final String MVN =
            """
            #!/bin/sh
            for argument; do
                echo "[$argument]" >>"$0.calls"
                case $argument in */pom.xml) target=${argument%/pom.xml}/target ;; esac
            done
            if [ -e "$0.broken" ]; then echo "will not do"; exit 1; fi
            mkdir -p "$target/classes" "$target/lib"
            echo >"$target/classes/module-info.class"
            """;

    /// What it needs of the system, and nothing more.
    private static final List<String> TOOLS =
            List.of(
                    "bash",
                    "cat",
                    "find",
                    "flock",
                    "mkdir",
                    "mktemp",
                    "mv",
                    "nice",
                    "readlink",
                    "rm",
                    "sh",
                    "sha256sum",
                    "tail",
                    "timeout",
                    "touch");

    private final Path scratch;

    ScriptProject(Path scratch) throws IOException {
        this.scratch = scratch;
        Files.createDirectories(project().resolve("src/main"));
        Files.createDirectories(project().resolve("src/conformance"));
        Files.createDirectories(project().resolve("generated"));
        Files.createDirectories(project().resolve("scripts"));
        for (String script : List.of("zx", "built", "cached")) {
            Files.copy(
                    CCompiler.project("scripts").resolve(script),
                    project().resolve("scripts").resolve(script));
        }
        Files.writeString(project().resolve("pom.xml"), "");
        Files.createSymbolicLink(scratch.resolve("zx"), project().resolve("scripts/zx"));

        command(java(), JAVA);
        command(java().resolveSibling("jar"), "#!/bin/sh\n");
        Files.writeString(scratch.resolve("a jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");

        command(bin().resolve("mvn"), MVN);
        command(bin().resolve("cc"), "#!/bin/sh\n");
        for (String tool : TOOLS) {
            command(bin().resolve(tool), "#!/bin/sh\nexec /usr/bin/%s \"$@\"\n".formatted(tool));
        }
        for (String source : List.of("pom.xml", "src/main", "src/conformance", "generated")) {
            Files.setLastModifiedTime(project().resolve(source), LONG_AGO);
        }
    }

    Path project() {
        return scratch.resolve("a project");
    }

    /// All that is on the PATH.
    Path bin() {
        return scratch.resolve("bin");
    }

    /// The java that tells how it was called. It records nothing for a cache while somebody has
    /// locked its file `.held`.
    Path java() {
        return scratch.resolve("a jdk/bin/java");
    }

    /// Runs it.
    Zx run(Map<String, String> more, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/flock", "--shared", running()));
        command.add(scratch.resolve("zx").toString());
        command.addAll(List.of(arguments));
        Map<String, String> environment = new HashMap<>(more);
        environment.put("PATH", bin().toString());
        environment.put("JAVA_HOME", scratch.resolve("a jdk").toString());
        return Zx.start(command, scratch, environment);
    }

    /// A file that each run has locked until the last of its processes ends.
    private String running() {
        return scratch.resolve("running").toString();
    }

    /// Waits until no run has a process left, not even in the background.
    void awaitAll() throws IOException, InterruptedException {
        var _ = ForkedJvm.run(List.of("flock", running(), "true"), Map.of());
    }

    private static void command(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
