package zircon.conformance.run;

/// Gets to know how far the trials of a property are.
@FunctionalInterface
interface Progress {
    /// The number that stands for no trial.
    long NO_TRIAL = -1;

    /// A trial begins.
    ///
    /// @param trial its number
    /// @param tried how many have ended
    /// @param failing how many of these failed
    /// @param steps that they made
    void at(long trial, long tried, long failing, long steps);

    /// A step of the trial begins.
    ///
    /// @param number of the step, from 1; 0 if it is not known
    default void in(int number) {}
}
