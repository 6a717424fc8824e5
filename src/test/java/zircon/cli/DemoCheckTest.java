package zircon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.ExceptionPortType.Known.DEBUGGER;
import static zircon.ExceptionPortType.Known.JOB;
import static zircon.ExceptionPortType.Known.NONE;
import static zircon.ExceptionPortType.Known.PROCESS;
import static zircon.ExceptionPortType.Known.THREAD;

import org.junit.jupiter.api.Test;

import zircon.ExceptionPacket;
import zircon.ExceptionPortType;
import zircon.ExceptionReport;
import zircon.ExceptionType;
import zircon.GeneralRegisters;
import zircon.Koid;
import zircon.Resume;
import zircon.ThreadInfo;
import zircon.ThreadState;
import zircon.cli.DemoFacts.Asked;
import zircon.cli.DemoFacts.Binding;
import zircon.cli.DemoFacts.Ending;
import zircon.cli.DemoFacts.Guest;
import zircon.cli.DemoFacts.Handled;
import zircon.cli.DemoFacts.Named;

import java.util.ArrayList;
import java.util.List;

/// The demo's judgement of facts that a real run never has.
class DemoCheckTest {
    private static final long BAD = Demo.BAD_ADDRESS;
    private static final Named JOB_NAME = new Named(new Koid(1), "job");
    private static final Named PROCESS_NAME = new Named(new Koid(2), "guest");
    private static final Named THREAD_NAME = new Named(new Koid(3), "first");
    private static final Ending LOST =
            new Ending(new Named(new Koid(4), "lost"), List.of(), true, -1);

    /// What goes wrong is changed here, one thing per test.
    private List<ExceptionPortType> order = List.of(DEBUGGER, THREAD, PROCESS, JOB);

    private ExceptionType type = ExceptionType.Known.FATAL_PAGE_FAULT;
    private Koid tid = THREAD_NAME.koid();
    private long firstKey;
    private long cr2 = BAD;
    private long rax = BAD;
    private Ending ending = new Ending(PROCESS_NAME, List.of(42L), true, 7);
    private Ending lost = LOST;
    private int openHandles;

    @Test
    void aRunAsItShouldBeHasNoProblems() {
        assertThat(problems()).isEmpty();
    }

    @Test
    void anotherOrderOfTheSearchIsAProblem() {
        order = List.of(THREAD, DEBUGGER, PROCESS, JOB);
        assertThat(problems()).singleElement().asString().startsWith("the order of the search is");
    }

    @Test
    void anotherBindingsKeyIsAProblem() {
        firstKey = 99;
        assertThat(problems())
                .containsExactly("the packet for DEBUGGER: key is [99], expected [0]");
    }

    @Test
    void anotherExceptionIsAProblemOfEachPacket() {
        type = ExceptionType.Known.GENERAL;
        assertThat(problems())
                .hasSize(4)
                .allSatisfy(p -> assertThat(p).contains("type is GENERAL"));
    }

    @Test
    void anotherThreadIsAProblemOfEachPacket() {
        tid = new Koid(9);
        assertThat(problems()).hasSize(4).allSatisfy(p -> assertThat(p).contains("thread is 9"));
    }

    @Test
    void anotherFaultAddressIsAProblem() {
        cr2 = 0;
        assertThat(problems()).singleElement().asString().startsWith("the report's address is 0");
    }

    @Test
    void otherRegistersAreAProblem() {
        rax = 0;
        assertThat(problems()).singleElement().asString().startsWith("rax is 0");
    }

    @Test
    void anotherResultIsAProblem() {
        ending = new Ending(PROCESS_NAME, List.of(41L), true, 7);
        assertThat(problems()).containsExactly("what the guest said is [41], expected [42]");
    }

    @Test
    void anotherReturnCodeIsAProblem() {
        ending = new Ending(PROCESS_NAME, List.of(42L), true, 8);
        assertThat(problems()).containsExactly("process guest: return code is 8, expected 7");
    }

    @Test
    void aProcessThatOutlivesItsUnhandledFaultIsAProblem() {
        lost = new Ending(LOST.process(), List.of(), false, 0);
        assertThat(problems())
                .containsExactly(
                        "process lost: terminated is false, expected true",
                        "process lost: return code is 0, expected -1");
    }

    @Test
    void aHandleThatIsLeftOpenIsAProblem() {
        openHandles = 1;
        assertThat(problems()).containsExactly("open handles at the end is 1, expected 0");
    }

    private List<String> problems() {
        List<Binding> bindings = new ArrayList<>();
        List<Asked> search = new ArrayList<>();
        for (ExceptionPortType slot : order) {
            long key = bindings.size();
            bindings.add(new Binding(slot, new Koid(5), key));
            var packet =
                    new ExceptionPacket(
                            key == 0 ? firstKey : key, 0, type, PROCESS_NAME.koid(), tid);
            var waiting = new ThreadInfo(ThreadState.Known.BLOCKED_EXCEPTION, slot);
            search.add(new Asked(packet, waiting, Resume.TRY_NEXT));
        }
        var started = new ThreadInfo(ThreadState.Known.BLOCKED_WAIT_ONE, NONE);
        var handled =
                new Handled(
                        PROCESS_NAME,
                        THREAD_NAME,
                        new ThreadInfo(ThreadState.Known.NEW, NONE),
                        new Guest("demo_multiply", 0x1000, Demo.FACTOR, started, BAD),
                        bindings,
                        search,
                        new ExceptionReport(ExceptionType.Known.FATAL_PAGE_FAULT, 14, 4, cr2),
                        new GeneralRegisters(
                                rax, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                        0x2000,
                        ending);
        return DemoCheck.problems(new DemoFacts(JOB_NAME, handled, lost, openHandles));
    }
}
