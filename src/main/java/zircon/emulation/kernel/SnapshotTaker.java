package zircon.emulation.kernel;

import zircon.emulation.KernelSnapshot;
import zircon.emulation.KernelSnapshot.Binding;
import zircon.emulation.KernelSnapshot.JobNode;
import zircon.emulation.KernelSnapshot.PortNode;
import zircon.emulation.KernelSnapshot.ProcessNode;
import zircon.emulation.KernelSnapshot.ThreadNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Copies a kernel's objects into a [KernelSnapshot]; wants the lock.
final class SnapshotTaker {
    private final Map<Long, PortNode> ports = new TreeMap<>();

    private SnapshotTaker() {}

    static KernelSnapshot take(Kernel kernel) {
        SnapshotTaker taker = new SnapshotTaker();
        int handles = 0;
        for (Handle handle : kernel.handles().all()) {
            handles++;
            if (handle.object() instanceof PortDispatcher port) {
                taker.add(port);
            }
        }
        JobNode root = taker.job(kernel.hiddenRoot());
        return new KernelSnapshot(
                root, List.copyOf(taker.ports.values()), handles, kernel.quarantined().size());
    }

    private void add(PortDispatcher port) {
        ports.put(port.koid(), new PortNode(port.koid(), port.queued(), port.bindingCount()));
    }

    private JobNode job(JobDispatcher job) {
        return new JobNode(
                job.koid(),
                Names.text(job.name()),
                job.state().name(),
                bindings(job.exceptionSlot(true), job.exceptionSlot(false)),
                job.jobs().stream().map(this::job).toList(),
                job.processes().stream().map(this::process).toList());
    }

    private ProcessNode process(ProcessDispatcher process) {
        return new ProcessNode(
                process.koid(),
                Names.text(process.name()),
                process.isHost(),
                process.state().name(),
                process.handles().openCount(),
                bindings(process.exceptionSlot(true), process.exceptionSlot(false)),
                process.threads().stream().map(this::thread).toList());
    }

    private ThreadNode thread(ThreadDispatcher thread) {
        return new ThreadNode(
                thread.koid(),
                Names.text(thread.name()),
                thread.stateName(),
                ExceptionSlot.nameOf(thread.exceptions().waitsForSlotType()),
                thread.waitsOn().stream().map(Dispatcher::koid).toList(),
                bindings(thread.exceptionSlot(false)));
    }

    private List<Binding> bindings(ExceptionSlot... slots) {
        List<Binding> bindings = new ArrayList<>();
        for (ExceptionSlot slot : slots) {
            ExceptionPort bound = slot.bound();
            if (bound != null) {
                add(bound.port());
                bindings.add(
                        new Binding(
                                ExceptionSlot.nameOf(slot.type()),
                                bound.port().koid(),
                                bound.key()));
            }
        }
        return List.copyOf(bindings);
    }
}
