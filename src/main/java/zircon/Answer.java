package zircon;

import zircon.internal.Structs;

import java.lang.foreign.MemorySegment;
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
        return raw == 0 ? Ok.UNIT : refusal(raw).err();
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

    /// The answer of a call that stores a new handle's number in `out`.
    static <H extends Handle> Result<H> made(int raw, MemorySegment out, IntFunction<H> wrap) {
        return raw == 0 ? new Ok<>(wrap.apply(out.get(Structs.U32, 0))) : refusal(raw).err();
    }
}
