package zircon.conformance.report;

import java.util.List;
import java.util.stream.Collectors;

/// The section with all failures, each with its smallest program.
final class FailureList {
    /// With more of them, each has to be opened.
    private static final int OPEN = 8;

    private FailureList() {}

    static String of(Report report, List<Finding> findings) {
        return """
        <section id="failures">
        <h2>Failures</h2>
        %s</section>
        """
                .formatted(
                        findings.isEmpty()
                                ? "<p class=\"none\">None.</p>\n"
                                : findings.stream()
                                        .map(finding -> failure(report, finding, findings.size()))
                                        .collect(Collectors.joining()));
    }

    private static String failure(Report report, Finding finding, int all) {
        Failure failure = finding.failure();
        return """
        <details class="failure" id="%s"%s>
        <summary><span class="rule bad">%s</span> <code>%s</code> <span class="what">%s</span></summary>
        <p>%s</p>
        %s%s%s%s<p class="again">Again: <code>%s</code></p>
        </details>
        """
                .formatted(
                        finding.id(),
                        all <= OPEN ? " open" : "",
                        Markup.escape(failure.kind()),
                        Markup.escape(finding.property().name()),
                        Markup.escape(failure.message()),
                        Markup.escape(story(failure)),
                        program("Listing", failure.listing(), true),
                        program("For jshell", failure.jshell(), false),
                        program("In C", failure.c(), false),
                        program("Stacks", failure.details(), false),
                        Markup.escape(command(report, finding)));
    }

    private static String story(Failure failure) {
        String first =
                "First in trial %s, a program of %s; %s failed so."
                        .formatted(
                                Words.count(failure.trial()),
                                steps(failure.firstSteps()),
                                failure.count() == 1 ? "it alone" : failure.count() + " trials");
        if (failure.isFinal()) {
            return first + " It was not run again.";
        }
        if (failure.again() == 0) {
            return first + " Run again, it did not fail again; so it was not made smaller.";
        }
        return "%s The smallest of %s that were tried: %s. Run again, the first failed %d of %d times."
                .formatted(
                        first,
                        Words.count(failure.attempts()),
                        steps(failure.steps()),
                        failure.again(),
                        Failure.RERUNS);
    }

    private static String steps(int steps) {
        return steps == 1 ? "1 step" : steps + " steps";
    }

    private static String program(String name, String text, boolean isOpen) {
        return text.isEmpty()
                ? ""
                : "<details class=\"program\"%s><summary>%s</summary><pre>%s</pre></details>\n"
                        .formatted(isOpen ? " open" : "", name, Markup.escape(text));
    }

    private static String command(Report report, Finding finding) {
        long number =
                finding.failure().trial() + 1; // the last of so many shards is this trial alone
        return "scripts/zx conformance%s --only %s --seed %d --tries %d --shard %d/%d"
                .formatted(
                        report.library().startsWith("/") ? " --library " + report.library() : "",
                        finding.property().name(),
                        report.seed(),
                        number,
                        number,
                        number);
    }
}
