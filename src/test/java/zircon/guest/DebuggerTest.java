package zircon.guest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import zircon.Deadline;
import zircon.Event;
import zircon.ExceptionPacket;
import zircon.ExceptionPortKind;
import zircon.ExceptionPortType;
import zircon.ExceptionType;
import zircon.GeneralRegisters;
import zircon.GeneralRegisters.Register;
import zircon.Job;
import zircon.Ok;
import zircon.Port;
import zircon.Resume;
import zircon.Rights;
import zircon.Signals;
import zircon.SuspendToken;
import zircon.ThreadState;
import zircon.ZxError;
import zircon.ZxProcess;
import zircon.ZxThread;
import zircon.emulation.HostEmulation;
import zircon.emulation.NativeProgram;
import zircon.guest.GuestProgram.Linkage;
import zircon.kit.Guest;
import zircon.kit.KernelFixture;
import zircon.kit.Packets;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;

/// The debugger of src/test/c/debugger.c, in Java, with the debuggee of that program.
class DebuggerTest extends KernelFixture {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long JOB_KEY = 71;
    private static final long PROCESS_KEY = 72;
    private static final byte INT3 = (byte) 0xcc;
    private static final long FIRST_INSTRUCTION_SIZE = 4;
    // The debuggee raises it when it begins to loop.
    private static final Signals LOOPING = Signals.user(0);

    // The numbers of the debuggee's `struct work`: its words, and then these.
    private static final int WORDS = 6;
    private static final int SUM = WORDS;
    private static final int SPINS = WORDS + 1;
    private static final int GO_ON = WORDS + 2;
    private static final int NUMBERS = WORDS + 3;

    private final NativeProgram program = load();
    private final long mix = program.address("mix");
    private final long work = program.address("work");
    private final Job job = scope.job();
    private final Guest guest = scope.guestIn(job);
    private final ZxProcess process = guest.process();
    private final ZxThread thread = guest.thread();
    private final Port jobPort = scope.port();
    private final Port port = scope.port();
    private final Event event = scope.event();

    private NativeProgram load() {
        try {
            var debuggee = GuestProgram.compile("debugger.c", Linkage.UNLINKED);
            return scope.own(HostEmulation.instance().load(debuggee));
        } catch (Exception e) {
            throw new AssertionError("the debuggee could not be built", e);
        }
    }

    @BeforeEach
    void startWithDebuggers() {
        var _ = job.bindExceptionPort(jobPort, JOB_KEY, ExceptionPortKind.DEBUGGER).orElseThrow();
        Event argument = event.duplicate(Rights.SAME_RIGHTS).orElseThrow();
        var _ = process.start(thread, program.address("debuggee"), 0, argument, 0).orElseThrow();
        requireStop(jobPort, JOB_KEY, ExceptionType.Known.PROCESS_STARTING);
        requireWaiting(thread, ExceptionPortType.Known.JOB_DEBUGGER);
        var _ =
                process.bindExceptionPort(port, PROCESS_KEY, ExceptionPortKind.DEBUGGER)
                        .orElseThrow();
        var _ = thread.resumeFromException(jobPort, Resume.HANDLED).orElseThrow();
        requireStop(port, PROCESS_KEY, ExceptionType.Known.THREAD_STARTING);
        requireWaiting(thread, ExceptionPortType.Known.DEBUGGER);
    }

    @Test
    @DisplayName("B-7, X-22, S-3, R-10, P-15: break, step, suspend and detach without a trace")
    void theDebuggeeNeverNotices() {
        long[] words = numbers();
        byte[] code = process.readMemory(mix, 16).orElseThrow();
        write(mix, INT3);
        resume();

        long sum = 1;
        for (int i = 0; i < WORDS - 1; i++) {
            stepOverBreakpoint(sum, words[i], code[0]);
            if (i < WORDS - 2) {
                write(mix, INT3);
            }
            resume();
            sum = mixed(sum, words[i]);
        }
        var _ = event.waitFor(LOOPING, Deadline.after(LIMIT)).orElseThrow();
        sum = mixed(sum, words[WORDS - 1]);
        suspendAndLook(thread.suspend().orElseThrow(), sum);
        suspendAndLook(process.suspend().orElseThrow(), sum);
        assertThat(process.readMemory(mix, 16).orElseThrow()).isEqualTo(code);

        assertThat(port.waitFor(Deadline.PAST)).isEqualTo(ZxError.TIMED_OUT.err());
        assertThat(process.info().orElseThrow().debuggerAttached()).isTrue();
        port.close();
        assertThat(process.info().orElseThrow().debuggerAttached()).isFalse();
        // Not read back: the process may have ended by then.
        poke(work + GO_ON * (long) Long.BYTES, (byte) 1);
        Guest.awaitEnd(process);
        for (int i = 0; i < WORDS; i++) {
            sum = mixed(sum, words[i]);
        }
        assertThat(process.info().orElseThrow().returnCode()).isEqualTo(sum);
        assertThat(process.readMemory(mix, 1)).isEqualTo(ZxError.NO_MEMORY.err());
    }

    /// What the debuggee's `mix` computes.
    private static long mixed(long sum, long word) {
        return (sum + 2 * word) ^ sum;
    }

    /// Takes the breakpoint at the beginning of `mix(sum, word)`, and steps over the instruction
    /// that it stands for, which begins with `first`. The breakpoint is gone then.
    private void stepOverBreakpoint(long sum, long word, byte first) {
        requireStop(port, PROCESS_KEY, ExceptionType.Known.SW_BREAKPOINT);
        assertThat(thread.exceptionReport().orElseThrow().type())
                .isEqualTo(ExceptionType.Known.SW_BREAKPOINT);
        GeneralRegisters stopped = thread.readGeneralRegisters().orElseThrow();
        assertThat(stopped.rip()).isEqualTo(mix + 1);
        assertThat(stopped.rdi()).isEqualTo(sum);
        assertThat(stopped.rsi()).isEqualTo(word);

        write(mix, first);
        var _ = thread.writeGeneralRegisters(stopped.with(Register.RIP, mix)).orElseThrow();
        var _ = thread.writeSingleStep(true).orElseThrow();
        resume();

        requireStop(port, PROCESS_KEY, ExceptionType.Known.HW_BREAKPOINT);
        GeneralRegisters stepped = thread.readGeneralRegisters().orElseThrow();
        assertThat(stepped.rip()).isEqualTo(mix + FIRST_INSTRUCTION_SIZE);
        assertThat(stepped.rax()).isEqualTo(sum + 2 * word);
        assertThat(stepped.rsp()).isEqualTo(stopped.rsp());
        var _ = thread.writeSingleStep(false).orElseThrow();
    }

    /// Looks at the debuggee, which was just suspended in the midst of its loop, and lets it run.
    private void suspendAndLook(SuspendToken token, long sum) {
        var _ = thread.waitFor(Signals.THREAD_SUSPENDED, Deadline.after(LIMIT)).orElseThrow();
        assertThat(thread.info().orElseThrow().state()).isEqualTo(ThreadState.Known.SUSPENDED);
        GeneralRegisters registers = thread.readGeneralRegisters().orElseThrow();
        assertThat(registers.rip() - program.address("debuggee")).isBetween(0L, 512L);
        long[] seen = numbers();
        assertThat(seen[SUM]).isEqualTo(sum);
        assertThat(numbers()).isEqualTo(seen);
        assertThat(thread.readGeneralRegisters()).isEqualTo(new Ok<>(registers));
        token.close();
        var _ = thread.waitFor(Signals.THREAD_RUNNING, Deadline.after(LIMIT)).orElseThrow();
        while (numbers()[SPINS] == seen[SPINS]) {
            Thread.onSpinWait();
        }
    }

    /// Takes the next packet, which must come soon and tell of an exception of the debuggee.
    private void requireStop(Port from, long key, ExceptionType.Known type) {
        assertThat(Packets.next(from))
                .isEqualTo(
                        new ExceptionPacket(
                                key,
                                0,
                                type,
                                process.koid().orElseThrow(),
                                thread.koid().orElseThrow()));
    }

    private void resume() {
        var _ = thread.resumeFromException(port, Resume.HANDLED).orElseThrow();
    }

    private void write(long address, byte value) {
        poke(address, value);
        assertThat(process.readMemory(address, 1).orElseThrow()).containsExactly(value);
    }

    private void poke(long address, byte value) {
        assertThat(process.writeMemory(address, new byte[] {value})).isEqualTo(new Ok<>(1L));
    }

    /// The debuggee's `struct work`, out of its memory.
    private long[] numbers() {
        byte[] bytes = process.readMemory(work, NUMBERS * Long.BYTES).orElseThrow();
        var numbers = new long[NUMBERS];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(numbers);
        return numbers;
    }
}
