package zircon.conformance;

/// The library did something else than the specification says.
public final class Deviation extends Exception {
    private static final long serialVersionUID = 1;

    private final String rule;

    /// Makes one.
    ///
    /// @param rule the id of the rule that was broken, `B-4`
    /// @param step the number of the step of the trial that showed it, from 1
    /// @param expected what the specification says
    /// @param actual what the library did
    public Deviation(String rule, int step, String expected, String actual) {
        super("%s: step %d: expected %s, got %s".formatted(rule, step, expected, actual));
        this.rule = rule;
    }

    /// The rule that was broken.
    ///
    /// @return its id, `B-4`
    public String rule() {
        return rule;
    }
}
