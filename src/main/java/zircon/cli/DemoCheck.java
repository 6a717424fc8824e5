package zircon.cli;

import zircon.ExceptionPortType;
import zircon.ExceptionType;
import zircon.GeneralRegisters.Register;
import zircon.ThreadState;
import zircon.cli.DemoFacts.Asked;
import zircon.cli.DemoFacts.Ending;
import zircon.cli.DemoFacts.Handled;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What is wrong with what the demo saw.
final class DemoCheck {
    /// The demo's guest: what lies where its load is sent instead, and what it ends with.
    private static final long SPARE_NUMBER = 21;

    private static final long RETURN_CODE = 7;

    /// Of a process that a fault has killed.
    private static final long KILLED = -1;

    private final List<String> problems = new ArrayList<>();

    private DemoCheck() {}

    /// One line for each thing that is not as it should be.
    static List<String> problems(DemoFacts facts) {
        DemoCheck check = new DemoCheck();
        check.handled(facts.handled());
        check.ending(facts.handled().ending(), RETURN_CODE);
        check.same("what the guest said", facts.handled().ending().said(), product());
        check.ending(facts.unhandled(), KILLED);
        check.same("open handles at the end", facts.openHandles(), 0);
        return List.copyOf(check.problems);
    }

    private static List<Long> product() {
        return List.of(Demo.FACTOR * SPARE_NUMBER);
    }

    private void handled(Handled facts) {
        same("the new thread's state", facts.created().state(), ThreadState.Known.NEW);
        same(
                "the waiting thread's state",
                facts.guest().started().state(),
                ThreadState.Known.BLOCKED_WAIT_ONE);
        same(
                "the order of the search",
                facts.search().stream()
                        .map(asked -> asked.waiting().waitExceptionPortType())
                        .toList(),
                List.of(
                        ExceptionPortType.Known.DEBUGGER,
                        ExceptionPortType.Known.THREAD,
                        ExceptionPortType.Known.PROCESS,
                        ExceptionPortType.Known.JOB));
        facts.search().forEach(asked -> asked(asked, facts));
        same("the report's type", facts.report().type(), ExceptionType.Known.FATAL_PAGE_FAULT);
        same("the report's address", facts.report().cr2(), facts.guest().badAddress());
        same("rax", facts.registers().value(Register.RAX), facts.guest().badAddress());
    }

    private void asked(Asked asked, Handled facts) {
        ExceptionPortType slot = asked.waiting().waitExceptionPortType();
        String packet = "the packet for " + slot + ": ";
        same(packet + "key", List.of(asked.packet().key()), keys(facts, slot));
        same(packet + "type", asked.packet().type(), ExceptionType.Known.FATAL_PAGE_FAULT);
        same(packet + "process", asked.packet().process(), facts.process().koid());
        same(packet + "thread", asked.packet().thread(), facts.thread().koid());
        same(
                "the state of the thread that asks " + slot,
                asked.waiting().state(),
                ThreadState.Known.BLOCKED_EXCEPTION);
    }

    private static List<Long> keys(Handled facts, ExceptionPortType slot) {
        return facts.bindings().stream()
                .filter(binding -> binding.slot().equals(slot))
                .map(DemoFacts.Binding::key)
                .toList();
    }

    private void ending(Ending ending, long returnCode) {
        String process = "process " + ending.process().name() + ": ";
        same(process + "terminated", ending.terminated(), true);
        same(process + "return code", ending.returnCode(), returnCode);
    }

    private void same(String what, Object actual, Object expected) {
        if (!Objects.equals(actual, expected)) {
            problems.add("%s is %s, expected %s".formatted(what, actual, expected));
        }
    }
}
