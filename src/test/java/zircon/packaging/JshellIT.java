package zircon.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import zircon.abi.CCompiler;
import zircon.kit.ForkedJvm;
import zircon.kit.ForkedJvm.Ended;
import zircon.kit.Markdown;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The README's tutorial is what the real jshell says to its snippets, of a person who types them
/// anywhere.
@Timeout(300)
class JshellIT {
    private static final String PROMPT = "jshell> ";
    private static final String CONTINUED = "   ...> ";

    @TempDir private Path elsewhere;

    /// What a person types, and what jshell says then.
    private record Step(String typed, String said) {
        /// What is shown, if that is what was `said`: `0x…` stands for any number. Of the lines
        /// that jshell reads from no terminal it first repeats as much as had come when it looked.
        Step saidFor(Step shown) {
            String pattern = Pattern.quote(shown.said).replace("0x…", "\\E0x[0-9a-f]+\\Q");
            Matcher found = Pattern.compile("(?s)(.*?)" + pattern).matcher(said);
            return found.matches() && isRepeated(found.group(1)) ? shown : this;
        }

        /// All its characters were typed, in this order; blanks jshell sets as it likes.
        private boolean isRepeated(String text) {
            int next = 0;
            for (char c : text.replaceAll("\\s", "").toCharArray()) {
                next = typed.indexOf(c, next) + 1;
                if (next == 0) {
                    return false;
                }
            }
            return true;
        }
    }

    @Test
    void theTutorialIsWhatJshellSays() throws Exception {
        List<Step> shown = tutorial();
        assertThat(shown).hasSizeGreaterThanOrEqualTo(20);
        List<Step> ran = run(shown.stream().map(Step::typed).toList());
        List<Step> compared = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            compared.add(ran.get(i).saidFor(shown.get(i)));
        }
        assertThat(compared).isEqualTo(shown);
    }

    private static List<Step> tutorial() throws Exception {
        String text =
                String.join(
                        "",
                        Markdown.blocks(
                                Files.readString(CCompiler.project("README.md")), "jshell"));
        List<Step> steps = new ArrayList<>();
        for (String step : afterPrompts(text)) {
            String typed = typed(step);
            String said = step.substring(typed.length());
            steps.add(new Step(typed.replace(CONTINUED, ""), withoutBlankLines(said)));
        }
        return steps;
    }

    /// The first line, and those after it that are its continuation.
    private static String typed(String step) {
        int end = step.indexOf('\n') + 1;
        while (step.startsWith(CONTINUED, end)) {
            end = step.indexOf('\n', end) + 1;
        }
        return step.substring(0, end);
    }

    private List<Step> run(List<String> typed) throws Exception {
        Path input = Files.writeString(elsewhere.resolve("typed"), String.join("", typed));
        Ended ended =
                ForkedJvm.run(
                        List.of(
                                "sh",
                                "-c",
                                "cd \"$0\" && exec \"$1\" --feedback normal",
                                elsewhere.toString(),
                                CCompiler.project("scripts/jshell").toString()),
                        Map.of("ZIRCON_CACHE", "off"),
                        ProcessBuilder.Redirect.from(input.toFile()));
        List<String> said = afterPrompts(ended.output());
        assertThat(said).as(ended.output()).hasSize(typed.size() + 1); // and the end of the input
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < typed.size(); i++) {
            String all = said.get(i).replace(CONTINUED, "");
            steps.add(new Step(typed.get(i), withoutBlankLines(all)));
        }
        return steps;
    }

    private static List<String> afterPrompts(String text) {
        return List.of(text.split(PROMPT, -1)).stream().skip(1).toList();
    }

    private static String withoutBlankLines(String said) {
        return said.lines().filter(line -> !line.isBlank()).collect(Collectors.joining("\n"));
    }
}
