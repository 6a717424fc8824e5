package zircon.emulation.kernel;

import zircon.emulation.OpenHandle;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Lists what all processes have open, the oldest process first; wants the lock.
final class OpenHandles {
    private OpenHandles() {}

    static List<OpenHandle> of(Kernel kernel) {
        return below(kernel.hiddenRoot()).toList();
    }

    private static Stream<OpenHandle> below(JobDispatcher job) {
        return Stream.concat(
                job.processes().stream().flatMap(OpenHandles::of),
                job.jobs().stream().flatMap(OpenHandles::below));
    }

    private static Stream<OpenHandle> of(ProcessDispatcher process) {
        return process.handles().open().stream()
                .map(
                        handle ->
                                new OpenHandle(
                                        process.koid(),
                                        process.isHost(),
                                        process.handles().valueOf(handle),
                                        handle.object().type().number(),
                                        handle.object().koid(),
                                        handle.rights(),
                                        Optional.ofNullable(handle.origin())
                                                .map(HandleOrigins.Trace::origin)));
    }
}
