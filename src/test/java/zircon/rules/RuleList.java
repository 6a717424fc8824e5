package zircon.rules;

import zircon.abi.CCompiler;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rules that there are, in their order, and why some of them have no test.
///
/// @param rules what tests can cite
/// @param unobservable rule to reason
record RuleList(Set<String> rules, Map<String, String> unobservable) {
    /// Reads the lists of src/test/resources/rules.
    static RuleList read() throws IOException {
        Set<String> rules = new LinkedHashSet<>();
        for (String rule : lines("rules.txt")) {
            if (!rules.add(rule)) {
                throw new AssertionError("rules.txt has " + rule + " twice");
            }
        }
        Map<String, String> unobservable = new LinkedHashMap<>();
        for (String line : lines("unobservable.txt")) {
            String[] parts = line.split("\t", 2);
            if (parts.length < 2 || parts[1].isBlank()) {
                throw new AssertionError("unobservable.txt gives no reason: " + line);
            }
            var _ = unobservable.put(parts[0], parts[1].strip());
        }
        return new RuleList(rules, unobservable);
    }

    private static List<String> lines(String name) throws IOException {
        return Files.readAllLines(CCompiler.project("src/test/resources/rules/" + name)).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }
}
