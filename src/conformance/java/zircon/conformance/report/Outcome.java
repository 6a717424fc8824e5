package zircon.conformance.report;

/// How a property went.
public enum Outcome {
    /// It held in each trial that was made.
    PASSED("ok"),

    /// It did not hold in some trial.
    FAILED("FAILED"),

    /// No trial was made.
    NOT_RUN("not run");

    private final String word;

    Outcome(String word) {
        this.word = word;
    }

    @Override
    public String toString() {
        return word;
    }
}
