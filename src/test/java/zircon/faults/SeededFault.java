package zircon.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A bug for the kernel.
///
/// @param name as its file has it: `07-what-is-wrong`
/// @param rule that it breaks
/// @param what the rule says, and what happens instead
/// @param patch that makes it
record SeededFault(String name, String rule, String what, Patch patch) {
    private static final String SUFFIX = ".patch";
    private static final Pattern FIRST_LINE = Pattern.compile("# ([A-Z]-\\d+): (.+)");

    /// All that there are, by number.
    ///
    /// @param project the root of the project
    static List<SeededFault> all(Path project) throws IOException {
        List<SeededFault> faults = new ArrayList<>();
        try (Stream<Path> files = Files.list(project.resolve("src/test/resources/faults"))) {
            for (Path file : files.sorted().toList()) {
                faults.add(read(file));
            }
        }
        return faults;
    }

    private static SeededFault read(Path file) throws IOException {
        String name = file.getFileName().toString().replace(SUFFIX, "");
        String text = Files.readString(file);
        Matcher first = FIRST_LINE.matcher(text.lines().findFirst().orElse(""));
        if (!first.matches()) {
            throw new IllegalArgumentException(
                    file + " does not begin with the rule that it breaks, such as '# B-5: ...'");
        }
        return new SeededFault(name, first.group(1), first.group(2), Patch.of(text));
    }

    /// The source of the class that has the bug, and its place below `src/main/java`.
    ///
    /// @throws IllegalArgumentException the source is another than the patch knows
    void writePatched(Path project, Path folder) throws IOException {
        Path source = project.resolve(patch.path());
        Path target = folder.resolve(project.resolve("src/main/java").relativize(source));
        Files.createDirectories(target.getParent());
        Files.writeString(target, patch.appliedTo(Files.readString(source)));
    }
}
