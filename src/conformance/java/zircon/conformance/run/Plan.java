package zircon.conformance.run;

import zircon.conformance.Property;

import java.util.List;

/// What a JVM is to run.
///
/// @param catalog the name of the class of the [Catalog]
/// @param names of the properties, in their order
/// @param emulated whether the library is ours
/// @param seed of the run
/// @param tries of each property, in all shards together; 0 is each one's default
/// @param shard which of them are to be made here
/// @param end when no further trial is started, in milliseconds of [System#currentTimeMillis()]
/// @param trialLimit what a trial may take, in milliseconds
/// @param shrinking how many smaller trials may be tried for each kind of failure
/// @param shrinkLimit what that may take, in milliseconds
/// @param failFast whether a property ends with its first failure
public record Plan(
        String catalog,
        List<String> names,
        boolean emulated,
        long seed,
        int tries,
        Shard shard,
        long end,
        long trialLimit,
        int shrinking,
        long shrinkLimit,
        boolean failFast) {
    /// The same for some of the properties.
    Plan of(List<String> rest) {
        return new Plan(
                catalog,
                rest,
                emulated,
                seed,
                tries,
                shard,
                end,
                trialLimit,
                shrinking,
                shrinkLimit,
                failFast);
    }

    /// How many trials of a property are to be made, in all shards together.
    int tries(Property property) {
        return tries > 0 ? tries : property.defaultTries();
    }

    /// How many of them are to be made here.
    int planned(Property property) {
        return shard.share(tries(property));
    }

    /// Makes the catalog.
    ///
    /// @return a new one
    Catalog load() {
        try {
            return Class.forName(catalog)
                    .asSubclass(Catalog.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new IllegalArgumentException("%s is no catalog: %s".formatted(catalog, e), e);
        }
    }
}
