package zircon;

import java.util.StringJoiner;

/// Sets of bits for a person.
final class BitNames {
    private BitNames() {}

    /// The set by name.
    ///
    /// @param type the name of the set's type
    /// @param names of the bits, from the lowest; an empty one is that of a bit without a name
    /// @return for example `Rights[READ|WRITE]`, `Rights[NONE]`, or `Rights[READ|0x40000000]`
    static String text(String type, int bits, String... names) {
        var text = new StringJoiner("|", type + "[", "]").setEmptyValue(type + "[NONE]");
        int nameless = bits;
        for (int bit = 0; bit < names.length; bit++) {
            int value = 1 << bit;
            if ((bits & value) != 0 && !names[bit].isEmpty()) {
                text.add(names[bit]);
                nameless &= ~value;
            }
        }
        if (nameless != 0) {
            text.add("0x" + Integer.toHexString(nameless));
        }
        return text.toString();
    }
}
