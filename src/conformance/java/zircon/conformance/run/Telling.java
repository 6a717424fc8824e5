package zircon.conformance.run;

import org.jspecify.annotations.Nullable;

import zircon.conformance.Trial;
import zircon.conformance.report.Failure;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/// What a trial says of itself, when the library cannot be relied on any more: to tell it may take
/// a look at what hangs.
final class Telling {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private Telling() {}

    /// The failure of a trial that did not end.
    ///
    /// @param trial null if it was still being made
    static Failure of(long number, @Nullable Trial trial, Fault fault) {
        AtomicReference<Failure> told = new AtomicReference<>(untold(number, fault));
        if (trial != null) {
            Thread thread =
                    Thread.ofPlatform()
                            .name("telling")
                            .daemon()
                            .start(() -> told.set(Findings.first(number, trial, fault)));
            try {
                var _ = thread.join(LIMIT);
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted while a trial told of itself", e);
            }
        }
        return told.get();
    }

    private static Failure untold(long number, Fault fault) {
        return new Failure(
                fault.kind(), number, 1, fault.message(), 0, 0, 0, 0, "", "", "", fault.details());
    }
}
