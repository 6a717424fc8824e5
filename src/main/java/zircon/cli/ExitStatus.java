package zircon.cli;

/// What zx tells the shell. (`zx run` also passes on what its program says.)
final class ExitStatus {
    /// All went as it should.
    static final int OK = 0;

    /// Something went wrong; stderr says what.
    static final int FAILED = 1;

    /// The command line made no sense, or named a file that is no program.
    static final int USAGE = 2;

    private ExitStatus() {}
}
