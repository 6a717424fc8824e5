package zircon;

import zircon.internal.InfoStructs;
import zircon.internal.Syscalls;

/// A region of an address space. The emulation knows it by name alone: there is nothing to map.
public final class Vmar extends Handle {
    Vmar(int raw) {
        super(raw);
    }

    /// Takes over a region's handle that was not made by this wrapper. What it names is not
    /// checked.
    ///
    /// @param raw the number; this object owns it from now on
    /// @return the handle
    /// @throws IllegalArgumentException if `raw` is 0
    public static Vmar adopt(int raw) {
        return new Vmar(checked(raw));
    }

    /// The root of the caller's address space.
    ///
    /// Duplicates what `zx_vmar_root_self` returns, so that closing it harms nobody. Does not
    /// block.
    ///
    /// - `BAD_HANDLE`: this program was not given its address space.
    ///
    /// @return a handle of the caller's own
    public static Result<Vmar> rootSelf() {
        return duplicate(Syscalls.vmarRootSelf(), Rights.SAME_RIGHTS, Vmar::new);
    }

    @Override
    public Result<Vmar> duplicate(Rights rights) {
        return duplicate(rights, Vmar::new);
    }

    @Override
    public Result<Vmar> replace(Rights rights) {
        return replace(rights, Vmar::new);
    }

    /// Where this region lies.
    ///
    /// Wraps `zx_object_get_info` with `ZX_INFO_VMAR`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#INSPECT].
    /// - `BAD_HANDLE`: this handle is closed.
    ///
    /// @return its first address and its size
    public Result<VmarInfo> info() {
        return ObjectInfo.record(raw(), Abi.ZX_INFO_VMAR, InfoStructs.Vmar.LAYOUT, VmarInfo::from);
    }
}
