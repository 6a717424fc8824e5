package zircon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import zircon.emulation.HostEmulation;
import zircon.kit.Guest;
import zircon.kit.KernelFixture;
import zircon.kit.Packets;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// What the kernel tells of objects, and what may be set, through the bundled gate.
class WholeWayInfoTest extends KernelFixture {
    @Test
    void manyHandlesAreClosedAndLeftOutWhenTheyAreClosedAlready() { // H-7
        Event first = scope.event();
        Event second = scope.event();
        Event closed = scope.event();
        closed.close();
        Event alias = Event.adopt(first.raw());
        assertThat(alias.checkValid()).isEqualTo(Ok.UNIT);
        assertThat(Handle.closeMany(List.of(first, closed, second))).isEqualTo(Ok.UNIT);
        assertThat(alias.checkValid()).isEqualTo(ZxError.BAD_HANDLE.err());
        Event third = scope.event();
        assertThat(Handle.closeMany(List.of(alias, third))).isEqualTo(ZxError.BAD_HANDLE.err());
        assertThat(third.isClosed()).isTrue();
    }

    @Test
    void aProcessTellsOfItsHandlesAndItsMemory() {
        Guest guest = scope.guest();
        guest.sleep();
        ZxProcess process = guest.process();
        assertThat(process.handleStats().orElseThrow().of(ObjectType.Known.EVENT)).isEqualTo(1);
        TaskStats stats = process.taskStats().orElseThrow();
        assertThat(stats.mappedBytes()).isPositive();
        assertThat(guest.thread().stats().orElseThrow().totalRuntime().isNegative()).isFalse();

        List<MapsEntry> maps = process.maps().orElseThrow();
        assertThat(maps.get(0)).isInstanceOf(MapsEntry.AddressSpace.class);
        assertThat(maps.get(1)).isInstanceOf(MapsEntry.Region.class);
        assertThat(maps.subList(2, maps.size()))
                .hasOnlyElementsOfType(MapsEntry.Mapping.class)
                .anyMatch(entry -> executable(entry) && entry.name().contains("libzircon"));
        List<VmoInfo> vmos = process.vmos().orElseThrow();
        assertThat(vmos)
                .isNotEmpty()
                .allMatch(vmo -> vmo.flags().contains(VmoInfo.Flags.VIA_MAPPING));
    }

    // As a user would: the compiler knows that no kind is missing.
    private static boolean executable(MapsEntry entry) {
        return switch (entry) {
            case MapsEntry.AddressSpace _, MapsEntry.Region _, MapsEntry.Other _ -> false;
            case MapsEntry.Mapping mapping -> mapping.access().contains(MapsEntry.Access.EXECUTE);
        };
    }

    @Test
    void theRootRegionIsTheAddressSpace() {
        Vmar root = scope.own(Vmar.rootSelf().orElseThrow());
        VmarInfo info = root.info().orElseThrow();
        assertThat(info.base()).isPositive();
        assertThat(info.length()).isPositive();
    }

    @Test
    void theDebugAddressIsSetOnce() { // I-8
        ZxProcess process = scope.guest().process();
        assertThat(process.debugAddress()).isEqualTo(new Ok<>(DebugAddress.NONE));
        assertThat(process.setDebugAddress(DebugAddress.BREAK_ON_SET)).isEqualTo(Ok.UNIT);
        assertThat(process.debugAddress()).isEqualTo(new Ok<>(DebugAddress.BREAK_ON_SET));
        var address = new DebugAddress(0x7f00_0000);
        assertThat(process.setDebugAddress(address)).isEqualTo(Ok.UNIT);
        assertThat(process.debugAddress()).isEqualTo(new Ok<>(address));
        assertThat(process.setDebugAddress(address)).isEqualTo(ZxError.ACCESS_DENIED.err());
    }

    @Test
    void otherPropertiesAreReadOrSet() {
        assertThat(scope.job().setKillOnOom(true)).isEqualTo(Ok.UNIT);
        assertThat(scope.guest().process().vdsoBaseAddress().orElseThrow()).isPositive();
        var answer = new AtomicReference<Result<Unit>>();
        Guest guest =
                scope.javaGuest(
                        () -> {
                            try (ZxThread self = ZxThread.self().orElseThrow()) {
                                answer.set(self.setRegisterGs(0x10000));
                            }
                        });
        guest.go();
        Guest.awaitEnd(guest.process());
        assertThat(answer).hasValue(Ok.UNIT);
    }

    @Test
    void theSystemHasItsOwnNamesAndNoStartupHandlesForItsHost() {
        assertThat(Zircon.statusString(ZxError.NOT_FOUND)).isEqualTo("ZX_ERR_NOT_FOUND");
        assertThat(Zircon.statusString(new OtherStatus(4711))).isEqualTo("(UNKNOWN)");
        assertThat(Zircon.takeStartupHandle(StartupHandle.of(StartupHandle.Type.USER0))).isEmpty();
    }

    @Test
    void aPolicyExceptionIsRaisedBesideTheAnswer() { // J-11
        Job job = scope.job();
        Port port = scope.port();
        var policy = new JobPolicy(JobPolicy.Condition.NEW_EVENT, JobPolicy.Action.EXCEPTION);
        assertThat(job.setPolicy(JobPolicy.Mode.RELATIVE, policy)).isEqualTo(Ok.UNIT);
        assertThat(job.bindExceptionPort(port, 1)).isEqualTo(Ok.UNIT);
        var made = new AtomicReference<Object>();
        ZxProcess process =
                scope.own(
                        ZxProcess.adopt(
                                HostEmulation.instance()
                                        .spawnProcess(
                                                job.raw(),
                                                "maker",
                                                0,
                                                _ -> made.set(Event.create()))));
        ExceptionPacket packet = Packets.exception(port);
        assertThat(packet.type()).isEqualTo(ExceptionType.Known.POLICY_ERROR);
        ZxThread thread =
                scope.own(process.child(packet.thread(), Rights.SAME_RIGHTS).orElseThrow());
        assertThat(thread.resumeFromException(port, Resume.HANDLED)).isEqualTo(Ok.UNIT);
        Guest.awaitEnd(process);
        assertThat(made.get()).isInstanceOf(Ok.class);
    }
}
