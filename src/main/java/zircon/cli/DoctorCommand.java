package zircon.cli;

import picocli.CommandLine.Command;

import java.util.List;
import java.util.concurrent.Callable;

/// `zx doctor`: whether zx can work here, and what to do if not.
@Command(name = "doctor", description = "Tells whether all is well here, and what to do if not.")
final class DoctorCommand implements Callable<Integer> {
    DoctorCommand() {}

    @Override
    public Integer call() {
        List<Finding> findings = Doctor.examine();
        for (Finding finding : findings) {
            System.out.println(finding);
        }
        long wrong = findings.stream().filter(f -> f.level() == Finding.Level.WRONG).count();
        System.out.println();
        System.out.println(
                wrong == 0 ? "All is well." : "Wrong: %d; see the arrows.".formatted(wrong));
        return wrong == 0 ? ExitStatus.OK : ExitStatus.FAILED;
    }
}
