package zircon.rules;

import zircon.abi.CCompiler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which tests show which rule.
final class RuleTable {
    private final RuleList list;
    private final List<TestText> tests;
    private final Map<String, List<String>> testsOf = new LinkedHashMap<>();

    private RuleTable(RuleList list, List<TestText> tests) {
        this.list = list;
        this.tests = tests;
        for (String rule : list.rules()) {
            testsOf.put(rule, new ArrayList<>());
        }
        var citations = new Citations(list.rules());
        for (TestText test : tests) {
            for (String rule : citations.in(test.text())) {
                if (testsOf.containsKey(rule)) {
                    testsOf.get(rule).add(test.name());
                }
            }
        }
    }

    /// The table of the tests in src/test.
    static RuleTable read(RuleList list) throws IOException {
        List<TestText> tests = new ArrayList<>();
        for (Path file : sources("src/test/java", ".java")) {
            tests.addAll(JavaTests.of(className(file), Files.readString(file)));
        }
        Path programs = CCompiler.project("src/test/c");
        for (Path file : sources("src/test/c", ".c", ".cc", ".h")) {
            tests.addAll(CChecks.of(programs.relativize(file).toString(), Files.readString(file)));
        }
        return new RuleTable(list, tests);
    }

    /// The class of a source, with the last part of its package.
    private static String className(Path file) {
        int parts = file.getNameCount();
        return "%s.%s"
                .formatted(
                        file.getName(parts - 2),
                        file.getFileName().toString().replace(".java", ""));
    }

    /// The files below a folder of the project that have one of these endings, in order.
    static List<Path> sources(String folder, String... endings) throws IOException {
        try (Stream<Path> files = Files.walk(CCompiler.project(folder))) {
            return files.filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
        }
    }

    List<TestText> tests() {
        return tests;
    }

    List<String> testsOf(String rule) {
        return testsOf.getOrDefault(rule, List.of());
    }

    /// How many tests there are that show a rule.
    long citing() {
        return testsOf.values().stream().flatMap(List::stream).distinct().count();
    }

    String markdown() {
        var text = new StringBuilder();
        text.append("# Rules and their tests\n\n");
        text.append(
                "%d rules, %d of them not observable; %d tests cite one.%n%n"
                        .formatted(list.rules().size(), list.unobservable().size(), citing()));
        text.append("| Rule | Tests |\n|---|---|\n");
        testsOf.forEach((rule, names) -> text.append(row(rule, names)));
        return text.toString();
    }

    private String row(String rule, List<String> names) {
        String reason = list.unobservable().get(rule);
        String shown =
                reason != null
                        ? "*not observable:* " + reason
                        : names.stream()
                                .map(name -> "`" + name + "`")
                                .collect(Collectors.joining(", "));
        return "| %s | %s |%n".formatted(rule, shown);
    }
}
