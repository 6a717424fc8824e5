package zircon.emulation.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import zircon.emulation.kernel.Refusal;
import zircon.emulation.kernel.UserMemory;
import zircon.emulation.syscalls.Call;
import zircon.sys.zircon_h;
import zircon.sys.zx_port_packet;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Syscalls as lines of a trace.
class CallTextTest {
    private static final long PLACE = 0x1000;
    private static final Map<String, Method> PROTOTYPES =
            Arrays.stream(zircon_h.class.getMethods())
                    .filter(method -> method.getName().matches("zx_[a-z0-9_]+"))
                    .collect(Collectors.toMap(Method::getName, Function.identity()));

    private final MemorySegment place = Arena.ofAuto().allocate(zx_port_packet.layout());
    private final CallText texts = new CallText(new OnePlace(place));

    /// A memory in which there is something at one address alone.
    private record OnePlace(MemorySegment place) implements UserMemory {
        @Override
        public void copyIn(long address, MemorySegment destination, long size) {
            if (address != PLACE) {
                throw Refusal.INVALID_ARGS;
            }
            MemorySegment.copy(place, 0, destination, 0, size);
        }

        @Override
        public void copyOut(long address, MemorySegment source, long size) {
            throw new AssertionError("a trace writes nothing");
        }
    }

    private String text(Call call, long result, long... arguments) {
        return texts.text(call, Arrays.copyOf(arguments, 8), result);
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void everyCallIsShownWithTheParametersOfItsPrototype(Call call) {
        Method prototype = Objects.requireNonNull(PROTOTYPES.get(call.cName()), call.cName());
        assertThat(CallText.parameterCount(call)).isEqualTo(prototype.getParameterCount());
    }

    @Test
    void handlesAndRightsAndWhatWasStored() {
        place.set(ValueLayout.JAVA_INT, 0, 0x4711);
        assertThat(text(Call.HANDLE_DUPLICATE, 0, 0x5f, 0xc, PLACE))
                .isEqualTo(
                        "zx_handle_duplicate(handle=0x5f, rights=READ|WRITE, out={0x4711}) ="
                                + " ZX_OK");
        assertThat(text(Call.HANDLE_DUPLICATE, -11, 0, 0x8000_0000L, PLACE))
                .isEqualTo(
                        "zx_handle_duplicate(handle=INVALID, rights=SAME_RIGHTS, out=0x1000) ="
                                + " ZX_ERR_BAD_HANDLE");
        assertThat(text(Call.HANDLE_DUPLICATE, -10, 1, 0x10_0004, 0))
                .isEqualTo(
                        "zx_handle_duplicate(handle=0x1, rights=READ|0x100000, out=NULL) ="
                                + " ZX_ERR_INVALID_ARGS");
        assertThat(text(Call.HANDLE_CLOSE, 0, 0xffff_ffffL))
                .isEqualTo("zx_handle_close(handle=0xffffffff) = ZX_OK");
        assertThat(text(Call.EVENTPAIR_CREATE, 0, 0, PLACE, 0x2000))
                .as("a place that was unmapped since")
                .isEqualTo("zx_eventpair_create(options=0, out0={0x4711}, out1=0x2000) = ZX_OK");
    }

    @Test
    void packets() {
        zx_port_packet.key(place, -1);
        zx_port_packet.type(place, 0x108);
        assertThat(text(Call.PORT_WAIT, 0, 7, Long.MAX_VALUE, PLACE))
                .isEqualTo(
                        "zx_port_wait(handle=0x7, deadline=INFINITE, packet={key=-1, type=0x108})"
                                + " = ZX_OK");
        assertThat(text(Call.PORT_WAIT, -21, 7, 0, PLACE))
                .isEqualTo(
                        "zx_port_wait(handle=0x7, deadline=PAST, packet=0x1000) ="
                                + " ZX_ERR_TIMED_OUT");
        assertThat(text(Call.PORT_QUEUE, -22, 7, PLACE))
                .isEqualTo(
                        "zx_port_queue(handle=0x7, packet={key=-1, type=0x108}) ="
                                + " ZX_ERR_SHOULD_WAIT");
        assertThat(text(Call.PORT_QUEUE, -10, 7, 0x2000))
                .isEqualTo("zx_port_queue(handle=0x7, packet=0x2000) = ZX_ERR_INVALID_ARGS");
    }

    @Test
    void topicsPropertiesAndRegisters() {
        assertThat(text(Call.OBJECT_GET_INFO, -14, 7, 10, 0x1000, 32, 0, 0))
                .isEqualTo(
                        "zx_object_get_info(handle=0x7, topic=THREAD, buffer=0x1000, size=32,"
                                + " actual=NULL, avail=NULL) = ZX_ERR_OUT_OF_RANGE");
        assertThat(text(Call.OBJECT_GET_INFO, -2, 7, 99, 0, 0, 0, 0)).contains("topic=0x63");
        assertThat(text(Call.OBJECT_GET_PROPERTY, 0, 7, 3, 0x1000, 32))
                .contains("property=NAME, value=0x1000, size=32");
        assertThat(text(Call.THREAD_READ_STATE, 0, 7, 0, 0x1000, 144))
                .contains("kind=GENERAL_REGS, buffer=0x1000, size=144");
        assertThat(text(Call.THREAD_WRITE_STATE, 0, 7, 5, 0x1000, 4)).contains("kind=SINGLE_STEP");
    }

    @Test
    void signalsAndTimes() {
        assertThat(text(Call.OBJECT_WAIT_ONE, -21, 7, 0x18, 1_500_000_000L, 0))
                .isEqualTo(
                        "zx_object_wait_one(handle=0x7, signals=0x18, deadline=1.500000s,"
                                + " observed=NULL) = ZX_ERR_TIMED_OUT");
        assertThat(text(Call.NANOSLEEP, 0, -5)).isEqualTo("zx_nanosleep(deadline=PAST) = ZX_OK");
    }

    @ParameterizedTest
    @CsvSource({
        "HANDLE_CLOSE, 0, ZX_OK",
        "HANDLE_CLOSE, -27, ZX_ERR_ALREADY_BOUND",
        "HANDLE_CLOSE, -502, killed",
        "HANDLE_CLOSE, -9999, ZX_ERR_0xffffd8f1",
        "PROCESS_EXIT, 0, ended",
        "THREAD_EXIT, 0, ended",
        "CLOCK_GET_MONOTONIC, 12, 12",
        "DEADLINE_AFTER, 9223372036854775807, 9223372036854775807",
        "PROCESS_SELF, 4919, 0x1337",
        "TAKE_STARTUP_HANDLE, 0, 0x0"
    })
    @DisplayName("What a call returns is a status by its name, or what else the call is for")
    void results(Call call, long result, String shown) {
        assertThat(CallText.result(call, result)).isEqualTo(shown);
    }
}
