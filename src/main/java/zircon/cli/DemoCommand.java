package zircon.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import zircon.emulation.HostEmulation;
import zircon.emulation.NativeProgram;

import java.util.List;
import java.util.concurrent.Callable;

/// `zx demo`: the life of an exception, from fault to answer.
@Command(
        name = "demo",
        description = "Shows a fault, who is asked about it, and how it is repaired.")
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--json", description = "print the same facts as one JSON object")
    private boolean json;

    DemoCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        DemoFacts facts = play(Emulation.instance());
        List<String> problems = DemoCheck.problems(facts);
        if (json) {
            System.out.println(DemoJson.of(facts, problems));
        } else {
            System.out.print(DemoText.of(facts, problems));
        }
        problems.forEach(problem -> System.err.println("zx demo: " + problem));
        return problems.isEmpty() ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private static DemoFacts play(HostEmulation emulation) throws InterruptedException {
        try (NativeProgram code = DemoGuest.load(emulation)) {
            return new Demo(emulation, code).play();
        }
    }
}
