package zircon.conformance.run;

import zircon.Zircon;
import zircon.cli.UserSignal;
import zircon.conformance.Property;
import zircon.conformance.report.PropertyReport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The JVM in which trials run. It may hang or die of the library: [Supervisor] copes.
public final class Worker {
    /// The exit status when a trial did not end.
    static final int HUNG = 70;

    /// The exit status when the library cannot be loaded.
    private static final int UNFIT = 71;

    private Worker() {}

    /// Runs the plan of a workplace.
    ///
    /// @param args the workplace, and the supervisor's process
    /// @throws IOException the workplace cannot be used
    public static void main(String[] args) throws IOException {
        Locale.setDefault(Locale.ROOT);
        UserSignal.on("INT", () -> {}); // the terminal sends it to both; the supervisor decides
        Workplace workplace = new Workplace(Path.of(args[0]));
        if (!workplace.plan().emulated()) {
            load(workplace);
        }
        ProcessHandle supervisor = ProcessHandle.of(Long.parseLong(args[1])).orElseThrow();
        boolean isWell;
        try (Slate slate = new Slate(workplace.slate())) {
            isWell =
                    run(
                            workplace.plan(),
                            slate,
                            supervisor,
                            new Consumer<>() {
                                private int index;

                                @Override
                                public void accept(PropertyReport report) {
                                    write(workplace, index++, report);
                                }
                            });
        }
        System.out.flush();
        Runtime.getRuntime().halt(isWell ? 0 : HUNG); // whatever threads trials have left
    }

    /// Before any trial: a file that is no library is not one that fails.
    private static void load(Workplace workplace) throws IOException {
        try {
            var _ = Zircon.library();
        } catch (UnsatisfiedLinkError e) {
            Files.writeString(workplace.unfit(), String.valueOf(e.getMessage()));
            Runtime.getRuntime().halt(UNFIT);
        }
    }

    private static boolean run(
            Plan plan, Slate slate, ProcessHandle supervisor, Consumer<PropertyReport> sink) {
        Map<String, Property> byName =
                plan.load().properties().stream()
                        .collect(Collectors.toMap(Property::name, Function.identity()));
        List<Property> properties = plan.names().stream().map(byName::get).toList();
        return new SuiteRun(properties, plan, () -> slate.isStopped() || !supervisor.isAlive())
                .run(slate, sink);
    }

    private static void write(Workplace workplace, int index, PropertyReport report) {
        try {
            workplace.write(index, report);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot report " + report.name(), e);
        }
    }
}
