package zircon.bench.growth;

import zircon.emulation.HostEmulation;
import zircon.emulation.NativeProgram;

import java.nio.file.Path;
import java.util.Set;

/// The load of each curve.
final class Loads {
    private static final int PORTS = 8; // 16,384 packets by 2,049 of a port

    private static final Set<String> HAND_OFFS =
            Set.of("growth.levels", "growth.hand-offs", "growth.readers");

    private Loads() {}

    /// Makes one.
    ///
    /// @param curve its name
    /// @param guest what bench/guest.c was compiled to
    static Load of(String curve, Path guest) {
        return switch (curve) {
            case "growth.handles-bind" -> new OpenHandles(OpenHandles.Operation.BIND);
            case "growth.handles-duplicate" -> new OpenHandles(OpenHandles.Operation.DUPLICATE);
            case "growth.bindings" -> new BoundTasks();
            case "growth.levels" -> new JobLevels(program(guest));
            case "growth.hand-offs" -> new HandOffs();
            case "growth.readers" -> new Readers();
            case "growth.binders" -> new Binders();
            case "growth.faulters" -> new FaultingGuests(program(guest));
            case "growth.packets" -> new QueuedPackets(1);
            case "growth.packets-overall" -> new QueuedPackets(PORTS);
            default -> throw new IllegalArgumentException("no curve is called " + curve);
        };
    }

    /// Whether one thread at a time is awake in it.
    static boolean isHandOff(String curve) {
        return HAND_OFFS.contains(curve);
    }

    private static NativeProgram program(Path guest) {
        return HostEmulation.instance().load(guest);
    }
}
