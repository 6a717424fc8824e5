package zircon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;

/// What all handles have in common.
final class HandleCases {
    private static final byte[] BASIC =
            Fake.struct(1031L, Rights.IO.bits(), 6, 1024L, 0, 0); // a port

    private HandleCases() {}

    static void closingTwiceClosesOnce() {
        Port port = Port.adopt(5);
        port.close();
        port.close();
        assertThat(Fake.log()).containsExactly("handle_close 5");
        assertThat(port.isClosed()).isTrue();
        assertThat(port.raw()).isZero();
    }

    static void closingFromManyThreadsClosesOnce() {
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 200; i++) {
                Port port = Port.adopt(1000 + i);
                for (int thread = 0; thread < 4; thread++) {
                    threads.execute(port::close);
                }
            }
        }
        assertThat(Fake.log()).hasSize(200).doesNotHaveDuplicates();
    }

    static void adoptingNothingIsABrokenCall() throws NoSuchMethodException {
        for (Class<?> type : PublicApi.handles()) {
            Method adopt = type.getMethod("adopt", int.class);
            assertThatThrownBy(() -> PublicApi.call(type, adopt, 0))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    static void aDuplicateIsANewHandle() {
        Port port = Port.adopt(5);
        Port copy = port.duplicate(Rights.SAME_RIGHTS).orElseThrow();
        assertThat(copy.raw()).isEqualTo(101);
        assertThat(port.raw()).isEqualTo(5);
        assertThat(Fake.log()).containsExactly("handle_duplicate 5 2147483648 out");
    }

    static void replaceConsumesWhetherItSucceedsOrNot() {
        Port port = Port.adopt(5);
        Port other = port.replace(Rights.IO).orElseThrow();
        assertThat(other.raw()).isEqualTo(101);
        assertThat(port.isClosed()).isTrue();

        Fake.status(ZxError.INVALID_ARGS);
        assertThat(other.replace(Rights.IO)).isEqualTo(ZxError.INVALID_ARGS.err());
        assertThat(other.isClosed()).isTrue();
        assertThat(Fake.log())
                .containsExactly("handle_replace 5 12 out", "handle_replace 101 12 out");
    }

    static void basicInfoIsReadFieldByField() {
        Fake.record(Fake.struct(1031L, Rights.IO.bits(), 5, 1024L, 1, 0));
        HandleInfo info = Event.adopt(5).basicInfo().orElseThrow();
        assertThat(info)
                .isEqualTo(
                        new HandleInfo(
                                new Koid(1031),
                                Rights.IO,
                                ObjectType.Known.EVENT,
                                new Koid(1024),
                                true));
        assertThat(Fake.log()).containsExactly("object_get_info 5 2 out 32 0 0");
    }

    static void theHandleCountIsTheKernels() {
        Fake.record(Fake.struct(3));
        assertThat(Event.adopt(5).handleCount()).isEqualTo(new Ok<>(3));
        assertThat(Fake.log()).containsExactly("object_get_info 5 19 out 4 0 0");
    }

    static void namesGoInAndOutAsUtf8() {
        Fake.out("b\u00e4r\0\0\0".getBytes(StandardCharsets.UTF_8));
        Job job = Job.adopt(5);
        assertThat(job.name()).isEqualTo(new Ok<>("b\u00e4r"));
        assertThat(job.setName("b\u00e4r")).isEqualTo(Ok.UNIT);
        assertThat(Fake.log())
                .containsExactly(
                        "object_get_property 5 3 out 32", "object_set_property 5 3 <62c3a472> 4");
    }

    static void aNameThatFillsItsRoomEndsThere() {
        Fake.out("x".repeat(32).getBytes(StandardCharsets.UTF_8));
        assertThat(Job.adopt(5).name()).isEqualTo(new Ok<>("x".repeat(32)));
    }

    static void signalsAreClearedAndSet() {
        Result<Unit> result = Event.adopt(5).signal(Signals.user(0), Signals.EVENT_SIGNALED);
        assertThat(result).isEqualTo(Ok.UNIT);
        assertThat(Fake.log()).containsExactly("object_signal 5 16777216 8");
    }

    static void theTextOfAHandleHasItsNumberAndKoid() {
        Fake.record(BASIC);
        assertThat(Port.adopt(0x2f3)).hasToString("Port[handle=0x2f3, koid=1031]");
    }

    static void theTextOfAHandleNeverThrowsAndAsksForValidityFirst() {
        Port port = Port.adopt(5);
        Fake.status(ZxError.BAD_HANDLE);
        assertThat(port).hasToString("Port[handle=0x5, stale: BAD_HANDLE]");
        assertThat(Fake.log()).containsExactly("object_get_info 5 1 0 0 0 0");

        Fake.status(-502);
        assertThat(port).hasToString("Port[handle=0x5, stale: OtherStatus[raw=-502]]");

        Fake.status(0);
        port.close();
        assertThat(port).hasToString("Port[closed]");
    }

    static void manyHandlesAreClosedWithOneCall() {
        Port port = Port.adopt(5);
        Event closed = Event.adopt(6);
        closed.close();
        Fake.reset();
        Event event = Event.adopt(7);
        assertThat(Handle.closeMany(List.of(port, closed, event))).isEqualTo(Ok.UNIT);
        assertThat(List.of(port, event)).allMatch(Handle::isClosed);
        assertThat(Handle.closeMany(List.of())).isEqualTo(Ok.UNIT);
        assertThat(Fake.log())
                .containsExactly(
                        "handle_close_many <050000000000000007000000> 3", "handle_close_many <> 0");
    }

    static void validityIsAskedForWithoutARecord() {
        assertThat(Port.adopt(5).checkValid()).isEqualTo(Ok.UNIT);
        assertThat(Fake.log()).containsExactly("object_get_info 5 1 0 0 0 0");
    }
}
