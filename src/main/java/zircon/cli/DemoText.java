package zircon.cli;

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
import java.util.StringJoiner;

/// The demo's facts as a story.
final class DemoText {
    private final StringJoiner text = new StringJoiner("\n", "", "\n");
    private int step;

    private DemoText() {}

    static String of(DemoFacts facts, List<String> problems) {
        DemoText story = new DemoText();
        story.text.add(
                "A page fault in native code, and everybody who is asked what to do about it.");
        Handled handled = facts.handled();
        story.cast(facts.job(), handled);
        story.guest(handled);
        story.bindings(handled.bindings());
        story.search(handled);
        story.lastHandler(handled);
        story.handled(handled);
        story.unhandled(facts.unhandled());
        story.end(facts, problems);
        return story.text.toString();
    }

    private void step(String line) {
        step++;
        text.add("").add(step + ". " + line);
    }

    private void line(String format, Object... values) {
        text.add(("   " + format.formatted(values)).stripTrailing());
    }

    private void cast(Named job, Handled handled) {
        step("A job, a process in it, and a thread in that. (A koid is a kernel object's id.)");
        line("%-9s koid %-5s named %s", "job", job.koid(), job.name());
        line(
                "%-9s koid %-5s named %s",
                "process", handled.process().koid(), handled.process().name());
        line(
                "%-9s koid %-5s named %s, state %s",
                "thread",
                handled.thread().koid(),
                handled.thread().name(),
                handled.created().state());
    }

    private void guest(Handled handled) {
        Guest guest = handled.guest();
        step("The process starts. Its thread runs native code, and waits at a channel to us.");
        line(
                "%-9s %s(channel, %d) at %s",
                "code", guest.function(), guest.factor(), Words.hex(guest.address()));
        line("%-9s state %s", "thread", guest.started().state());
    }

    private void bindings(List<Binding> bindings) {
        step(
                "Exception ports are bound. The debugger has one to itself; the others share one,"
                        + " where");
        line("the key tells for which of them a packet is.");
        line("%-9s %-5s %s", "bound to", "port", "key");
        for (Binding binding : bindings) {
            line("%-9s %-5s %d", binding.slot(), binding.port(), binding.key());
        }
    }

    private void search(Handled handled) {
        step(
                "The channel brings the thread an address to load from, %s. Nothing is there: a page"
                        .formatted(Words.hex(handled.guest().badAddress())));
        line("fault. The kernel asks one handler after the other; all but the last pass it on.");
        line(
                "%-9s %-18s %-4s %-25s %-8s %-7s %s",
                "asked", "thread's state", "key", "packet's type", "process", "thread", "answer");
        for (Asked asked : handled.search()) {
            line(
                    "%-9s %-18s %-4d %-25s %-8s %-7s %s",
                    asked.waiting().waitExceptionPortType(),
                    asked.waiting().state(),
                    asked.packet().key(),
                    Words.number(asked.packet().type(), asked.packet().type().raw()),
                    asked.packet().process(),
                    asked.packet().thread(),
                    asked.answer());
        }
    }

    private void lastHandler(Handled handled) {
        step("What the last one gets to see: the exception's report, and the thread's registers.");
        line("%-9s %s", "type", handled.report().type());
        line("%-9s %s", "vector", Words.hex(handled.report().vector()));
        line("%-9s %s", "err_code", Words.hex(handled.report().errorCode()));
        line("%-9s %s", "cr2", Words.hex(handled.report().cr2()));
        RegisterTable.rows(byName(handled.registers())).forEach(this::line);
    }

    private static SequencedMap<String, Long> byName(GeneralRegisters registers) {
        SequencedMap<String, Long> byName = new LinkedHashMap<>();
        for (Register register : Register.values()) {
            byName.put(register.toString(), registers.value(register));
        }
        return byName;
    }

    private void handled(Handled handled) {
        step("It points rax at a number that exists and answers HANDLED. The thread loads again.");
        line(
                "%-9s %s, was %s",
                Register.RAX,
                Words.hex(handled.repaired()),
                Words.hex(handled.registers().value(Register.RAX)));
        ending(handled.ending());
    }

    private void unhandled(Ending ending) {
        step(
                "The handlers leave: closing a port unbinds it everywhere. A second process faults,"
                        + " and");
        line("nobody is left to ask.");
        ending(ending);
    }

    private void ending(Ending ending) {
        ending.said().forEach(number -> line("%-9s %d came through the channel", "result", number));
        line(
                "%-9s koid %s named %s, %s, return code %d",
                "process",
                ending.process().koid(),
                ending.process().name(),
                ending.terminated() ? "terminated" : "not terminated",
                ending.returnCode());
    }

    private void end(DemoFacts facts, List<String> problems) {
        step("All handles are closed.");
        line("%-9s %d", "open", facts.openHandles());
        text.add("");
        text.add(
                problems.isEmpty()
                        ? "All of this is as it should be."
                        : "Not all of this is as it should be.");
    }
}
