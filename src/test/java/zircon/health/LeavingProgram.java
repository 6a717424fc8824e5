package zircon.health;

import zircon.Clock;
import zircon.Deadline;
import zircon.Event;
import zircon.Job;
import zircon.Port;
import zircon.Signals;
import zircon.emulation.GuestFaults;
import zircon.kit.Guest;
import zircon.kit.Packets;

import java.util.List;

/// Returns from `main` while guests are blocked in everything that blocks.
final class LeavingProgram {
    private LeavingProgram() {}

    public static void main(String[] arguments) {
        Port port = Port.create().orElseThrow();
        List<Guest> guests =
                List.of(
                        Guest.java(
                                () -> {
                                    Port own = Port.create().orElseThrow();
                                    var _ = own.waitFor(Deadline.INFINITE);
                                }),
                        Guest.java(
                                () -> {
                                    Event event = Event.create().orElseThrow();
                                    var _ = event.waitFor(Signals.USER_ALL, Deadline.INFINITE);
                                }),
                        Guest.java(() -> Clock.nanosleep(Deadline.INFINITE)),
                        Guest.java(GuestFaults::divideByZero),
                        Guest.in(Job.defaultJob().orElseThrow()));
        for (Guest guest : guests) {
            var _ = guest.process().bindExceptionPort(port, 1).orElseThrow();
        }
        guests.subList(0, 4).forEach(Guest::go);
        guests.get(4).fault();
        var _ = Packets.exception(port);
        var _ = Packets.exception(port);
        Packets.settle();
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            var _ = port.waitFor(Deadline.INFINITE);
                        });
        System.out.println("main returns");
    }
}
