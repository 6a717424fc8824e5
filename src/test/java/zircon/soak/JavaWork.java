package zircon.soak;

import zircon.Deadline;
import zircon.Err;
import zircon.Event;
import zircon.ExceptionPacket;
import zircon.ExceptionPortKind;
import zircon.ExceptionType;
import zircon.GeneralRegisters;
import zircon.GeneralRegisters.Register;
import zircon.Job;
import zircon.Koid;
import zircon.Ok;
import zircon.Port;
import zircon.PortPacket;
import zircon.Result;
import zircon.Resume;
import zircon.Rights;
import zircon.Signals;
import zircon.SuspendToken;
import zircon.Task;
import zircon.ZxError;
import zircon.ZxProcess;
import zircon.ZxThread;
import zircon.emulation.GuestFaults;
import zircon.kit.Guest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Makes a process of two threads, written in Java, that fault and make syscalls; handles what it
/// faults with, one way or another; and meddles with the guests of the other threads of the soak.
final class JavaWork implements Work {
    private static final int STEPS = 60;
    private static final int GUEST_STEPS = 40;
    private static final int UD2_SIZE = 2;

    /// What no call may answer here, whatever races with it.
    private static final Set<ZxError> NEVER =
            EnumSet.of(
                    ZxError.INTERNAL,
                    ZxError.INTERNAL_INTR_RETRY,
                    ZxError.INVALID_ARGS,
                    ZxError.NO_MEMORY,
                    ZxError.WRONG_TYPE,
                    ZxError.BAD_SYSCALL);

    private final Job root;

    // Those that others may meddle with.
    private final Set<Koid> processes = ConcurrentHashMap.newKeySet();

    /// Starts all guests in the root job, to which `root` is a handle.
    JavaWork(Job root) {
        this.root = root;
    }

    @Override
    public void run(RandomGenerator random, Counts counts, Told told) {
        long seed = random.nextLong();
        told.of("a Java guest of seed " + seed);
        try (Guest guest = Guest.java(() -> live(new SplittableRandom(seed)));
                Port port = Port.create().orElseThrow()) {
            ZxThread other = guest.javaThread(() -> live(new SplittableRandom(~seed)));
            List<ZxThread> threads = List.of(guest.thread(), other);
            allow(guest.process().bindExceptionPort(port, 0));
            threads.forEach(JavaWork::go);
            Koid koid = guest.process().koid().orElseThrow();
            processes.add(koid);
            List<SuspendToken> tokens = new ArrayList<>();
            for (int i = 0; i < STEPS; i++) {
                handleOne(port, guest.process(), random, counts);
                disturb(guest.process(), threads, port, tokens, random, counts);
                if (random.nextInt(8) == 0) {
                    meddle(random, counts);
                }
            }
            processes.remove(koid);
            tokens.forEach(SuspendToken::close);
            counts.count("Java guest");
        }
    }

    // A guest's life.

    private static void live(RandomGenerator random) {
        try (Event event = Event.create().orElseThrow()) {
            for (int i = 0; i < GUEST_STEPS; i++) {
                switch (random.nextInt(7)) {
                    case 0 -> GuestFaults.breakpoint();
                    case 1 -> GuestFaults.undefinedInstruction();
                    case 2 -> GuestFaults.divideByZero();
                    case 3 -> GuestFaults.read(8);
                    case 4 -> allow(event.signal(Signals.NONE, Signals.EVENT_SIGNALED));
                    case 5 -> {
                        var _ = event.waitFor(Signals.user(1), micros(random.nextInt(200)));
                    }
                    default -> Thread.onSpinWait();
                }
            }
        }
    }

    private static void go(ZxThread thread) {
        allow(thread.signal(Signals.NONE, Signals.user(0)));
    }

    private static Deadline micros(int micros) {
        return Deadline.after(Duration.ofNanos(micros * 1000L));
    }

    // Its handler.

    private static void handleOne(
            Port port, ZxProcess process, RandomGenerator random, Counts counts) {
        Result<PortPacket> packet = port.waitFor(micros(300));
        if (packet instanceof Ok<PortPacket>(ExceptionPacket exception)
                && process.child(exception.thread(), Rights.SAME_RIGHTS)
                        instanceof Ok<ZxThread>(ZxThread thread)) {
            try (thread) {
                boolean repaired =
                        exception.type().isArchitectural() && repair(thread, exception.type());
                boolean handled = repaired && random.nextInt(20) != 0;
                allow(thread.resumeFromException(port, handled ? Resume.HANDLED : Resume.TRY_NEXT));
                counts.count(handled ? "exception handled" : "exception passed on");
            }
        }
    }

    /// Makes a fault good: see [GuestFaults].
    private static boolean repair(ZxThread thread, ExceptionType type) {
        Result<GeneralRegisters> registers = thread.readGeneralRegisters();
        allow(registers);
        if (registers instanceof Ok<GeneralRegisters>(GeneralRegisters found)) {
            allow(thread.writeGeneralRegisters(repaired(found, type)));
            return true;
        }
        return false;
    }

    private static GeneralRegisters repaired(GeneralRegisters found, ExceptionType type) {
        if (type == ExceptionType.Known.UNDEFINED_INSTRUCTION) {
            return found.with(Register.RIP, found.rip() + UD2_SIZE);
        }
        return found.with(Register.RDI, found.rsp()).with(Register.RCX, 1);
    }

    private static void disturb(
            ZxProcess process,
            List<ZxThread> threads,
            Port port,
            List<SuspendToken> tokens,
            RandomGenerator random,
            Counts counts) {
        ZxThread thread = threads.get(random.nextInt(threads.size()));
        switch (random.nextInt(24)) {
            case 0 -> keep(thread::suspend, tokens, counts, "thread suspended");
            case 1 -> keep(process::suspend, tokens, counts, "process suspended");
            case 2, 3, 4, 5 -> {
                if (!tokens.isEmpty()) {
                    tokens.removeFirst().close();
                }
            }
            case 6 -> toggle(process, port, ExceptionPortKind.DEBUGGER, random, counts);
            case 7 -> toggle(process, port, ExceptionPortKind.GENERAL, random, counts);
            case 8 -> {
                allow(
                        random.nextBoolean()
                                ? thread.bindExceptionPort(port, 1)
                                : thread.unbindExceptionPort());
                counts.count("thread's port bound or unbound");
            }
            case 9 -> {
                if (random.nextInt(10) == 0) {
                    allow(thread.kill());
                    counts.count("thread killed");
                }
            }
            case 10 -> allow(thread.info());
            default -> {}
        }
    }

    private static void keep(
            Supplier<Result<SuspendToken>> suspend,
            List<SuspendToken> tokens,
            Counts counts,
            String what) {
        Result<SuspendToken> token = suspend.get();
        allow(token);
        if (token instanceof Ok<SuspendToken>(SuspendToken got)) {
            tokens.add(got);
            counts.count(what);
        }
    }

    private static void toggle(
            ZxProcess process,
            Port port,
            ExceptionPortKind kind,
            RandomGenerator random,
            Counts counts) {
        allow(
                random.nextBoolean()
                        ? process.bindExceptionPort(port, 2, kind)
                        : process.unbindExceptionPort(kind));
        counts.count("process's port bound or unbound");
    }

    // Other threads' guests.

    private void meddle(RandomGenerator random, Counts counts) {
        List<Koid> all = List.copyOf(processes);
        Koid koid = all.get(random.nextInt(all.size()));
        if (root.childProcess(koid, Rights.SAME_RIGHTS)
                instanceof Ok<ZxProcess>(ZxProcess process)) {
            try (process) {
                switch (random.nextInt(5)) {
                    case 0 -> kill(process, counts);
                    case 1 -> {
                        allow(process.unbindExceptionPort());
                        counts.count("another's port unbound");
                    }
                    case 2 -> look(process);
                    default -> holdStill(process, counts);
                }
            }
        }
    }

    private static void kill(Task task, Counts counts) {
        allow(task.kill());
        counts.count("another killed");
    }

    private static void look(ZxProcess process) {
        allow(process.threads());
        allow(process.info());
    }

    private static void holdStill(ZxProcess process, Counts counts) {
        Result<SuspendToken> token = process.suspend();
        allow(token);
        if (token instanceof Ok<SuspendToken>(SuspendToken got)) {
            got.close();
            counts.count("another suspended and let go");
        }
    }

    /// Whatever a race decides is fine, but not everything comes from one.
    private static void allow(Result<?> result) {
        if (result instanceof Err<?>(var status)
                && status instanceof ZxError error
                && NEVER.contains(error)) {
            throw new AssertionError("a call answered " + error + ", which no race explains");
        }
    }
}
