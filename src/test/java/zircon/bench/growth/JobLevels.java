package zircon.bench.growth;

import zircon.Deadline;
import zircon.Job;
import zircon.PacketBuffer;
import zircon.Port;
import zircon.emulation.NativeProgram;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Jobs above a guest that faults. The topmost is bound, and nothing below it.
final class JobLevels implements Load {
    private final NativeProgram program;
    private final Port port = Port.create().orElseThrow();
    private final PacketBuffer buffer = new PacketBuffer();
    // The topmost first.
    private final List<Job> jobs = new ArrayList<>();
    // A guest for each number of levels. All of them wait for an answer to a fault.
    private final Map<Integer, FaultingGuest> guests = new HashMap<>();
    private int levels;

    JobLevels(NativeProgram program) {
        this.program = program;
        jobs.add(Tasks.newJob());
        var _ = jobs.getFirst().bindExceptionPort(port, Tasks.KEY).orElseThrow();
    }

    @Override
    public void resize(int size) {
        while (jobs.size() < size) {
            jobs.add(jobs.getLast().createJob().orElseThrow());
        }
        if (!guests.containsKey(size)) {
            FaultingGuest guest = new FaultingGuest(program, jobs.get(size - 1));
            guests.put(size, guest);
            guest.start();
            awaitFault(Deadline.after(FaultingGuest.LIMIT));
        }
        levels = size;
    }

    private void awaitFault(Deadline deadline) {
        var _ = port.waitFor(deadline, buffer).orElseThrow();
    }

    @Override
    public void run(int operations) {
        Deadline deadline = Deadline.after(FaultingGuest.LIMIT);
        FaultingGuest guest = guests.get(levels);
        if (guest == null) {
            throw new IllegalStateException("resize() comes first");
        }
        for (int i = 0; i < operations; i++) {
            guest.resume(port);
            awaitFault(deadline);
        }
    }

    @Override
    public void close() {
        guests.values().forEach(FaultingGuest::close);
        jobs.forEach(Job::close);
        buffer.close();
        port.close();
    }
}
