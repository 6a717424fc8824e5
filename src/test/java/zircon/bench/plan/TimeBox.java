package zircon.bench.plan;

import java.time.Duration;

/// How many rounds there are, and how long they may take together.
///
/// @param rounds at most
/// @param limit after which no round begins that would not end in time
public record TimeBox(int rounds, Duration limit) {
    /// Tells whether another round may begin.
    ///
    /// @param done how many rounds there were
    /// @param spent how long they took
    public boolean hasRoom(int done, Duration spent) {
        return done == 0
                || (done < rounds
                        && spent.dividedBy(done).multipliedBy(done + 1L).compareTo(limit) <= 0);
    }
}
