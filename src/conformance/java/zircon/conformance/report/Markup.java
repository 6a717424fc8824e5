package zircon.conformance.report;

/// Text inside markup.
final class Markup {
    private Markup() {}

    /// Escapes what has a meaning there, and what XML cannot hold at all.
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> escape(c, escaped));
        return escaped.toString();
    }

    private static void escape(int c, StringBuilder escaped) {
        switch (c) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '"' -> escaped.append("&quot;");
            case '\n', '\t' -> escaped.append((char) c);
            default -> escaped.appendCodePoint(isAllowed(c) ? c : 0xfffd);
        }
    }

    private static boolean isAllowed(int c) {
        return c >= ' ' && c != 0x7f && !(c >= 0xd800 && c < 0xe000) && c != 0xfffe && c != 0xffff;
    }
}
