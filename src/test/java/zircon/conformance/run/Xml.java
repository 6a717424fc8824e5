package zircon.conformance.run;

import java.io.File;
import java.nio.file.Path;

/// Parses XML. The module of the tests does not read java.xml, so it takes reflection.
final class Xml {
    private Xml() {}

    /// Throws whatever the parser throws.
    static void check(Path file) throws ReflectiveOperationException {
        Class<?> type = Class.forName("javax.xml.parsers.DocumentBuilderFactory");
        Object factory = type.getMethod("newInstance").invoke(null);
        Object builder = type.getMethod("newDocumentBuilder").invoke(factory);
        Class<?> builderType = Class.forName("javax.xml.parsers.DocumentBuilder");
        var _ = builderType.getMethod("parse", File.class).invoke(builder, file.toFile());
    }
}
