package zircon.cli;

import static zircon.ExceptionPortType.Known.DEBUGGER;
import static zircon.ExceptionPortType.Known.JOB;
import static zircon.ExceptionPortType.Known.PROCESS;
import static zircon.ExceptionPortType.Known.THREAD;

import zircon.Channel;
import zircon.Deadline;
import zircon.ExceptionPortType;
import zircon.ExceptionReport;
import zircon.GeneralRegisters;
import zircon.GeneralRegisters.Register;
import zircon.Handle;
import zircon.Job;
import zircon.ProcessAndVmar;
import zircon.Read;
import zircon.Resume;
import zircon.Signals;
import zircon.ThreadInfo;
import zircon.ZxProcess;
import zircon.ZxThread;
import zircon.cli.DemoFacts.Asked;
import zircon.cli.DemoFacts.Binding;
import zircon.cli.DemoFacts.Ending;
import zircon.cli.DemoFacts.Guest;
import zircon.cli.DemoFacts.Handled;
import zircon.cli.DemoFacts.Named;
import zircon.emulation.HostEmulation;
import zircon.emulation.NativeProgram;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The story of `zx demo`: plays it, and notes what the calls say.
final class Demo {
    /// No program of a host lies there.
    static final long BAD_ADDRESS = 0xdead0000L;

    static final long FACTOR = 2;

    private static final String FUNCTION = "demo_multiply";

    /// A wait that takes so long has failed.
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final HostEmulation emulation;
    private final NativeProgram code;

    /// @param code the bundled guest
    Demo(HostEmulation emulation, NativeProgram code) {
        this.emulation = emulation;
        this.code = code;
    }

    static Deadline soon() {
        return Deadline.after(LIMIT);
    }

    /// Plays the story.
    ///
    /// @throws zircon.ZxException a call was refused, or took too long
    DemoFacts play() throws InterruptedException {
        Named name;
        Handled handled;
        Ending unhandled;
        try (Job parent = Job.defaultJob().orElseThrow();
                Job job = parent.createJob().orElseThrow()) {
            job.setName("zx-demo").orElseThrow();
            name = named(job);
            handled = handled(job);
            unhandled = unhandled(job);
        }
        return new DemoFacts(name, handled, unhandled, emulation.openHandles());
    }

    /// The first process. Its handlers are gone when this returns.
    private Handled handled(Job job) throws InterruptedException {
        try (ProcessAndVmar made = job.createProcess("guest").orElseThrow();
                ZxThread thread = made.process().createThread("first").orElseThrow();
                Channel.Pair channel = Channel.create().orElseThrow();
                DemoHandlers handlers = DemoHandlers.create()) {
            ZxProcess process = made.process();
            ThreadInfo created = thread.info().orElseThrow();
            Guest guest = start(process, thread, channel.second());
            List<Binding> bindings = handlers.bind(job, process, thread);

            channel.first().write(bytes(BAD_ADDRESS)).orElseThrow();
            List<Asked> search = new ArrayList<>();
            for (ExceptionPortType slot : List.of(DEBUGGER, THREAD, PROCESS)) {
                search.add(handlers.asked(slot, thread, Resume.TRY_NEXT));
                handlers.answer(slot, thread, Resume.TRY_NEXT);
            }
            search.add(handlers.asked(JOB, thread, Resume.HANDLED));

            ExceptionReport report = thread.exceptionReport().orElseThrow();
            GeneralRegisters registers = thread.readGeneralRegisters().orElseThrow();
            long repaired = code.address("demo_spare_number");
            thread.writeGeneralRegisters(registers.with(Register.RAX, repaired)).orElseThrow();
            handlers.answer(JOB, thread, Resume.HANDLED);

            Ending ending = ending(process, List.of(product(channel.first())));
            return new Handled(
                    named(process),
                    named(thread),
                    created,
                    guest,
                    bindings,
                    search,
                    report,
                    registers,
                    repaired,
                    ending);
        }
    }

    private Guest start(ZxProcess process, ZxThread thread, Channel channel)
            throws InterruptedException {
        long address = code.address(FUNCTION);
        process.start(thread, address, 0, channel, FACTOR).orElseThrow();
        // A debugger that comes while the thread starts would be told of that, too.
        var _ = emulation.awaitQuiescence(LIMIT);
        return new Guest(FUNCTION, address, FACTOR, thread.info().orElseThrow(), BAD_ADDRESS);
    }

    private static long product(Channel channel) {
        var _ = channel.waitFor(Signals.CHANNEL_READABLE, soon()).orElseThrow();
        try (Read.Message message = channel.read().orElseThrow()) {
            return ByteBuffer.wrap(message.bytes()).order(ByteOrder.nativeOrder()).getLong();
        }
    }

    /// The second process: nobody handles its fault.
    private Ending unhandled(Job job) {
        try (ProcessAndVmar made = job.createProcess("lost").orElseThrow();
                ZxThread thread = made.process().createThread("first").orElseThrow();
                Channel.Pair channel = Channel.create().orElseThrow()) {
            ZxProcess process = made.process();
            long address = code.address("demo_crash");
            process.start(thread, address, 0, channel.second(), BAD_ADDRESS).orElseThrow();
            return ending(process, List.of());
        }
    }

    private static Ending ending(ZxProcess process, List<Long> said) {
        Signals observed = process.waitFor(Signals.PROCESS_TERMINATED, soon()).orElseThrow();
        return new Ending(
                named(process),
                said,
                observed.contains(Signals.PROCESS_TERMINATED),
                process.info().orElseThrow().returnCode());
    }

    private static Named named(Handle object) {
        return new Named(object.koid().orElseThrow(), object.name().orElseThrow());
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(number)
                .array();
    }
}
