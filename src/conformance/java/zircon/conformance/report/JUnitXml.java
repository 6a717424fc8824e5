package zircon.conformance.report;

import java.util.Locale;
import java.util.stream.Collectors;

/// A report as continuous integration reads it: each property is a test case.
final class JUnitXml {
    private JUnitXml() {}

    static String of(Report report) {
        return """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuite name="zircon.conformance" tests="%d" failures="%d" errors="0" skipped="%d" time="%s" \
        timestamp="%s">
        <properties>
        <property name="library" value="%s"/>
        <property name="seed" value="%d"/>
        <property name="shards" value="%s"/>
        <property name="ended" value="%s"/>
        </properties>
        %s</testsuite>
        """
                .formatted(
                        report.properties().size(),
                        report.count(Outcome.FAILED),
                        report.count(Outcome.NOT_RUN),
                        seconds(report.seconds()),
                        report.started().replace("Z", ""),
                        Markup.escape(report.library()),
                        report.seed(),
                        String.join(" ", report.shards()),
                        Markup.escape(report.ended()),
                        report.properties().stream()
                                .map(JUnitXml::testCase)
                                .collect(Collectors.joining()));
    }

    private static String testCase(PropertyReport property) {
        int dot = property.name().lastIndexOf('.');
        return "<testcase classname=\"conformance.%s\" name=\"%s\" time=\"%s\">%s</testcase>\n"
                .formatted(
                        Markup.escape(dot < 0 ? "properties" : property.name().substring(0, dot)),
                        Markup.escape(property.name().substring(dot + 1)),
                        seconds(property.seconds()),
                        result(property));
    }

    private static String result(PropertyReport property) {
        return switch (property.outcome()) {
            case PASSED -> "";
            case NOT_RUN -> "<skipped message=\"%s\"/>".formatted(escape(property.reason()));
            // At most one failure is allowed in a test case.
            case FAILED ->
                    "<failure type=\"%s\" message=\"%s\">%s</failure>"
                            .formatted(
                                    escape(property.failures().getFirst().kind()),
                                    escape(property.failures().getFirst().message()),
                                    property.failures().stream()
                                            .map(JUnitXml::text)
                                            .collect(Collectors.joining("\n")));
        };
    }

    private static String text(Failure failure) {
        return escape(
                "%s%n(trial %d, %d of %d steps)%n%s%n%s"
                        .formatted(
                                failure.message(),
                                failure.trial(),
                                failure.steps(),
                                failure.firstSteps(),
                                failure.listing(),
                                failure.details()));
    }

    private static String escape(String text) {
        return Markup.escape(text);
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }
}
