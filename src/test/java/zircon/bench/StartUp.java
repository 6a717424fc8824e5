package zircon.bench;

import zircon.bench.plan.Case;
import zircon.bench.report.Round;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Times whole processes, from their start to their end: the cases whose benchmark is called
/// `StartUp.` and the name of a command.
final class StartUp {
    private static final String PREFIX = "StartUp.";
    private static final int STARTS = 2;
    private static final long STUCK_SECONDS = 60;

    private final Set<String> primed = new HashSet<>();

    static boolean measures(Case one) {
        return one.benchmark().startsWith(PREFIX);
    }

    /// Starts the case's process some times, one after the other.
    Round round(Case one) {
        try {
            ProcessBuilder process = process(one);
            if (isCached(one) && primed.add(one.name())) {
                var _ = nanos(process); // it has the cache made
                awaitCache();
            }
            List<Double> nanos = new ArrayList<>();
            for (int i = 0; i < STARTS; i++) {
                nanos.add(nanos(process));
            }
            return new Round(nanos, List.of());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(one.name() + " could not be measured", e);
        }
    }

    private static boolean isCached(Case one) {
        return "on".equals(one.parameters().get("cache"));
    }

    private static ProcessBuilder process(Case one) throws IOException {
        Path input = Files.writeString(Built.file("input"), "/exit\n"); // for jshell
        ProcessBuilder process =
                new ProcessBuilder(command(one.benchmark().substring(PREFIX.length())))
                        .redirectInput(input.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(Built.file("output").toFile());
        process.environment().put("JAVA_HOME", System.getProperty("java.home"));
        process.environment().put("XDG_CACHE_HOME", Built.folder().toString());
        process.environment().put("ZIRCON_CACHE", isCached(one) ? "" : "off");
        return process;
    }

    private static List<String> command(String name) {
        return switch (name) {
            case "line" -> java(OneLine.class);
            case "linking" -> java(Linking.class);
            case "demo" -> List.of(script("zx"), "demo");
            case "run" -> List.of(script("zx"), "run", Built.file("empty.so").toString());
            case "plainJshell" -> List.of(tool("jshell"));
            case "jshell" -> List.of(script("jshell"));
            default -> throw new IllegalArgumentException("no command is called " + name);
        };
    }

    /// As scripts/zx starts it.
    private static List<String> java(Class<?> main) {
        return List.of(
                tool("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private static String script(String name) {
        return Path.of(System.getProperty("bench.scripts", "scripts"), name).toString();
    }

    private static double nanos(ProcessBuilder builder) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = builder.start();
        boolean ended = process.waitFor(STUCK_SECONDS, TimeUnit.SECONDS);
        long nanos = System.nanoTime() - start;
        if (!ended || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(
                    "%s %s; it said: %s"
                            .formatted(
                                    builder.command(),
                                    ended ? "failed" : "does not end",
                                    Files.readString(Built.file("output"))));
        }
        return nanos;
    }

    /// Whoever makes the cache holds a lock.
    private static void awaitCache() throws IOException, InterruptedException {
        File lock = Built.file("zircon-ffm/lock").toFile();
        var _ = new ProcessBuilder("flock", lock.toString(), "true").inheritIO().start().waitFor();
    }
}
