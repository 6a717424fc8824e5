package zircon.emulation.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/// A call that a thread has made while others made theirs.
///
/// @param <C> what it was made to
/// @param name for a person
/// @param call what was called
/// @param result what it returned
/// @param began before it was made; the times of all calls are in one order
/// @param ended after it had returned
record Observed<C>(String name, ToIntFunction<C> call, int result, long began, long ended) {
    /// Whether the calls, made one after the other to a model, return the same. One that had
    /// returned before another began is made before it.
    ///
    /// @param model makes a new one
    static <C> boolean areInSomeOrder(List<Observed<C>> calls, Supplier<C> model) {
        return isExplained(List.of(), calls, model);
    }

    private static <C> boolean isExplained(
            List<Observed<C>> done, List<Observed<C>> left, Supplier<C> model) {
        if (left.isEmpty()) {
            return true;
        }
        for (Observed<C> next : left) {
            if (left.stream().noneMatch(other -> other.ended < next.began)) {
                List<Observed<C>> order = new ArrayList<>(done);
                order.add(next);
                List<Observed<C>> rest = new ArrayList<>(left);
                rest.remove(next);
                if (fits(order, model.get()) && isExplained(order, rest, model)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static <C> boolean fits(List<Observed<C>> order, C model) {
        return order.stream().allMatch(made -> made.call.applyAsInt(model) == made.result);
    }

    @Override
    public String toString() {
        return "%s = %d [%d, %d]".formatted(name, result, began, ended);
    }
}
