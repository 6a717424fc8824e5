package zircon.bench.plan;

import java.time.Duration;

/// How much is measured.
///
/// @param rounds at most; in each, every case is measured once, in a JVM of its own
/// @param nullWarmups iterations whose times are not used, behind the null libzircon
/// @param gateWarmups the same behind the gate, where there is more for the JVM to compile
/// @param warmup length of each of those
/// @param iterations of each JVM whose times are used
/// @param length of each of those
/// @param limit after which no round begins that would not end in time
public record Effort(
        int rounds,
        int nullWarmups,
        int gateWarmups,
        Duration warmup,
        int iterations,
        Duration length,
        Duration limit) {
    /// For a table to be quoted. The iterations are short: on a shared machine the times when
    /// nobody else is busy are, too, and each JVM should have some of them.
    public static final Effort FULL =
            new Effort(
                    3,
                    12,
                    48,
                    Duration.ofMillis(30),
                    120,
                    Duration.ofMillis(5),
                    Duration.ofMinutes(19));

    /// For a look.
    public static final Effort QUICK =
            new Effort(
                    2,
                    6,
                    14,
                    Duration.ofMillis(40),
                    40,
                    Duration.ofMillis(5),
                    Duration.ofSeconds(100));

    /// How many iterations come before those that count.
    public int warmups(Library library) {
        return library == Library.NULL ? nullWarmups : gateWarmups;
    }

    /// Tells whether another round may begin.
    ///
    /// @param done how many rounds there were
    /// @param spent how long they took
    public boolean hasRoom(int done, Duration spent) {
        return new TimeBox(rounds, limit).hasRoom(done, spent);
    }
}
