package zircon.conformance;

import zircon.conformance.model.Model;
import zircon.conformance.model.Type;
import zircon.emulation.HostEmulation;
import zircon.emulation.KernelSnapshot;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What can be seen only where the library is ours.
final class Emulation {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HostEmulation emulation = HostEmulation.instance();

    /// Whether the library is ours. Loads nothing.
    static boolean isHere() {
        return System.getProperty("zircon.library") == null
                && !"Fuchsia".equals(System.getProperty("os.name"));
    }

    /// Waits until every guest is at rest.
    void settle() {
        try {
            if (!emulation.awaitQuiescence(LIMIT)) {
                throw new IllegalStateException(
                        "guests do not come to rest:\n" + emulation.snapshot());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while guests come to rest", e);
        }
    }

    /// Open handles of the host process.
    int openHandles() {
        return emulation.openHandles();
    }

    /// Who is bound, what is queued, who waits for whom.
    void compare(Model model, World world) throws Deviation {
        KernelSnapshot snapshot = emulation.snapshot();
        Map<Long, KernelSnapshot.PortNode> ports = new HashMap<>();
        snapshot.ports().forEach(port -> ports.put(port.koid(), port));
        for (int variable = 0; variable < model.variables(); variable++) {
            if (model.isLive(variable) && model.type(variable) == Type.PORT) {
                KernelSnapshot.PortNode port = ports.get(world.koid(variable));
                world.require(
                        "P-1",
                        "h" + variable + ": packets queued, slots filled",
                        List.of(model.queued(variable), model.bindings(variable)),
                        port == null ? List.of() : List.of(port.queued(), port.bindings()));
            }
        }
    }
}
