package zircon.bench.report;

import org.jspecify.annotations.Nullable;

import zircon.bench.plan.Thing;

/// What a thing takes in memory.
///
/// @param thing what it is
/// @param heap bytes of Java's heap, after a collection
/// @param outside bytes of real memory outside of it; null for what takes none there
public record Footprint(Thing thing, double heap, @Nullable Double outside) {}
