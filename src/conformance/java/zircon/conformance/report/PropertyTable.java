package zircon.conformance.report;

import java.util.stream.Collectors;

/// The section with all properties: tries, time, distributions.
final class PropertyTable {
    private PropertyTable() {}

    static String of(Report report) {
        double longest =
                report.properties().stream().mapToDouble(PropertyReport::seconds).max().orElse(0);
        return """
        <section id="properties">
        <h2>Properties</h2>
        <table class="properties">
        <thead><tr><th>Property</th><th class="number">Tries</th>\
        <th class="number">Steps</th><th class="number">Time</th></tr></thead>
        %s</table>
        </section>
        """
                .formatted(
                        report.properties().stream()
                                .map(property -> row(property, longest))
                                .collect(Collectors.joining()));
    }

    private static String row(PropertyReport property, double longest) {
        return """
        <tbody id="p-%s" class="%s">
        <tr><th scope="row"><span class="mark">%s</span> <code>%s</code><p>%s</p>%s\
        <p class="rules">%s</p></th>
        <td class="number">%s%s<div class="bar"><i style="width:%s%%"></i></div></td>
        <td class="number">%s</td>
        <td class="number">%s<div class="bar"><i style="width:%s%%"></i></div></td></tr>
        %s</tbody>
        """
                .formatted(
                        Markup.escape(property.name()),
                        Words.css(property.outcome()),
                        property.outcome(),
                        Markup.escape(property.name()),
                        Markup.escape(property.statement()),
                        property.reason().isEmpty()
                                ? ""
                                : "<p class=\"reason\">"
                                        + Markup.escape(property.reason())
                                        + "</p>",
                        property.rules().stream()
                                .map(
                                        rule ->
                                                "<span class=\"rule\">"
                                                        + Markup.escape(rule)
                                                        + "</span> ")
                                .collect(Collectors.joining()),
                        tries(property),
                        property.failing() == 0
                                ? ""
                                : "<br><b class=\"bad\">%s failed</b>"
                                        .formatted(Words.count(property.failing())),
                        Words.percent(property.tried(), property.planned()),
                        Words.count(property.steps()),
                        Words.time(property.seconds()),
                        Words.percent(property.seconds(), longest),
                        Distributions.of(property.features()));
    }

    private static String tries(PropertyReport property) {
        return property.tried() == property.planned()
                ? Words.count(property.tried())
                : "%s <small>of %s</small>"
                        .formatted(Words.count(property.tried()), Words.count(property.planned()));
    }
}
