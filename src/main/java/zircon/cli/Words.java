package zircon.cli;

/// How values are written for a person.
final class Words {
    private Words() {}

    /// Any 64 bits.
    static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    /// A value that has a name and a number.
    static String number(Object name, int number) {
        return "%s (0x%x)".formatted(name, number);
    }
}
