package zircon.conformance;

/// One random program, and what the specification says of it.
public interface Trial {
    /// Runs it against the library, in a kernel in which nothing of earlier trials is left, and
    /// leaves nothing behind.
    ///
    /// @param evidence gets to know what was seen
    /// @throws Deviation the library did something else than the specification says
    void run(Evidence evidence) throws Deviation;

    /// The steps of the model that it makes.
    ///
    /// @return their number
    int steps();

    /// The program for a person: one line for each step.
    ///
    /// @return lines
    String listing();

    /// The program as snippets that can be pasted into `scripts/jshell`.
    ///
    /// @return lines of Java
    String asJShell();

    /// The program in C, for `zx run`: it returns 0 if the library does what the specification
    /// says.
    ///
    /// @return a whole file
    String asC();
}
