package zircon.conformance.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A folder with a report in three forms.
///
/// @param folder it; made if it is not there
public record ReportFolder(Path folder) {
    private static final String JSON = "report.json";

    /// Writes all.
    ///
    /// @param report what to write
    /// @return the page
    /// @throws IOException it cannot be written
    public Path write(Report report) throws IOException {
        Files.createDirectories(folder);
        Json.write(report, folder.resolve(JSON));
        Files.writeString(folder.resolve("junit.xml"), JUnitXml.of(report));
        Path page = folder.resolve("index.html");
        Files.writeString(page, Page.of(report));
        return page;
    }

    /// Reads what was written.
    ///
    /// @return the report
    /// @throws IOException it cannot be read
    /// @throws IllegalArgumentException there is none of this form
    public Report read() throws IOException {
        Path file = folder.resolve(JSON);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no report in " + folder);
        }
        Report report = Json.read(file, Report.class);
        if (report.format() != Report.FORMAT) {
            throw new IllegalArgumentException(
                    "%s has format %d; this is format %d"
                            .formatted(file, report.format(), Report.FORMAT));
        }
        return report;
    }
}
