package zircon.conformance.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The distributions of a property: numbers as columns, words as bars.
final class Distributions {
    /// Of words, only the most frequent ones are shown.
    private static final int WORDS = 10;

    /// With more distributions, one has to ask for them.
    private static final int OPEN = 8;

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private Distributions() {}

    static String of(List<Feature> features) {
        Map<String, List<Feature>> byName =
                features.stream()
                        .collect(
                                Collectors.groupingBy(
                                        feature -> feature.key().what(),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        if (byName.isEmpty()) {
            return "";
        }
        return """
        <tr class="spread"><td colspan="4"><details%s><summary>%d distribution%s</summary><div>%s</div>\
        </details></td></tr>
        """
                .formatted(
                        byName.size() <= OPEN ? " open" : "",
                        byName.size(),
                        byName.size() == 1 ? "" : "s",
                        byName.entrySet().stream()
                                .map(entry -> figure(entry.getKey(), entry.getValue()))
                                .collect(Collectors.joining()));
    }

    private static String figure(String name, List<Feature> features) {
        boolean areNumbers =
                features.size() > 2
                        && features.stream()
                                .allMatch(f -> NUMBER.matcher(f.key().value()).matches());
        return "<figure><figcaption>%s</figcaption>%s</figure>"
                .formatted(Markup.escape(name), areNumbers ? columns(features) : bars(features));
    }

    private static String columns(List<Feature> features) {
        long most = most(features);
        long sum = sum(features);
        return "<div class=\"columns\">%s</div>"
                .formatted(
                        features.stream()
                                .sorted(
                                        Comparator.comparingInt(
                                                f -> Integer.parseInt(f.key().value())))
                                .map(
                                        f ->
                                                "<span title=\"%s: %s %%\"><i style=\"height:%s%%\"></i>%s</span>"
                                                        .formatted(
                                                                f.key().value(),
                                                                Words.percent(f.count(), sum),
                                                                Words.percent(f.count(), most),
                                                                f.key().value()))
                                .collect(Collectors.joining()));
    }

    private static String bars(List<Feature> features) {
        List<Feature> shown =
                features.stream()
                        .sorted(Comparator.comparingLong(Feature::count).reversed())
                        .limit(WORDS)
                        .toList();
        int hidden = features.size() - shown.size();
        return "<table>%s</table>%s"
                .formatted(
                        shown.stream()
                                .map(feature -> bar(feature, sum(features), most(features)))
                                .collect(Collectors.joining()),
                        hidden == 0 ? "" : "<p class=\"more\">and %d rarer</p>".formatted(hidden));
    }

    private static String bar(Feature feature, long sum, long most) {
        return """
        <tr><th>%s</th><td><div class="bar"><i style="width:%s%%"></i></div></td><td>%s %%</td></tr>
        """
                .formatted(
                        Markup.escape(Words.status(feature.key().value())),
                        Words.percent(feature.count(), most),
                        Words.percent(feature.count(), sum));
    }

    private static long most(List<Feature> features) {
        return features.stream().mapToLong(Feature::count).max().orElse(0);
    }

    private static long sum(List<Feature> features) {
        return features.stream().mapToLong(Feature::count).sum();
    }
}
