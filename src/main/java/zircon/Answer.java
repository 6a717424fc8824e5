package zircon;

import zircon.internal.Structs;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/// What the kernel answered to a call that the wrapper made.
///
/// It differs from [Result#of(int)] in one number: a thread that was killed is told so by the call
/// that it makes next, and what is left of its Java code ends here.
final class Answer {
    // ZX_ERR_INTERNAL_INTR_KILLED: the kernel's own, in no header.
    private static final int KILLED = -502;

    private Answer() {}

    static Result<Unit> of(int raw) {
        return raw == 0 ? Ok.UNIT : refused(raw);
    }

    /// A call that failed.
    static <T> Err<T> refused(int raw) {
        Err<T> known = ZxError.errByRaw(raw);
        return known != null ? known : refusal(raw).err();
    }

    static Status refusal(int raw) {
        alive(raw);
        return Status.of(raw);
    }

    /// For an answer that nobody looks at otherwise.
    static void alive(int raw) {
        if (raw == KILLED) {
            throw new GuestUnwind();
        }
    }

    /// A call that stores a new handle's number.
    interface Making {
        /// Makes the call.
        ///
        /// @return the status
        int call(MemorySegment out);
    }

    /// A call that stores two new handles' numbers.
    interface MakingTwo {
        /// Makes the call.
        ///
        /// @return the status
        int call(MemorySegment first, MemorySegment second);
    }

    static <H extends Handle> Result<H> made(Making call, IntFunction<H> wrap) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(Structs.U32);
            int status = call.call(out);
            return status == 0 ? new Ok<>(wrap.apply(out.get(Structs.U32, 0))) : refused(status);
        }
    }

    static <A extends Handle, B extends Handle, P> Result<P> madeTwo(
            MakingTwo call,
            IntFunction<A> wrapFirst,
            IntFunction<B> wrapSecond,
            BiFunction<A, B, P> both) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment first = arena.allocate(Structs.U32);
            MemorySegment second = arena.allocate(Structs.U32);
            int status = call.call(first, second);
            return status == 0
                    ? new Ok<>(
                            both.apply(
                                    wrapFirst.apply(first.get(Structs.U32, 0)),
                                    wrapSecond.apply(second.get(Structs.U32, 0))))
                    : refused(status);
        }
    }
}
