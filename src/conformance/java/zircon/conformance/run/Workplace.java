package zircon.conformance.run;

import zircon.conformance.report.Json;
import zircon.conformance.report.PropertyReport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folder through which a worker gets its plan and gives its reports.
///
/// @param folder it; it exists
record Workplace(Path folder) {
    Path slate() {
        return folder.resolve("slate");
    }

    /// What the worker and the programs in it have printed.
    Path output() {
        return folder.resolve("output.txt");
    }

    /// What the JVM writes when it crashes.
    Path crash() {
        return folder.resolve("crash.txt");
    }

    /// Why the library cannot be judged; there is none if it can.
    Path unfit() {
        return folder.resolve("unfit.txt");
    }

    void write(Plan plan) throws IOException {
        Json.write(plan, folder.resolve("plan.json"));
    }

    Plan plan() throws IOException {
        return Json.read(folder.resolve("plan.json"), Plan.class);
    }

    void write(int index, PropertyReport report) throws IOException {
        Json.write(report, report(index));
    }

    boolean has(int index) {
        return Files.exists(report(index));
    }

    PropertyReport read(int index) throws IOException {
        return Json.read(report(index), PropertyReport.class);
    }

    private Path report(int index) {
        return folder.resolve(index + ".json");
    }
}
