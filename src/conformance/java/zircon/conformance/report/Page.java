package zircon.conformance.report;

import java.util.List;
import java.util.stream.Collectors;

/// A report as one HTML page that needs nothing beside it.
final class Page {
    private Page() {}

    static String of(Report report) {
        List<Finding> findings = Finding.all(report);
        return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>%s</title>
        <style>
        %s</style>
        </head>
        <body>
        %s<main>
        %s%s%s%s%s</main>
        </body>
        </html>
        """
                .formatted(
                        Markup.escape(verdict(report)),
                        Style.CSS,
                        header(report, findings),
                        PropertyTable.of(report),
                        ErrorMatrix.of(report),
                        ExchangeDiagram.of(report),
                        SearchOrder.of(report),
                        FailureList.of(report, findings));
    }

    private static String verdict(Report report) {
        long failed = report.count(Outcome.FAILED);
        long run = report.properties().size() - report.count(Outcome.NOT_RUN);
        return failed == 0
                ? "%d of %d properties hold".formatted(run, report.properties().size())
                : "%d of %d properties fail".formatted(failed, report.properties().size());
    }

    private static String header(Report report, List<Finding> findings) {
        double rate = (double) report.sum(PropertyReport::steps) / Math.max(report.seconds(), 1e-9);
        return """
        <header class="%s">
        <p class="kicker">Zircon for Java · conformance of %s</p>
        <h1>%s</h1>
        <p class="squares">%s</p>
        <dl class="facts">%s%s%s%s%s%s%s%s%s</dl>
        <nav><a href="#properties">Properties</a><a href="#errors">Order of errors</a>\
        <a href="#exchange">Exception exchange</a><a href="#search">Search order</a>\
        <a href="#failures">Failures (%d)</a></nav>
        </header>
        """
                .formatted(
                        report.count(Outcome.FAILED) == 0 ? "held" : "failed",
                        Markup.escape(report.library()),
                        Markup.escape(verdict(report)),
                        report.properties().stream()
                                .map(Page::square)
                                .collect(Collectors.joining()),
                        fact("trials", Words.count(report.sum(PropertyReport::tried))),
                        fact("model steps", Words.count(report.sum(PropertyReport::steps))),
                        fact("steps per second", Words.count(Math.round(rate))),
                        fact("not run", Words.count(report.count(Outcome.NOT_RUN))),
                        fact("time", Words.time(report.seconds())),
                        fact("seed", Long.toString(report.seed())),
                        fact("shard", String.join(", ", report.shards())),
                        fact("ended", report.ended()),
                        fact("when and where", report.started() + ", " + report.machine()),
                        findings.size());
    }

    private static String fact(String name, String value) {
        return "<div><dt>%s</dt><dd>%s</dd></div>".formatted(name, Markup.escape(value));
    }

    private static String square(PropertyReport property) {
        return "<a class=\"%s\" href=\"#p-%s\" title=\"%s: %s\"></a>"
                .formatted(
                        Words.css(property.outcome()),
                        Markup.escape(property.name()),
                        Markup.escape(property.name()),
                        property.outcome());
    }
}
