package zircon.rules;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the rules that a text cites.
///
/// Of the names that could be ordinary words as well, as in "10 new threads", only those that exist
/// are citations.
final class Citations {
    private static final String NUMBERED =
            "[BCHIJKPQRSTWX]-\\d+|17\\.\\d+|9\\.4 [A-Z]+_STARTING|9\\.4 THREAD_EXITING"
                    + "|13 (?:nanosleep|[a-z]+(?:_[a-z]+)+)";
    private static final String WORDED = "1[01] [a-z]+(?:-[a-z]+)*";
    private static final Pattern RULE =
            Pattern.compile("(?<![\\w.-])(?:(" + NUMBERED + ")|(" + WORDED + "))(?![\\w-])");
    private static final Pattern RANGE =
            Pattern.compile(
                    "(?<![\\w.-])([BCHIJKPQRSTWX]-\\d+)\\s*(?:to|through|\u2013|\u2026|-|\\.{2,3})"
                            + "\\s*([BCHIJKPQRSTWX]-)?\\d+");

    private final Set<String> rules;

    /// @param rules those that exist
    Citations(Set<String> rules) {
        this.rules = rules;
    }

    /// What `text` cites, rules that do not exist among them.
    Set<String> in(String text) {
        Set<String> found = new LinkedHashSet<>();
        Matcher matcher = RULE.matcher(text);
        while (matcher.find()) {
            String rule = matcher.group();
            if (matcher.group(1) != null || rules.contains(rule)) {
                found.add(rule);
            }
        }
        return found;
    }

    /// Ranges of rules, of which nobody could say whether the inner ones are meant.
    static List<String> rangesIn(String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = RANGE.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }
}
