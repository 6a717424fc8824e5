package zircon.conformance.run;

import zircon.abi.CCompiler;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The libzircon of `src/test/c/other`, which has no Java behind it.
final class OtherLibrary {
    private static final Path FOLDER =
            Path.of(System.getProperty("project.build.directory", "target")).resolve("other");

    private OtherLibrary() {}

    static Path faithful() throws IOException, InterruptedException {
        return build("libzircon");
    }

    /// @param deviation one of those in `other.h`
    static Path deviating(String deviation) throws IOException, InterruptedException {
        return build(deviation, "-DDEVIATION=" + deviation);
    }

    /// @param symbols a version script for the linker
    static Path exporting(Path symbols) throws IOException, InterruptedException {
        return build("exporting", "-Wl,--version-script=" + symbols);
    }

    private static Path build(String name, String... options)
            throws IOException, InterruptedException {
        Path library = FOLDER.resolve(name + ".so");
        List<String> command = new ArrayList<>();
        command.add(CCompiler.project("src/test/c/other/build.sh").toString());
        command.add(library.toString());
        command.addAll(List.of(options));
        String said = CCompiler.run(command);
        if (!said.isBlank()) {
            throw new AssertionError(command + " said:\n" + said);
        }
        return library;
    }
}
