package zircon.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The results as a page that needs nothing else: a bar for each case, as long as it takes.
public final class Page {
    private static final String TITLE = "Zircon for Java · what calls cost";

    private Page() {}

    /// Lays it out.
    public static String of(Results results) {
        return """
        <!DOCTYPE html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s</title>
        <style>
        %s</style>
        <h1>%s</h1>
        %s%s%s</html>
        """
                .formatted(
                        TITLE,
                        Style.CSS,
                        TITLE,
                        results.lines().stream()
                                .map(line -> "<p class=\"soft\">" + escape(line) + "</p>\n")
                                .collect(Collectors.joining()),
                        results.groups().stream()
                                .map(group -> section(group, results))
                                .collect(Collectors.joining()),
                        GrowthSection.of(results.growth()));
    }

    private static String section(Results.Shown group, Results results) {
        double longest = longest(group.cases());
        return """
        <section id="%s">
        <h2>%s</h2>
        <table>
        <thead><tr><th></th><th>time of an operation</th><th class="number"></th>\
        <th class="number">B/op</th><th class="number">ratio</th><th>to</th></tr></thead>
        %s</table>
        </section>
        """
                .formatted(
                        escape(group.name()),
                        escape(group.title()),
                        group.cases().stream()
                                .map(one -> row(one, longest, results))
                                .collect(Collectors.joining()));
    }

    private static double longest(List<Measured> cases) {
        return cases.stream()
                .mapToDouble(one -> one.nanos().mean() + one.nanos().error())
                .max()
                .orElse(1);
    }

    private static String row(Measured one, double longest, Results results) {
        Estimate ratio = one.ratio();
        return """
        <tr%s><th>%s</th><td>%s</td><td class="number">%s</td>\
        <td class="number">%s</td><td class="number">%s</td><td class="soft">%s</td></tr>
        """
                .formatted(
                        ratio == null ? " class=\"floor\"" : "",
                        escape(one.title()),
                        bar(one.nanos(), longest),
                        Numbers.time(one.nanos()),
                        Numbers.bytes(one.bytes()),
                        ratio == null ? "" : Numbers.ratio(ratio),
                        ratio == null ? "" : escape(TextTable.besides(one, results)));
    }

    /// The bar, and a thin line over where the truth may lie.
    private static String bar(Estimate nanos, double longest) {
        double low = Math.max(0, nanos.mean() - nanos.error());
        return String.format(
                Locale.ROOT,
                "<div class=\"bar\"><i style=\"width:%.2f%%\"></i>"
                        + "<b style=\"left:%.2f%%;width:%.2f%%\"></b></div>",
                100 * nanos.mean() / longest,
                100 * low / longest,
                100 * (nanos.mean() + nanos.error() - low) / longest);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
