package zircon.health;

import org.jspecify.annotations.Nullable;

import zircon.Deadline;
import zircon.Koid;
import zircon.PacketBuffer;
import zircon.Port;
import zircon.Resume;
import zircon.ZxThread;
import zircon.emulation.GuestFaults;
import zircon.kit.Guest;

import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntUnaryOperator;

/// Guests fault without end while Java code does everything for which a JVM uses the same signals,
/// or stops all threads: null checks in compiled code, stack overflows, garbage collections,
/// compilations.
final class BesideFaultsProgram {
    private static final int GUESTS = 2;
    private static final int FAULTS_OF_A_GUEST = 2000;
    private static final int NULL_CHECKS = 20_000;

    private BesideFaultsProgram() {}

    public static void main(String[] arguments) throws Exception {
        Map<Koid, ZxThread> threads = new HashMap<>();
        List<Guest> guests = new ArrayList<>();
        Port port = Port.create().orElseThrow();
        for (int i = 0; i < GUESTS; i++) {
            Guest guest = Guest.java(BesideFaultsProgram::faultOften);
            guests.add(guest);
            threads.put(guest.thread().koid().orElseThrow(), guest.thread());
            var _ = guest.process().bindExceptionPort(port, i).orElseThrow();
        }
        Thread handler = Thread.ofPlatform().start(() -> answer(port, threads));
        guests.forEach(Guest::go);

        do {
            checkNulls();
            overflowTheStack();
            makeGarbage();
            compileAfresh();
        } while (handler.isAlive());

        for (Guest guest : guests) {
            Guest.awaitEnd(guest.process());
            require(guest.process().info().orElseThrow().returnCode() == 0, "a guest went wrong");
            guest.close();
        }
        port.close();
        System.out.println("well");
    }

    private static void faultOften() {
        for (int i = 0; i < FAULTS_OF_A_GUEST; i++) {
            GuestFaults.breakpoint();
        }
    }

    private static void answer(Port port, Map<Koid, ZxThread> threads) {
        try (var buffer = new PacketBuffer()) {
            for (int i = 0; i < GUESTS * FAULTS_OF_A_GUEST; i++) {
                var _ = port.waitFor(Deadline.INFINITE, buffer).orElseThrow();
                ZxThread thread = Objects.requireNonNull(threads.get(new Koid(buffer.word(1))));
                var _ = thread.resumeFromException(port, Resume.HANDLED).orElseThrow();
            }
        }
    }

    private static final class Box {
        int value = 1;
    }

    /// The compiler leaves the null check to the hardware: a page fault that is the JVM's own.
    private static void checkNulls() {
        var full = new Box();
        int caught = 0;
        int sum = 0;
        for (int i = 0; i < NULL_CHECKS; i++) {
            Box box = i % 1000 == 999 ? null : full;
            try {
                sum += read(box);
            } catch (NullPointerException e) {
                caught++;
            }
        }
        require(caught == NULL_CHECKS / 1000, "null checks: " + caught);
        require(sum == NULL_CHECKS - caught, "reads: " + sum);
    }

    @SuppressWarnings("NullAway") // that it is null sometimes is the point
    private static int read(@Nullable Box box) {
        return box.value;
    }

    private static void overflowTheStack() {
        try {
            int depth = descend(0);
            throw new AssertionError("came back from depth " + depth);
        } catch (StackOverflowError expected) {
            require(expected.getStackTrace().length > 100, "the depth of a stack overflow");
        }
    }

    @SuppressWarnings("InfiniteRecursion") // that it overflows is the point
    private static int descend(int depth) {
        return descend(depth + 1) + 1;
    }

    private static void makeGarbage() {
        List<byte[]> kept = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            kept.add(new byte[10_000]);
        }
        require(kept.size() == 200, "what was kept");
        System.gc();
    }

    /// Code that the compiler does not know yet.
    static final class Fresh implements IntUnaryOperator {
        @Override
        public int applyAsInt(int times) {
            int value = 1;
            for (int i = 0; i < times; i++) {
                value = value * 31 + i;
            }
            return value;
        }
    }

    private static void compileAfresh() throws Exception {
        try (InputStream bytes =
                Objects.requireNonNull(
                        BesideFaultsProgram.class.getResourceAsStream(
                                "BesideFaultsProgram$Fresh.class"))) {
            Class<?> fresh =
                    MethodHandles.lookup()
                            .defineHiddenClass(bytes.readAllBytes(), true)
                            .lookupClass();
            var code = (IntUnaryOperator) fresh.getDeclaredConstructor().newInstance();
            int expected = new Fresh().applyAsInt(20_000);
            require(code.applyAsInt(20_000) == expected, "what compiled code says");
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
