package zircon.bench.plan;

import java.util.List;

/// How the time of an operation grows with how much there is of something.
///
/// @param name `growth.`, and what is the curve's own
/// @param title the operation, for a person
/// @param unit what there is more and more of, in the plural
/// @param sizes how much of it, the least first
public record Curve(String name, String title, String unit, List<Integer> sizes) {
    /// The same with its ends alone: enough for the ratio between them.
    public Curve ends() {
        return new Curve(name, title, unit, List.of(sizes.getFirst(), sizes.getLast()));
    }
}
