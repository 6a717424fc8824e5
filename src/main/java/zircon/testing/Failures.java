package zircon.testing;

import org.jspecify.annotations.Nullable;

/// What went wrong at the end of a test: the first of it is thrown, the rest is suppressed by it.
final class Failures {
    private @Nullable Throwable first;

    Failures() {}

    void add(Throwable failure) {
        if (first == null) {
            first = failure;
        } else if (!first.equals(failure)) {
            first.addSuppressed(failure);
        }
    }

    void attempt(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error failure) {
            add(failure);
        }
    }

    void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception | Error failure) {
            add(failure);
        }
    }

    void throwIfAny() {
        switch (first) {
            case null -> {}
            case RuntimeException failure -> throw failure;
            case Error failure -> throw failure;
            case Throwable failure -> throw new AssertionError(failure.toString(), failure);
        }
    }
}
