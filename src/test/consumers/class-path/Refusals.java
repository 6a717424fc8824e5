import zircon.Deadline;
import zircon.Err;
import zircon.Ok;
import zircon.Port;
import zircon.PortPacket;
import zircon.Result;
import zircon.UserPacket;
import zircon.ZxError;

/// Sends itself a packet, and looks at what the kernel says to each way of taking it out.
final class Refusals {
    private Refusals() {}

    public static void main(String[] args) {
        System.out.println("named module: " + Port.class.getModule().isNamed());
        Port port = Port.create().orElseThrow();
        System.out.println(told(port.queue(UserPacket.of(7))));
        System.out.println(told(port.waitFor(Deadline.PAST).map(PortPacket::key)));
        System.out.println(told(port.waitFor(Deadline.PAST)));
        port.close();
        System.out.println(told(port.waitFor(Deadline.INFINITE)));
    }

    private static String told(Result<?> result) {
        return switch (result) {
            case Ok<?>(var value) -> "ok: " + value;
            case Err<?>(ZxError error) -> "refused: " + error;
            case Err<?>(var status) -> "refused: " + status.raw();
        };
    }
}
