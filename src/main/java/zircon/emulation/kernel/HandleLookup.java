package zircon.emulation.kernel;

import org.jspecify.annotations.Nullable;

/// The handles of a process by their numbers, with the checks that syscalls begin with (C-1).
@FunctionalInterface
public interface HandleLookup {
    /// The handle with this number, or null.
    @Nullable Handle find(int value);

    /// The handle with this number.
    ///
    /// @throws Refusal BAD_HANDLE: there is none
    default Handle get(int value) {
        Handle handle = find(value);
        if (handle == null) {
            throw Refusal.BAD_HANDLE;
        }
        return handle;
    }

    /// The handle with this number, as C-1's `H[value: rights, any]`.
    ///
    /// @throws Refusal BAD_HANDLE; ACCESS_DENIED: a right is missing
    default Handle get(int value, int rights) {
        Handle handle = get(value);
        if (!handle.hasRights(rights)) {
            throw Refusal.ACCESS_DENIED;
        }
        return handle;
    }

    /// The object with this number, as C-1's `H[value: rights, type]`; without rights, `H0[value:
    /// type]`.
    ///
    /// @throws Refusal BAD_HANDLE; ACCESS_DENIED: a right is missing; WRONG_TYPE
    default <T extends Dispatcher> T get(int value, int rights, Class<T> type) {
        Dispatcher object = get(value, rights).object(); // C-1: rights before type
        if (!type.isInstance(object)) {
            throw Refusal.WRONG_TYPE;
        }
        return type.cast(object);
    }

    /// The object with this number, as C-1's `H2[value: first|second, type]`.
    ///
    /// @throws Refusal what the second try says
    default <T extends Dispatcher> T getEither(int value, int first, int second, Class<T> type) {
        Handle handle = find(value);
        if (handle != null && handle.hasRights(first) && type.isInstance(handle.object())) {
            return type.cast(handle.object());
        }
        return get(value, second, type);
    }
}
