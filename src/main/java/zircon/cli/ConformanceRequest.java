package zircon.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What `zx conformance` was asked for.
///
/// @param library another libzircon than the bundled one
/// @param tries of each property
/// @param seed of the run
/// @param only a glob for the names of properties
/// @param time when to end
/// @param report where to write the report
/// @param shard which part of the trials, from 1
/// @param shards how many parts there are
/// @param failFast whether a property ends with its first failure
/// @param merge the folders of reports to merge; if there are any, nothing runs
public record ConformanceRequest(
        Optional<Path> library,
        OptionalInt tries,
        OptionalLong seed,
        String only,
        Optional<Duration> time,
        Optional<Path> report,
        int shard,
        int shards,
        boolean failFast,
        List<Path> merge) {}
