package zircon.testing;

import zircon.ObjectType;
import zircon.emulation.HandleOrigin;
import zircon.emulation.HostEmulation;
import zircon.emulation.KernelSnapshot;
import zircon.emulation.KernelSnapshot.JobNode;
import zircon.emulation.KernelSnapshot.ProcessNode;
import zircon.emulation.KernelSnapshot.ThreadNode;
import zircon.emulation.OpenHandle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a test has left behind, in words.
///
/// @param lines one for each handle and each guest, with the places where the handle came from
record Leaks(List<String> lines) {
    private static final int MAX_HANDLES = 50;

    static Leaks find(HostEmulation emulation) {
        List<String> lines = new ArrayList<>();
        List<OpenHandle> open = emulation.listHandles().stream().filter(OpenHandle::host).toList();
        open.stream().limit(MAX_HANDLES).map(Leaks::line).forEach(lines::add);
        if (open.size() > MAX_HANDLES) {
            lines.add("and %d handles more".formatted(open.size() - MAX_HANDLES));
        }
        addGuests(emulation, lines);
        return new Leaks(List.copyOf(lines));
    }

    private static String line(OpenHandle handle) {
        String object =
                "%s of koid %d, handle %#x"
                        .formatted(typeName(handle), handle.koid(), handle.value());
        return handle.origin().map(origin -> object + from(origin)).orElse(object);
    }

    private static String typeName(OpenHandle handle) {
        return "a handle to "
                + switch (ObjectType.of(handle.type())) {
                    case ObjectType.Known known -> known.name().toLowerCase(Locale.ROOT);
                    case ObjectType.Other other -> "an object of type " + other.raw();
                };
    }

    private static String from(HandleOrigin origin) {
        StringBuilder text = new StringBuilder(", which thread \"" + origin.thread() + "\" got");
        List<StackTraceElement> frames = UserFrames.of(origin);
        if (frames.isEmpty()) {
            return text.append(" in native code").toString();
        }
        frames.forEach(frame -> text.append("%n      at %s".formatted(UserFrames.text(frame))));
        return text.toString();
    }

    private static void addGuests(HostEmulation emulation, List<String> lines) {
        int guests = emulation.liveGuests();
        if (guests > 0) {
            int before = lines.size();
            addGuests(emulation.snapshot().root(), lines);
            int others = guests - (lines.size() - before);
            if (others > 0) {
                lines.add("guests in the process of this JVM: " + others);
            }
        }
    }

    private static void addGuests(JobNode job, List<String> lines) {
        for (ProcessNode process : job.processes()) {
            if (!process.host()) {
                process.threads().forEach(thread -> lines.add(guest(process, thread)));
            }
        }
        job.jobs().forEach(child -> addGuests(child, lines));
    }

    private static String guest(ProcessNode process, ThreadNode thread) {
        return "a guest: thread %d \"%s\" of process %d \"%s\", %s"
                .formatted(
                        thread.koid(),
                        thread.name(),
                        process.koid(),
                        process.name(),
                        thread.state());
    }

    boolean areThere() {
        return !lines.isEmpty();
    }

    AssertionError failure(KernelSnapshot kernel) {
        return new AssertionError(
                "The test must close what it opened and end what it started. It left:%n  - %s%nThe kernel:%n%s"
                        .formatted(String.join("%n  - ".formatted(), lines), kernel));
    }
}
