package zircon;

/// Keeps a thread or a process suspended: closing the last handle to the token resumes it, however
/// that handle is closed (rule S-6).
///
/// Made by [ZxThread#suspend()] and [ZxProcess#suspend()]. Each token counts once; the task runs
/// when the last of its tokens is gone. A token has no signals and no name, and may be sent through
/// a channel.
public final class SuspendToken extends Handle {
    SuspendToken(int raw) {
        super(raw);
    }

    /// Takes over a token's handle that was not made by this wrapper. What it names is not checked.
    ///
    /// @param raw the number; this object owns it from now on
    /// @return the handle
    /// @throws IllegalArgumentException if `raw` is 0
    public static SuspendToken adopt(int raw) {
        return new SuspendToken(checked(raw));
    }

    /// A token's handle cannot be duplicated: none has the right.
    @Override
    public Result<SuspendToken> duplicate(Rights rights) {
        return duplicate(rights, SuspendToken::new);
    }

    @Override
    public Result<SuspendToken> replace(Rights rights) {
        return replace(rights, SuspendToken::new);
    }
}
