package zircon.cli;

import static java.util.stream.Collectors.joining;

import zircon.ExceptionReport;
import zircon.GeneralRegisters;
import zircon.GeneralRegisters.Register;
import zircon.cli.DemoFacts.Asked;
import zircon.cli.DemoFacts.Binding;
import zircon.cli.DemoFacts.Ending;
import zircon.cli.DemoFacts.Guest;
import zircon.cli.DemoFacts.Handled;
import zircon.cli.DemoFacts.Named;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The demo's facts as a story.
final class DemoText {
    private final StringBuilder text = new StringBuilder();
    private int step;

    private DemoText() {}

    static String of(DemoFacts facts, List<String> problems) {
        Handled handled = facts.handled();
        DemoText story = new DemoText();
        story.text.append(
                "A page fault in native code, and everybody who is asked what to do about it.\n");
        story.step(cast(facts.job(), handled));
        story.step(guest(handled.guest()));
        story.step(bindings(handled.bindings()));
        story.step(search(handled));
        story.step(lastHandler(handled.report(), handled.registers()));
        story.step(repair(handled));
        story.step(unhandled(facts.unhandled()));
        story.step("All handles are closed.\nopen      " + facts.openHandles());
        story.text.append(
                problems.isEmpty()
                        ? "\nAll of this is as it should be.\n"
                        : "\nNot all of this is as it should be.\n");
        return story.text.toString();
    }

    /// Adds a paragraph with a number before its first line.
    private void step(String lines) {
        step++;
        text.append("\n").append(step).append(". ").append(lines.indent(3).stripLeading());
    }

    private static String cast(Named job, Handled handled) {
        return """
        A job, a process in it, and a thread in that. (A koid is a kernel object's id.)
        job       koid %s  named %s
        process   koid %s  named %s
        thread    koid %s  named %s, state %s
        """
                .formatted(
                        job.koid(),
                        job.name(),
                        handled.process().koid(),
                        handled.process().name(),
                        handled.thread().koid(),
                        handled.thread().name(),
                        handled.created().state());
    }

    private static String guest(Guest guest) {
        return """
        The process starts. Its thread runs native code, and waits at a channel to us.
        code      %s(channel, %d) at %s
        thread    state %s
        """
                .formatted(
                        guest.function(),
                        guest.factor(),
                        Words.hex(guest.address()),
                        guest.started().state());
    }

    private static String bindings(List<Binding> bindings) {
        return """
        Exception ports are bound. The debugger has one to itself; the others share one, where
        the key tells for which of them a packet is.
        bound to  port  key
        %s
        """
                .formatted(
                        bindings.stream()
                                .map(b -> "%-9s %-5s %d".formatted(b.slot(), b.port(), b.key()))
                                .collect(joining("\n")));
    }

    private static String search(Handled handled) {
        return """
        The channel brings the thread an address to load from, %s. Nothing is there: a page
        fault. The kernel asks one handler after the other; all but the last pass it on.
        asked     thread's state     key  packet's type             process  thread  answer
        %s
        """
                .formatted(
                        Words.hex(handled.guest().badAddress()),
                        handled.search().stream().map(DemoText::asked).collect(joining("\n")));
    }

    private static String asked(Asked asked) {
        return "%-9s %-18s %-4d %-25s %-8s %-7s %s"
                .formatted(
                        asked.waiting().waitExceptionPortType(),
                        asked.waiting().state(),
                        asked.packet().key(),
                        Words.number(asked.packet().type(), asked.packet().type().raw()),
                        asked.packet().process(),
                        asked.packet().thread(),
                        asked.answer());
    }

    private static String lastHandler(ExceptionReport report, GeneralRegisters registers) {
        return """
        What the last one gets to see: the exception's report, and the thread's registers.
        type      %s
        vector    %s
        err_code  %s
        cr2       %s
        %s
        """
                .formatted(
                        report.type(),
                        Words.hex(report.vector()),
                        Words.hex(report.errorCode()),
                        Words.hex(report.cr2()),
                        String.join("\n", RegisterTable.rows(byName(registers))));
    }

    private static SequencedMap<String, Long> byName(GeneralRegisters registers) {
        SequencedMap<String, Long> byName = new LinkedHashMap<>();
        for (Register register : Register.values()) {
            byName.put(register.toString(), registers.value(register));
        }
        return byName;
    }

    private static String repair(Handled handled) {
        return """
        It points rax at a number that exists and answers HANDLED. The thread loads again.
        rax       %s, was %s
        result    %s came through the channel
        %s
        """
                .formatted(
                        Words.hex(handled.repaired()),
                        Words.hex(handled.registers().value(Register.RAX)),
                        handled.ending().said().stream().map(String::valueOf).collect(joining(" ")),
                        ending(handled.ending()));
    }

    private static String unhandled(Ending ending) {
        return """
        The handlers leave: closing a port unbinds it everywhere. A second process faults, and
        nobody is left to ask.
        %s
        """
                .formatted(ending(ending));
    }

    private static String ending(Ending ending) {
        return "process   koid %s named %s, %s, return code %d"
                .formatted(
                        ending.process().koid(),
                        ending.process().name(),
                        ending.terminated() ? "terminated" : "not terminated",
                        ending.returnCode());
    }
}
