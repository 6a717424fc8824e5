package zircon.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Finds the comments of a C source that stand at checks: at the end of a line with one, or above
/// one in the same function, or above that function. The comment at the top of the file is none.
final class CChecks {
    private static final Pattern CHECK =
            Pattern.compile("\\b(?:CHECK|MUST|REQUIRE|check_|expect_|next_|end)\\w*\\(");

    private final String file;
    private final List<String> lines;

    private CChecks(String file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    static List<TestText> of(String file, String source) {
        return new CChecks(file, source.lines().toList()).comments();
    }

    private List<TestText> comments() {
        List<TestText> found = new ArrayList<>();
        int i = afterHeader();
        while (i < lines.size()) {
            int first = i;
            var comment = new StringBuilder(comment(i));
            if (isComment(i)) {
                while (i + 1 < lines.size() && isComment(i + 1)) {
                    i++;
                    comment.append('\n').append(comment(i));
                }
            }
            if (!comment.isEmpty() && hasCheck(i)) {
                found.add(new TestText(file + ":" + (first + 1), comment.toString()));
            }
            i++;
        }
        return found;
    }

    private int afterHeader() {
        int i = 0;
        while (i < lines.size() && isComment(i)) {
            i++;
        }
        return i;
    }

    private boolean isComment(int line) {
        return lines.get(line).strip().startsWith("//");
    }

    private String comment(int line) {
        int start = lines.get(line).indexOf("// ");
        return start < 0 ? "" : lines.get(line).substring(start);
    }

    /// Whether a check comes before the end of the function, or of the declaration that is none.
    private boolean hasCheck(int from) {
        for (int i = from; i < lines.size(); i++) {
            String line = lines.get(i);
            if (CHECK.matcher(line).find()) {
                return true;
            }
            boolean isOutside = !line.startsWith(" ") && !line.startsWith("#");
            if (line.equals("}") || (isOutside && line.replaceFirst("//.*", "").contains(";"))) {
                return false;
            }
        }
        return false;
    }
}
