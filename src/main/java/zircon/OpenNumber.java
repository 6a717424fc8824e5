package zircon;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/// Numbers that this kernel has names for some of: newer ones may have more.
final class OpenNumber {
    private OpenNumber() {}

    /// The constant with a number; what `other` makes of it if there is none.
    static <T> T of(
            int raw,
            List<? extends T> known,
            ToIntFunction<? super T> number,
            IntFunction<? extends T> other) {
        for (T constant : known) {
            if (number.applyAsInt(constant) == raw) {
                return constant;
            }
        }
        return other.apply(raw);
    }

    /// Fails if a constant of `type` has the number.
    static <T> void requireUnknown(
            int raw, List<? extends T> known, ToIntFunction<? super T> number, String type) {
        for (T constant : known) {
            if (number.applyAsInt(constant) == raw) {
                throw new IllegalArgumentException(
                        "%d is %s.Known.%s; use %s.of".formatted(raw, type, constant, type));
            }
        }
    }
}
