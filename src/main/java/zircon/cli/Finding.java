package zircon.cli;

/// One thing that `zx doctor` looked at.
///
/// @param subject what
/// @param found what it is like
/// @param advice what to do about it; empty when all is well
record Finding(Level level, String subject, String found, String advice) {
    enum Level {
        /// All well.
        OK("ok"),
        /// Worth knowing; zx works all the same.
        NOTE("note"),
        /// zx does not work as it should.
        WRONG("WRONG");

        private final String text;

        Level(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final int WIDTH = 76;
    private static final String INDENT = " ".repeat(22);

    /// The finding in lines of at most 100 columns, unless it has a longer word.
    @Override
    public String toString() {
        String text = "%-5s  %-14s %s".formatted(level, subject, wrap(found));
        return advice.isEmpty() ? text : text + "\n" + INDENT + wrap("-> " + advice);
    }

    private static String wrap(String words) {
        StringBuilder text = new StringBuilder();
        int column = 0;
        for (String word : words.split(" ", -1)) {
            if (column > 0 && column + 1 + word.length() > WIDTH) {
                text.append('\n').append(INDENT);
                column = 0;
            } else if (column > 0) {
                text.append(' ');
                column++;
            }
            text.append(word);
            column += word.length();
        }
        return text.toString();
    }

    static Finding ok(String subject, String found) {
        return new Finding(Level.OK, subject, found, "");
    }

    static Finding note(String subject, String found, String advice) {
        return new Finding(Level.NOTE, subject, found, advice);
    }

    static Finding wrong(String subject, String found, String advice) {
        return new Finding(Level.WRONG, subject, found, advice);
    }
}
