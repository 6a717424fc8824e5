package zircon.emulation.kernel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/// Names of objects: bytes without an encoding, kept one to a character.
public final class Names {
    /// The most that an object keeps.
    public static final int MAX_LENGTH = 31;

    private Names() {}

    /// The name that these bytes spell: up to the first NUL, and no longer than an object keeps
    /// (I-8, I-9).
    public static String of(byte[] bytes) {
        int length = 0;
        while (length < Math.min(bytes.length, MAX_LENGTH) && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, ISO_8859_1);
    }

    /// The name for a text.
    public static String of(String text) {
        return of(text.getBytes(UTF_8));
    }

    /// The bytes of a name.
    public static byte[] bytes(String name) {
        return name.getBytes(ISO_8859_1);
    }

    /// A name as a person reads it.
    public static String text(String name) {
        return new String(bytes(name), UTF_8);
    }
}
