package zircon.bench.growth;

/// Something of which there may be more or less, and an operation that is timed meanwhile.
interface Load extends AutoCloseable {
    /// Makes it so much.
    void resize(int size);

    /// Does the operation so often.
    void run(int operations);

    @Override
    void close();
}
