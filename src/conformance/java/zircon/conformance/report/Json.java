package zircon.conformance.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Records as JSON.
public final class Json {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private Json() {}

    /// Writes.
    ///
    /// @param value a record
    /// @return JSON
    public static String of(Object value) {
        return GSON.toJson(value) + "\n";
    }

    /// Writes a file that is there as a whole or not at all.
    ///
    /// @param value a record
    /// @param file to be
    /// @throws IOException it cannot be written
    public static void write(Object value, Path file) throws IOException {
        Path whole = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(whole, of(value));
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Reads.
    ///
    /// @param file that [#write(Object, Path)] has written
    /// @param type of what is in it
    /// @return that
    /// @throws IOException it cannot be read
    /// @throws IllegalArgumentException something else is in it
    public static <T> T read(Path file, Class<T> type) throws IOException {
        try {
            T value = GSON.fromJson(Files.readString(file), type);
            if (value == null) {
                throw new IllegalArgumentException(file + " is empty");
            }
            return value;
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("%s is no report: %s".formatted(file, e), e);
        }
    }
}
