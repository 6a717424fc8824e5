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
        Fault fault =
                new Fault(
                        Failure.CRASH,
                        "the JVM ended with exit status %d%s"
                                .formatted(exitStatus, Fault.in(slate.step())),
                        tail(workplace.output()) + tail(workplace.crash()));
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

    private static String tail(Path file) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        return lines.stream()
                .skip(Math.max(0, lines.size() - LINES))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
