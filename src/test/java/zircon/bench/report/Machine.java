package zircon.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

/// Where and when a run was.
///
/// @param started when, in UTC
/// @param processor its name
/// @param processors how many the JVM may use
/// @param system the operating system
/// @param jvm name and version
/// @param load how many threads wanted to run, on average of a minute, before the run began
public record Machine(
        String started, String processor, int processors, String system, String jvm, double load) {

    /// This one, now.
    public static Machine here() {
        return new Machine(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                loadAverage());
    }

    private static String processorName() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException unknown) {
            return System.getProperty("os.arch");
        }
    }

    private static double loadAverage() {
        try {
            return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
        } catch (IOException | NumberFormatException unknown) {
            return -1;
        }
    }

    /// For a person.
    @Override
    public String toString() {
        return "%s, %d processors (load %.1f at the start), %s; %s; %s"
                .formatted(processor, processors, load, system, jvm, started);
    }
}
