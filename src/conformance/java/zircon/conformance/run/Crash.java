package zircon.conformance.run;

import net.jqwik.api.sessions.JqwikSession;

import org.jspecify.annotations.Nullable;

import zircon.conformance.Property;
import zircon.conformance.Trial;
import zircon.conformance.report.Failure;
import zircon.conformance.report.PropertyReport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/// What there is to say of a worker that died in the middle of a trial: the trial can be made
/// again, without being run.
final class Crash {
    private static final int LINES = 60;

    private final Plan plan;
    private final Workplace workplace;

    Crash(Plan plan, Workplace workplace) {
        this.plan = plan;
        this.workplace = workplace;
    }

    PropertyReport report(Property property, Slate slate, int exitStatus) throws IOException {
        long number = Math.max(0, slate.trial());
        List<String> output = lines(workplace.output());
        List<String> crash = lines(workplace.crash());
        Fault fault =
                new Fault(
                        Failure.CRASH,
                        "the JVM ended with exit status %d%s%s"
                                .formatted(exitStatus, frame(crash), Fault.in(slate.step())),
                        text(output.subList(Math.max(0, output.size() - LINES), output.size()))
                                + text(crash.subList(0, Math.min(LINES, crash.size()))));
        Findings findings = new Findings(property, plan.planned(property), _ -> {});
        findings.resume(slate.tried(), slate.failing(), slate.steps());
        findings.broken(number, trial(property, number), true, fault);
        return findings.report("ended by the end of the JVM; what its trials showed is lost");
    }

    private @Nullable Trial trial(Property property, long number) {
        AtomicReference<@Nullable Trial> trial = new AtomicReference<>();
        JqwikSession.run(() -> trial.set(PropertyRun.trial(plan.seed(), property, number).value()));
        return trial.get();
    }

    /// Where it crashed, if it was not ended otherwise.
    private static String frame(List<String> crash) {
        int title = crash.indexOf("# Problematic frame:");
        return title < 0 ? "" : " at " + crash.get(title + 1).substring(1).strip();
    }

    private static String text(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file)
                ? Files.readAllLines(file, StandardCharsets.ISO_8859_1)
                : List.of();
    }
}
