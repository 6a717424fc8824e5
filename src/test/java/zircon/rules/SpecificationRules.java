package zircon.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Compares the list of rules with the text of the behavior reference.
final class SpecificationRules {
    private final String text;
    private final Set<String> rules;
    private final List<String> differences = new ArrayList<>();

    private SpecificationRules(String text, Set<String> rules) {
        this.text = text;
        this.rules = rules;
    }

    /// What one of the two has and the other has not.
    static List<String> differences(String text, Set<String> rules) {
        var comparison = new SpecificationRules(text, rules);
        comparison.numbered();
        comparison.calls();
        comparison.rows("9.4", comparison.headings("### 9.4"));
        comparison.rows("10", comparison.firstCells("## 10."));
        comparison.rows("11", comparison.firstCells("## 11."));
        comparison.readings();
        return comparison.differences;
    }

    private void numbered() {
        Set<String> there = new TreeSet<>();
        Matcher matcher = Pattern.compile("\\*\\*([A-Z]-\\d+)\\*\\*").matcher(text);
        while (matcher.find()) {
            there.add(matcher.group(1));
        }
        compare(there, listed("[A-Z]-\\d+"));
    }

    private void readings() {
        Set<String> there = new TreeSet<>();
        Matcher matcher = Pattern.compile("(?m)^(\\d+)\\. ").matcher(section("## 17."));
        while (matcher.find()) {
            there.add("17." + matcher.group(1));
        }
        compare(there, listed("17\\.\\d+"));
    }

    private void compare(Set<String> there, List<String> listed) {
        there.stream()
                .filter(rule -> !rules.contains(rule))
                .forEach(rule -> differences.add("not listed: " + rule));
        listed.stream()
                .filter(rule -> !there.contains(rule))
                .forEach(rule -> differences.add("not in the text: " + rule));
    }

    /// A row of section 13 may be of several calls, and write the end of a name alone.
    private void calls() {
        List<String> ends =
                firstCells("## 13.").stream()
                        .flatMap(
                                cell ->
                                        cell.contains("(")
                                                ? Stream.of(
                                                        cell.replaceFirst("\\(.*\\)", ""),
                                                        cell.replaceAll("[()]", ""))
                                                : Pattern.compile(", | / ").splitAsStream(cell))
                        .toList();
        List<String> listed = listed("13 .*");
        if (ends.size() != listed.size()) {
            differences.add("section 13 has %d calls".formatted(ends.size()));
        }
        for (String end : ends) {
            if (listed.stream().noneMatch(rule -> rule.matches("13 (\\w+_)?" + end))) {
                differences.add("not listed: 13 " + end);
            }
        }
    }

    /// Each rule of a section has words of a row's first cell; the rows are in order.
    private void rows(String section, List<String> cells) {
        List<String> listed = listed(Pattern.quote(section) + " .*");
        if (cells.size() != listed.size()) {
            differences.add("section %s has %d rows".formatted(section, cells.size()));
            return;
        }
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i).toLowerCase(Locale.ROOT);
            String words = listed.get(i).substring(section.length() + 1).toLowerCase(Locale.ROOT);
            for (String word : words.split("-", -1)) {
                if (!cell.contains(word)) {
                    differences.add("%s is not the row %s".formatted(listed.get(i), cell));
                }
            }
        }
    }

    private List<String> listed(String pattern) {
        return rules.stream().filter(rule -> rule.matches(pattern)).toList();
    }

    private List<String> firstCells(String heading) {
        return tableRows(heading).stream()
                .skip(2)
                .map(row -> row.split("\\|", -1)[1].strip())
                .toList();
    }

    private List<String> headings(String heading) {
        return Stream.of(tableRows(heading).getFirst().split("\\|", -1))
                .map(String::strip)
                .filter(cell -> !cell.isEmpty())
                .toList();
    }

    private List<String> tableRows(String heading) {
        return section(heading).lines().filter(line -> line.startsWith("|")).toList();
    }

    private String section(String heading) {
        int start = text.indexOf("\n" + heading);
        if (start < 0) {
            throw new AssertionError("the text has no section " + heading);
        }
        String mark = heading.substring(0, heading.indexOf(' ') + 1);
        int end = text.indexOf("\n" + mark, start + 1);
        return text.substring(start, end < 0 ? text.length() : end);
    }
}
