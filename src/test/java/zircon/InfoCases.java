package zircon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// What the kernel tells of objects: the records of the rarer topics, and properties.
final class InfoCases {
    private InfoCases() {}

    static void memoryAndTimeAreReadFieldByField() {
        Fake.record(Fake.struct(1L, 2L, 3L, 4L));
        assertThat(ZxProcess.adopt(5).taskStats()).isEqualTo(new Ok<>(new TaskStats(1, 2, 3, 4)));
        assertThat(ZxThread.adopt(5).stats())
                .isEqualTo(new Ok<>(new ThreadStats(Duration.ofNanos(1))));
        assertThat(Vmar.adopt(5).info()).isEqualTo(new Ok<>(new VmarInfo(1, 2)));
        assertThat(new VmarInfo(0x1000, 0x500)).hasToString("VmarInfo[0x1000-0x1500]");
        assertThat(Fake.log())
                .containsExactly(
                        "object_get_info 5 12 out 32 0 0",
                        "object_get_info 5 15 out 8 0 0",
                        "object_get_info 5 7 out 16 0 0");
    }

    static void handlesAreCountedByType() {
        var counts = new Integer[64];
        Arrays.fill(counts, 0);
        counts[6] = 3;
        counts[17] = 1;
        counts[63] = 2;
        Fake.record(Fake.struct(counts));
        HandleStats stats = ZxProcess.adopt(5).handleStats().orElseThrow();
        assertThat(stats.counts())
                .containsExactly(
                        new HandleStats.Count(ObjectType.Known.PORT, 3),
                        new HandleStats.Count(ObjectType.Known.JOB, 1),
                        new HandleStats.Count(new ObjectType.Other(63), 2));
        assertThat(stats.of(ObjectType.Known.PORT)).isEqualTo(3);
        assertThat(stats.of(ObjectType.Known.VMO)).isZero();
        assertThat(stats.total()).isEqualTo(6);
        assertThat(Fake.log()).containsExactly("object_get_info 5 21 out 256 0 0");
    }

    static void everyKindOfMapsEntryIsReadFieldByField() {
        Fake.record(map(1));
        assertThat(maps().getFirst())
                .isEqualTo(new MapsEntry.AddressSpace("b\u00e4r", 0x1000, 0x200, 3))
                .hasToString("AddressSpace[b\u00e4r 0x1000-0x1200]");
        Fake.record(map(2));
        assertThat(maps().getFirst())
                .isEqualTo(new MapsEntry.Region("b\u00e4r", 0x1000, 0x200, 3))
                .hasToString("Region[b\u00e4r 0x1000-0x1200]");
        Fake.record(map(3));
        assertThat(maps().getFirst())
                .isEqualTo(
                        new MapsEntry.Mapping(
                                "b\u00e4r",
                                0x1000,
                                0x200,
                                3,
                                new MapsEntry.Access(13),
                                new Koid(1040),
                                0x10,
                                7))
                .hasToString(
                        "Mapping[b\u00e4r 0x1000-0x1200, Access[READ|EXECUTE|0x8], vmo=1040,"
                                + " vmoOffset=0x10, committedPages=7]");
        Fake.record(map(4));
        assertThat(maps().getFirst())
                .isEqualTo(new MapsEntry.Other(4, "b\u00e4r", 0x1000, 0x200, 3))
                .hasToString("Other[type=4, b\u00e4r 0x1000-0x1200]");
        assertThat(Fake.log()).hasSize(4).allMatch("object_get_info 5 13 out 1536 out out"::equals);
    }

    private static List<MapsEntry> maps() {
        return ZxProcess.adopt(5).maps().orElseThrow();
    }

    private static byte[] map(int type) {
        byte[] rest = Fake.struct(0x1000L, 0x200L, 3L, type, 0, 13, 0, 1040L, 0x10L, 7L);
        return ByteBuffer.allocate(32 + rest.length).put(name("b\u00e4r")).put(32, rest).array();
    }

    private static byte[] name(String name) {
        return Arrays.copyOf(name.getBytes(StandardCharsets.UTF_8), 32);
    }

    static void memoryObjectsAreReadFieldByField() {
        byte[] rest = Fake.struct(0x2000L, 1041L, 1L, 2L, 3L, 0x23, 0, 0x1000L, 0xc, 5, 6, 0);
        byte[] info =
                ByteBuffer.allocate(40 + rest.length)
                        .put(Fake.struct(1040L))
                        .put(8, name("x".repeat(32)))
                        .put(40, rest)
                        .array();
        Fake.record(info);
        VmoInfo vmo = ZxProcess.adopt(5).vmos().orElseThrow().getFirst();
        assertThat(vmo)
                .isEqualTo(
                        new VmoInfo(
                                new Koid(1040),
                                "x".repeat(32),
                                0x2000,
                                new Koid(1041),
                                1,
                                2,
                                3,
                                new VmoInfo.Flags(0x23),
                                0x1000,
                                Rights.IO,
                                5,
                                6));
        assertThat(vmo.flags()).hasToString("Flags[PAGED|0x22]");
        assertThat(vmo.flags().contains(VmoInfo.Flags.PAGED)).isTrue();
        assertThat(vmo.flags().contains(VmoInfo.Flags.CLONE)).isFalse();
        assertThat(Fake.log()).containsExactly("object_get_info 5 14 out 1792 out out");
    }

    static void numbersAmongThePropertiesAreReadAndSet() {
        Fake.out(Fake.struct(0x7f00L));
        ZxProcess process = ZxProcess.adopt(5);
        assertThat(process.debugAddress()).isEqualTo(new Ok<>(new DebugAddress(0x7f00)));
        assertThat(process.vdsoBaseAddress()).isEqualTo(new Ok<>(0x7f00L));
        assertThat(process.setDebugAddress(DebugAddress.BREAK_ON_SET)).isEqualTo(Ok.UNIT);
        assertThat(Job.adopt(6).setKillOnOom(true)).isEqualTo(Ok.UNIT);
        assertThat(Job.adopt(6).setKillOnOom(false)).isEqualTo(Ok.UNIT);
        assertThat(ZxThread.adopt(7).setRegisterFs(-2)).isEqualTo(Ok.UNIT);
        assertThat(ZxThread.adopt(7).setRegisterGs(3)).isEqualTo(Ok.UNIT);
        assertThat(Fake.log())
                .containsExactly(
                        "object_get_property 5 5 out 8",
                        "object_get_property 5 6 out 8",
                        "object_set_property 5 5 <0100000000000000> 8",
                        "object_set_property 6 15 <0100000000000000> 8",
                        "object_set_property 6 15 <0000000000000000> 8",
                        "object_set_property 7 4 <feffffffffffffff> 8",
                        "object_set_property 7 2 <0300000000000000> 8");
    }

    static void debugAddressesThatAreNoneHaveNames() {
        assertThat(DebugAddress.NONE).hasToString("DebugAddress[NONE]");
        assertThat(DebugAddress.BREAK_ON_SET).hasToString("DebugAddress[BREAK_ON_SET]");
        assertThat(new DebugAddress(0x7f00)).hasToString("DebugAddress[0x7f00]");
    }

    static void startupHandlesAreAskedForByTheirWord() {
        Fake.record(Fake.struct(1030L, 0, 5, 0L, 0, 0)); // an event
        assertThat(Zircon.takeStartupHandle(StartupHandle.of(StartupHandle.Type.USER0)))
                .containsInstanceOf(Event.class);
        Fake.status(ZxError.INTERNAL);
        assertThat(Zircon.takeStartupHandle(new StartupHandle(StartupHandle.Type.NS_DIR, 0xffff)))
                .isEmpty();
        assertThat(Fake.log())
                .containsExactly(
                        "take_startup_handle 240",
                        "object_get_info 11 2 out 32 0 0",
                        "take_startup_handle 4294901792");
        for (int argument : new int[] {-1, 0x10000}) {
            assertThatThrownBy(() -> new StartupHandle(StartupHandle.Type.USER0, argument))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    static void aStatusHasTheSystemsName() {
        assertThat(Zircon.statusString(ZxError.NOT_FOUND)).isEqualTo("(UNKNOWN)");
        assertThat(Fake.log()).containsExactly("status_get_string -25");
    }

    static void registersHaveTextsForAPerson() {
        MemorySegment zeros = MemorySegment.ofArray(new long[300]);
        assertThat(VectorRegisters.from(zeros)).hasToString("VectorRegisters[mxcsr=0x0]");
        zeros.set(ValueLayout.JAVA_LONG, 64 + 8, 0x12);
        assertThat(VectorRegisters.from(zeros))
                .hasToString("VectorRegisters[zmm1=0x120000000000000000, mxcsr=0x0]");
        assertThat(new FpRegisters.St(1L << 63, 0x3fff)).hasToString("0x3fff8000000000000000");
        assertThat(new FpRegisters.St(0, 0)).hasToString("0x0");
    }
}
