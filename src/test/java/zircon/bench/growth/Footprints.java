package zircon.bench.growth;

import zircon.Deadline;
import zircon.Event;
import zircon.Job;
import zircon.PacketBuffer;
import zircon.Port;
import zircon.Rights;
import zircon.UserPacket;
import zircon.ZxProcess;
import zircon.ZxThread;
import zircon.bench.plan.Thing;
import zircon.emulation.HostEmulation;
import zircon.emulation.NativeProgram;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntConsumer;

/// What a thing takes in memory: many are made, and the difference is divided by their number.
///
/// Nothing is given back, so that no thing is made of what another one has left. What the wrapper
/// has of a thing is dropped before it is weighed.
final class Footprints {
    private static final int PORTS = 8;
    private static final int PACKETS = 16_000;
    private static final int THREADS = 10_000;
    private static final int GUESTS = 64;
    private static final int HANDLES = 200_000;
    private static final long PAGE = 4096;

    /// What one of them takes.
    ///
    /// @param heap bytes
    /// @param outside bytes of real memory outside of the heap
    record Footprint(double heap, double outside) {}

    private final Map<Thing, Footprint> taken = new EnumMap<>(Thing.class);
    private final Event event = Event.create().orElseThrow();
    private final Port port = Port.create().orElseThrow();
    private final ZxProcess process;
    // Numbers alone: the wrapper's objects are not the kernel's.
    private final int[] threads = new int[THREADS];

    private Footprints(Job job) {
        process = Tasks.newProcess(job);
    }

    /// Measures, in a JVM that has done nothing else and is about to end.
    ///
    /// @param guest what bench/guest.c was compiled to
    /// @return what each takes
    static Map<Thing, Footprint> measure(Path guest) {
        try (Job job = Tasks.newJob()) {
            Footprints footprints = new Footprints(job);
            footprints.measureAll(job, HostEmulation.instance().load(guest));
            return footprints.taken;
        }
    }

    private void measureAll(Job job, NativeProgram program) {
        Port[] ports = new Port[PORTS];
        Arrays.setAll(ports, _ -> Port.create().orElseThrow());
        UserPacket packet = UserPacket.of(1);
        weigh(Thing.PACKET, PACKETS, i -> ports[i % PORTS].queue(packet).orElseThrow());
        weigh(
                Thing.THREAD,
                THREADS,
                i -> threads[i] = process.createThread("t").orElseThrow().raw());
        weigh(Thing.BINDING, THREADS, this::bind);
        try (PacketBuffer buffer = new PacketBuffer()) {
            weigh(Thing.GUEST, GUESTS, _ -> startGuest(job, program, buffer));
        }
        weigh(Thing.HANDLE, HANDLES, _ -> event.duplicate(Rights.SAME_RIGHTS).orElseThrow());
    }

    private void bind(int thread) {
        var _ = ZxThread.adopt(threads[thread]).bindExceptionPort(port, thread).orElseThrow();
    }

    /// Returns when the guest waits for an answer to its first fault.
    private void startGuest(Job job, NativeProgram program, PacketBuffer buffer) {
        FaultingGuest guest = new FaultingGuest(program, job);
        var _ = guest.thread().bindExceptionPort(port, Tasks.KEY).orElseThrow();
        guest.start();
        var _ = port.waitFor(Deadline.after(FaultingGuest.LIMIT), buffer).orElseThrow();
    }

    private void weigh(Thing thing, int count, IntConsumer make) {
        make.accept(0); // what the first one of all takes once
        long heap = heap();
        long outside = outside();
        for (int i = 1; i < count; i++) {
            make.accept(i);
        }
        taken.put(
                thing,
                new Footprint(
                        (double) (heap() - heap) / (count - 1),
                        (double) (outside() - outside) / (count - 1)));
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /// The whole heap was touched when this JVM began, so that what becomes more is not of it.
    private static long outside() {
        try {
            String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ", -1);
            return PAGE * Long.parseLong(pages[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
