package zircon;

/// Where a process keeps what its dynamic linker tells a debugger.
///
/// @param value an address of the process, or one of the two numbers that are none
public record DebugAddress(long value) {
    /// None yet.
    public static final DebugAddress NONE = new DebugAddress(0);

    /// None yet, and the dynamic linker shall stop with a breakpoint when it has set it.
    public static final DebugAddress BREAK_ON_SET = new DebugAddress(1);

    /// The address for a person.
    ///
    /// @return for example `DebugAddress[0x7f001000]`, or the name of a number that is none
    @Override
    public String toString() {
        if (equals(NONE)) {
            return "DebugAddress[NONE]";
        }
        if (equals(BREAK_ON_SET)) {
            return "DebugAddress[BREAK_ON_SET]";
        }
        return "DebugAddress[0x" + Long.toHexString(value) + "]";
    }
}
