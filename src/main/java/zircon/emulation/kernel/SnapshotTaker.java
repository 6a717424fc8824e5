package zircon.emulation.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Copies a kernel's objects into a [KernelSnapshot]; wants the lock.
final class SnapshotTaker {
    private SnapshotTaker() {}

    static KernelSnapshot take(Kernel kernel) {
        return new KernelSnapshot(job(kernel.rootJob()), ports(kernel.handles()));
    }

    private static KernelSnapshot.JobNode job(JobDispatcher job) {
        return new KernelSnapshot.JobNode(
                job.koid(),
                job.name(),
                job.state(),
                bindings(job.exceptionSlot(true), job.exceptionSlot(false)),
                job.jobs().stream().map(SnapshotTaker::job).toList(),
                job.processes().stream().map(SnapshotTaker::process).toList());
    }

    private static KernelSnapshot.ProcessNode process(ProcessDispatcher process) {
        return new KernelSnapshot.ProcessNode(
                process.koid(),
                process.name(),
                process.isHost(),
                process.state(),
                process.returnCode(),
                process.handles().openCount(),
                bindings(process.exceptionSlot(true), process.exceptionSlot(false)),
                process.threads().stream().map(SnapshotTaker::thread).toList());
    }

    private static KernelSnapshot.ThreadNode thread(ThreadDispatcher thread) {
        Dispatcher waitsOn = thread.waitsOn();
        return new KernelSnapshot.ThreadNode(
                thread.koid(),
                thread.name(),
                thread.isHost(),
                thread.reportedState(),
                thread.exceptions().waitsForSlotType(),
                waitsOn == null ? 0 : waitsOn.koid(),
                bindings(thread.exceptionSlot(false)));
    }

    private static List<KernelSnapshot.Binding> bindings(ExceptionSlot... slots) {
        List<KernelSnapshot.Binding> bindings = new ArrayList<>();
        for (ExceptionSlot slot : slots) {
            ExceptionPort bound = slot.bound();
            if (bound != null) {
                bindings.add(
                        new KernelSnapshot.Binding(slot.type(), bound.port().koid(), bound.key()));
            }
        }
        return List.copyOf(bindings);
    }

    private static List<KernelSnapshot.PortNode> ports(HandleArena handles) {
        Map<Long, KernelSnapshot.PortNode> ports = new TreeMap<>();
        for (Handle handle : handles.all()) {
            if (handle.object() instanceof PortDispatcher port) {
                ports.put(
                        port.koid(),
                        new KernelSnapshot.PortNode(
                                port.koid(), port.queued(), port.bindingCount()));
            }
        }
        return List.copyOf(ports.values());
    }
}
