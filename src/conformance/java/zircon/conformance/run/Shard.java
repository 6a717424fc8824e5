package zircon.conformance.run;

/// A part of the trials: those whose number, modulo the number of shards, is this one's.
///
/// @param index which one, from 1
/// @param of how many there are
public record Shard(int index, int of) {
    /// All trials.
    public static final Shard WHOLE = new Shard(1, 1);

    public Shard {
        if (of < 1 || index < 1 || index > of) {
            throw new IllegalArgumentException(
                    "shard %d/%d; it is I/N with 1 <= I <= N".formatted(index, of));
        }
    }

    /// The first trial of this shard; the next ones come each [#of] later.
    int first() {
        return index - 1;
    }

    /// How many of the first `tries` trials it has.
    int share(int tries) {
        return Math.max(0, (tries - first() + of - 1) / of);
    }

    @Override
    public String toString() {
        return index + "/" + of;
    }
}
