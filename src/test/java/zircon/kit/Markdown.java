package zircon.kit;

import java.util.List;
import java.util.regex.Pattern;

/// Fenced blocks of a Markdown text.
public final class Markdown {
    private static final Pattern FENCED =
            Pattern.compile("^```(\\w+)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    private Markdown() {}

    /// A block.
    ///
    /// @param language what the fence says that it is
    /// @param text what stands between the fences
    public record Block(String language, String text) {}

    /// All blocks of a text that say their language, in order.
    public static List<Block> blocks(String markdown) {
        return FENCED.matcher(markdown)
                .results()
                .map(fenced -> new Block(fenced.group(1), fenced.group(2)))
                .toList();
    }

    /// The texts of the blocks in one language, in order.
    public static List<String> blocks(String markdown, String language) {
        return blocks(markdown).stream()
                .filter(block -> block.language().equals(language))
                .map(Block::text)
                .toList();
    }
}
