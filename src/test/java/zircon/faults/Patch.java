package zircon.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A unified diff of one file. It fits where the lines that it knows stand, and only if they stand
/// nowhere else; their numbers do not matter.
///
/// @param path of the file, from the root of the project
/// @param hunks in the order of the file
record Patch(String path, List<Hunk> hunks) {
    private static final Pattern TARGET = Pattern.compile("\\+\\+\\+ b/(\\S+)");
    private static final Pattern FILE_LINE = Pattern.compile("(---|\\+\\+\\+) .*");

    /// Lines that follow each other, as they are and as they are to be.
    record Hunk(List<String> before, List<String> after) {}

    /// Reads a patch; lines before the first hunk say which file it is for, or nothing.
    ///
    /// @throws IllegalArgumentException it is not of one file
    static Patch of(String text) {
        List<String> targets = new ArrayList<>();
        List<Hunk> hunks = new ArrayList<>();
        for (String line : text.lines().toList()) {
            Matcher target = TARGET.matcher(line);
            if (line.startsWith("@@ ")) {
                hunks.add(new Hunk(new ArrayList<>(), new ArrayList<>()));
            } else if (!hunks.isEmpty() && !FILE_LINE.matcher(line).matches()) {
                add(hunks.getLast(), line);
            } else if (target.matches()) {
                targets.add(target.group(1));
            }
        }
        if (targets.size() != 1 || hunks.isEmpty()) {
            throw new IllegalArgumentException(
                    "a patch has hunks for one file; this one has %d for %s"
                            .formatted(hunks.size(), targets));
        }
        return new Patch(targets.getFirst(), hunks);
    }

    private static void add(Hunk hunk, String line) {
        char mark = line.isEmpty() ? ' ' : line.charAt(0);
        String rest = line.isEmpty() ? line : line.substring(1);
        switch (mark) {
            case ' ' -> {
                hunk.before().add(rest);
                hunk.after().add(rest);
            }
            case '-' -> hunk.before().add(rest);
            case '+' -> hunk.after().add(rest);
            default -> throw new IllegalArgumentException("no line of a hunk: " + line);
        }
    }

    /// The text with the changes.
    ///
    /// @throws IllegalArgumentException the lines of a hunk stand nowhere, or in several places
    String appliedTo(String text) {
        String patched = "\n" + text;
        for (Hunk hunk : hunks) {
            String before = lines(hunk.before());
            int place = patched.indexOf(before);
            if (place < 0 || place != patched.lastIndexOf(before)) {
                throw new IllegalArgumentException(
                        "%s has changed: these lines should stand there once, and do %s:%s"
                                .formatted(path, place < 0 ? "not" : "more than once", before));
            }
            patched =
                    patched.substring(0, place)
                            + lines(hunk.after())
                            + patched.substring(place + before.length());
        }
        return patched.substring(1);
    }

    private static String lines(List<String> lines) {
        return "\n" + String.join("\n", lines) + "\n";
    }
}
