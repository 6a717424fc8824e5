package zircon;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/// What a call said: [Ok] with its value, or [Err] with the status that stopped it.
///
/// Do not drop one: a dropped `Result<Port>` leaks a handle. Where the answer does not matter,
/// write `var _ = ...`.
///
/// @param <T> what a call yields when it succeeds; [Unit] when there is nothing to yield
public sealed interface Result<T> permits Ok, Err {
    /// The result that a raw `zx_status_t` stands for. Allocates nothing for `ZX_OK` and the
    /// numbers of [ZxError].
    ///
    /// @param raw any number
    /// @return [Ok#UNIT] for 0, otherwise an [Err] with [Status#of(int)]
    static Result<Unit> of(int raw) {
        return raw == 0 ? Ok.UNIT : Status.of(raw).err();
    }

    /// The raw `zx_status_t`: the reverse of [#of(int)].
    ///
    /// @return 0 for [Ok], otherwise the status' number
    default int raw() {
        return switch (this) {
            case Ok<T> _ -> 0;
            case Err<T>(var status) -> status.raw();
        };
    }

    /// Tells whether the call succeeded.
    ///
    /// @return true for [Ok]
    default boolean isOk() {
        return this instanceof Ok;
    }

    /// The value, for callers that have no use for a refusal.
    ///
    /// @return the value of [Ok]
    /// @throws ZxException with the status of [Err]
    default T orElseThrow() {
        return switch (this) {
            case Ok<T>(var value) -> value;
            case Err<T>(var status) -> throw new ZxException(status);
        };
    }

    /// The value, or nothing.
    ///
    /// @return the value of [Ok]; empty for [Err]
    default Optional<T> toOptional() {
        return switch (this) {
            case Ok<T>(var value) -> Optional.of(value);
            case Err<T> _ -> Optional.empty();
        };
    }

    /// This result with its value changed by `function`; a refusal stays what it is.
    ///
    /// @param <U> what the function makes
    /// @param function called with the value of [Ok], never with a refusal
    /// @return what the function made, or the same refusal
    default <U> Result<U> map(Function<? super T, ? extends U> function) {
        Objects.requireNonNull(function, "function");
        return switch (this) {
            case Ok<T>(var value) -> new Ok<>(function.apply(value));
            case Err<T>(var status) -> status.err();
        };
    }

    /// The result of the next call, made with this one's value; a refusal stays what it is.
    ///
    /// @param <U> what the next call yields
    /// @param function called with the value of [Ok], never with a refusal
    /// @return the next call's result, or the same refusal
    default <U> Result<U> flatMap(Function<? super T, Result<U>> function) {
        Objects.requireNonNull(function, "function");
        return switch (this) {
            case Ok<T>(var value) -> function.apply(value);
            case Err<T>(var status) -> status.err();
        };
    }
}
