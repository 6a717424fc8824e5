package zircon;

/// A handle to an object that this wrapper has no class for. It can be looked at, waited for,
/// passed on and closed.
public final class OtherHandle extends Handle {
    OtherHandle(int raw) {
        super(raw);
    }

    /// Takes over a handle that was not made by this wrapper.
    ///
    /// @param raw the number; this object owns it from now on
    /// @return the handle
    /// @throws IllegalArgumentException if `raw` is 0
    public static OtherHandle adopt(int raw) {
        return new OtherHandle(checked(raw));
    }

    @Override
    public Result<OtherHandle> duplicate(Rights rights) {
        return duplicate(rights, OtherHandle::new);
    }

    @Override
    public Result<OtherHandle> replace(Rights rights) {
        return replace(rights, OtherHandle::new);
    }
}
