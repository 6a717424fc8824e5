package zircon;

import zircon.internal.InfoStructs;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The handles that a process has: the record of `ZX_INFO_PROCESS_HANDLE_STATS`.
///
/// @param counts one for each type of object that the process has a handle to
public record HandleStats(List<Count> counts) {
    /// The handles to objects of one type.
    ///
    /// @param type the objects' type
    /// @param handles how many handles there are, at least one
    public record Count(ObjectType type, int handles) {
        /// The handles to objects of one type.
        public Count {
            Objects.requireNonNull(type, "type");
        }
    }

    /// The handles that a process has.
    public HandleStats {
        counts = NonNull.copyOf(counts, "counts");
    }

    /// How many handles there are to objects of a type.
    ///
    /// @param type which type
    /// @return 0 if there is none
    public int of(ObjectType type) {
        Objects.requireNonNull(type, "type");
        return counts.stream()
                .filter(count -> count.type().equals(type))
                .mapToInt(Count::handles)
                .sum();
    }

    /// How many handles there are.
    ///
    /// @return the sum of all counts
    public int total() {
        return counts.stream().mapToInt(Count::handles).sum();
    }

    static HandleStats from(MemorySegment info) {
        var counts = new ArrayList<Count>();
        for (int type = 0; type < InfoStructs.HandleStats.TYPES; type++) {
            int handles = InfoStructs.HandleStats.handleCount(info, type);
            if (handles != 0) {
                counts.add(new Count(ObjectType.of(type), handles));
            }
        }
        return new HandleStats(counts);
    }
}
