package zircon.conformance.report;

/// How a property failed: the first trial that failed in this way, and the smallest found from it.
///
/// @param kind the rule that was broken, or the class of what was thrown, or `hang`, or `crash`
/// @param trial the number of the first trial that failed so
/// @param count how many trials failed so
/// @param message what was expected and what was seen, in the smallest
/// @param firstSteps the steps of the first
/// @param steps the steps of the smallest
/// @param attempts how many smaller ones were tried
/// @param again how often the first failed again, of [#RERUNS] times; it is not shrunk if never
/// @param listing the smallest, for a person
/// @param jshell the smallest, for jshell
/// @param c the smallest, in C
/// @param details stacks, or what else there is to know; may be empty
public record Failure(
        String kind,
        long trial,
        long count,
        String message,
        int firstSteps,
        int steps,
        int attempts,
        int again,
        String listing,
        String jshell,
        String c,
        String details) {
    /// How often a failing trial is run again to see whether it fails again.
    public static final int RERUNS = 3;

    /// The kind of a trial that did not end in time.
    public static final String HANG = "hang";

    /// The kind of a trial with which the JVM died.
    public static final String CRASH = "crash";

    /// The same failure of which more trials were seen.
    ///
    /// @param trials how many, in all
    /// @return a copy
    public Failure seen(long trials) {
        return new Failure(
                kind,
                trial,
                trials,
                message,
                firstSteps,
                steps,
                attempts,
                again,
                listing,
                jshell,
                c,
                details);
    }

    /// The same after it was looked into.
    ///
    /// @param stepsBefore the steps of the first trial
    /// @param tried how many smaller ones were tried
    /// @param failedAgain how often the first one failed again
    /// @return a copy
    public Failure shrunk(int stepsBefore, int tried, int failedAgain) {
        return new Failure(
                kind,
                trial,
                count,
                message,
                stepsBefore,
                steps,
                tried,
                failedAgain,
                listing,
                jshell,
                c,
                details);
    }

    /// Whether nobody tried to run it again: there was no JVM left to do it.
    ///
    /// @return true for hangs and crashes
    public boolean isFinal() {
        return kind.equals(HANG) || kind.equals(CRASH);
    }
}
