package zircon.bench;

import java.nio.file.Path;

/// What src/test/c/bench/build.sh has made, in the folder that a system property names.
final class Built {
    /// The property.
    static final String PROPERTY = "bench.native";

    private Built() {}

    /// The folder.
    static Path folder() {
        return Path.of(System.getProperty(PROPERTY, ""));
    }

    /// A file in it.
    static Path file(String name) {
        return folder().resolve(name);
    }
}
