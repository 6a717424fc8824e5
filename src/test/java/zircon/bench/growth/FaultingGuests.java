package zircon.bench.growth;

import zircon.Deadline;
import zircon.Job;
import zircon.PacketBuffer;
import zircon.Port;
import zircon.emulation.NativeProgram;

import java.util.ArrayList;
import java.util.List;

/// Guests that fault all at once. One thread, with one port, lets them go on.
final class FaultingGuests implements Load {
    private final NativeProgram program;
    private final Job job = Tasks.newJob();
    private final Port port = Port.create().orElseThrow();
    private final PacketBuffer buffer = new PacketBuffer();
    // By the key of their packets.
    private final List<FaultingGuest> guests = new ArrayList<>();
    // So many of them run; the packets of the others have been taken, and are not answered.
    private int running;

    FaultingGuests(NativeProgram program) {
        this.program = program;
    }

    @Override
    public void resize(int size) {
        Deadline deadline = Deadline.after(FaultingGuest.LIMIT);
        for (; running > 0; running--) {
            awaitFault(deadline);
        }
        while (guests.size() < size) {
            FaultingGuest guest = new FaultingGuest(program, job);
            var _ = guest.thread().bindExceptionPort(port, guests.size()).orElseThrow();
            guests.add(guest);
            guest.start();
            awaitFault(deadline);
        }
        for (; running < size; running++) {
            guests.get(running).resume(port);
        }
    }

    private FaultingGuest awaitFault(Deadline deadline) {
        var _ = port.waitFor(deadline, buffer).orElseThrow();
        return guests.get((int) buffer.key());
    }

    @Override
    public void run(int operations) {
        Deadline deadline = Deadline.after(FaultingGuest.LIMIT);
        for (int i = 0; i < operations; i++) {
            awaitFault(deadline).resume(port);
        }
    }

    @Override
    public void close() {
        guests.forEach(FaultingGuest::close);
        buffer.close();
        port.close();
        job.close();
    }
}
