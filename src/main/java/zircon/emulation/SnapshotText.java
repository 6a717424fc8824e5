package zircon.emulation;

import zircon.emulation.KernelSnapshot.Binding;
import zircon.emulation.KernelSnapshot.JobNode;
import zircon.emulation.KernelSnapshot.PortNode;
import zircon.emulation.KernelSnapshot.ProcessNode;
import zircon.emulation.KernelSnapshot.ThreadNode;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Draws a snapshot for a person.
final class SnapshotText {
    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();

    SnapshotText(KernelSnapshot snapshot) {
        job(snapshot.root(), "");
        snapshot.ports().forEach(this::port);
        line("", "handles " + snapshot.handles());
        if (snapshot.quarantinedThreads() > 0) {
            line("", "threads that cannot end " + snapshot.quarantinedThreads());
        }
    }

    private void job(JobNode job, String indent) {
        String state = job.state().equals("READY") ? "" : " " + small(job.state());
        line(indent, "job " + job.koid() + named(job.name()) + state + bound(job.bindings()));
        job.processes().forEach(process -> process(process, indent + INDENT));
        job.jobs().forEach(child -> job(child, indent + INDENT));
    }

    private void process(ProcessNode process, String indent) {
        line(
                indent,
                "process %d%s %s, %d handles%s%s"
                        .formatted(
                                process.koid(),
                                named(process.name()),
                                small(process.state()),
                                process.openHandles(),
                                process.host() ? " (this JVM)" : "",
                                bound(process.bindings())));
        process.threads().forEach(thread -> thread(thread, indent + INDENT));
    }

    private void thread(ThreadNode thread, String indent) {
        String asks = thread.asks().equals("NONE") ? "" : ", asks " + thread.asks();
        String on = thread.waitsOn().isEmpty() ? "" : " on " + joined(thread.waitsOn());
        line(
                indent,
                "thread %d%s %s%s%s%s"
                        .formatted(
                                thread.koid(),
                                named(thread.name()),
                                thread.state(),
                                on,
                                asks,
                                bound(thread.bindings())));
    }

    private static String joined(List<Long> koids) {
        return koids.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private void port(PortNode port) {
        line(
                "",
                "port %d %d packets, bound %d times"
                        .formatted(port.koid(), port.queued(), port.bindings()));
    }

    private static String bound(List<Binding> bindings) {
        StringBuilder all = new StringBuilder();
        for (Binding binding : bindings) {
            all.append(
                    " [%s -> port %d key %d]"
                            .formatted(binding.slot(), binding.port(), binding.key()));
        }
        return all.toString();
    }

    private static String named(String name) {
        return name.isEmpty() ? "" : " \"" + name + "\"";
    }

    private static String small(String state) {
        return state.toLowerCase(Locale.ROOT);
    }

    private void line(String indent, String what) {
        text.append(indent).append(what).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
