package zircon.bench.report;

import java.util.stream.Collectors;

/// Growth on the page: a chart for each curve, and what things take in memory.
final class GrowthSection {
    private GrowthSection() {}

    /// Lays it out; nothing for nothing.
    static String of(Growth growth) {
        return growth.isEmpty()
                ? ""
                : """
                <section id="growth">
                <h2>Growth</h2>
                <p class="soft">Time of an operation over how much there is. Both axes are logarithms: the exponent \
                is how steep the line is, 0 for what stays as it is, 1 for what grows as the size does.</p>
                <div class="charts">
                %s</div>
                %s</section>
                """
                        .formatted(
                                growth.curves().stream()
                                        .map(GrowthSection::figure)
                                        .collect(Collectors.joining()),
                                memory(growth));
    }

    private static String figure(Grown curve) {
        return """
        <figure>
        <figcaption><b>%s</b><br>%s %s</figcaption>
        %s<p><b>exponent %s</b><br>largest / smallest %s</p>
        </figure>
        """
                .formatted(
                        Page.escape(curve.title()),
                        curve.range(),
                        Page.escape(curve.unit()),
                        Chart.of(curve),
                        Numbers.exponent(curve.exponent()),
                        Numbers.ratio(curve.ratio()));
    }

    private static String memory(Growth growth) {
        return growth.memory().isEmpty()
                ? ""
                : """
                <table class="memory">
                <thead><tr><th>memory of one</th><th class="number">bytes in the heap</th>\
                <th class="number">outside of it</th></tr></thead>
                %s</table>
                <p class="soft">The heap after a collection, without the wrapper's objects. Outside: what the process \
                has more of real memory. Address space that is only reserved is not counted.</p>
                """
                        .formatted(
                                growth.memory().stream()
                                        .map(GrowthSection::row)
                                        .collect(Collectors.joining()));
    }

    private static String row(Footprint thing) {
        return "<tr><th>%s</th><td class=\"number\">%s</td><td class=\"number\">%s</td></tr>\n"
                .formatted(
                        Page.escape(thing.thing().title()),
                        Numbers.count(thing.heap()),
                        Numbers.outside(thing));
    }
}
