package zircon.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the test methods of a source that the formatter has laid out: members stand apart by empty
/// lines, and a body ends where a brace stands as far in as its declaration.
final class JavaTests {
    private static final Pattern ANNOTATION =
            Pattern.compile(
                    "( +)@(?:Test|ParameterizedTest|RepeatedTest|TestFactory|Property)\\b.*");
    private static final Pattern DECLARATION = Pattern.compile(" +[A-Za-z].*?\\b(\\w+)\\(.*");

    private final String className;
    private final List<String> lines;

    private JavaTests(String className, List<String> lines) {
        this.className = className;
        this.lines = lines;
    }

    static List<TestText> of(String className, String source) {
        return new JavaTests(className, source.lines().toList()).tests();
    }

    private List<TestText> tests() {
        List<TestText> tests = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher annotation = ANNOTATION.matcher(lines.get(i));
            if (annotation.matches()) {
                String indent = annotation.group(1);
                int declaration = declaration(i, indent);
                int last = lastLine(declaration, indent);
                String text = String.join("\n", lines.subList(firstLine(i, indent), last + 1));
                tests.add(new TestText(className + "." + name(declaration), text));
                i = last;
            }
        }
        return tests;
    }

    private int firstLine(int annotation, String indent) {
        int first = annotation;
        while (lines.get(first - 1).startsWith(indent)) {
            first--;
        }
        return first;
    }

    private int declaration(int annotation, String indent) {
        for (int i = annotation; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith(indent) && DECLARATION.matcher(line).matches()) {
                if (Character.isLetter(line.charAt(indent.length()))) {
                    return i;
                }
            }
        }
        throw new AssertionError(className + ": no method follows line " + (annotation + 1));
    }

    private int lastLine(int declaration, String indent) {
        for (int i = declaration; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.equals(indent + "}") || (i == declaration && line.endsWith("{}"))) {
                return i;
            }
        }
        throw new AssertionError(className + ": no end of the method in line " + (declaration + 1));
    }

    private String name(int declaration) {
        Matcher matcher = DECLARATION.matcher(lines.get(declaration));
        if (!matcher.matches()) {
            throw new AssertionError("this line was found because it matches");
        }
        return matcher.group(1);
    }
}
