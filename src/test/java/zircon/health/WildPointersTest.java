package zircon.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import zircon.ZxError;
import zircon.health.Places.Place;
import zircon.health.PointerArgument.Kind;
import zircon.kit.KernelFixture;
import zircon.sys.zircon_h;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// C-2, C-3: no pointer hurts anything, and each gets the status that it deserves. That failed
/// calls leave no handle behind is what the fixture checks.
class WildPointersTest extends KernelFixture {
    static List<PointerArgument> arguments() {
        return PointerArgument.all();
    }

    @ParameterizedTest
    @MethodSource("arguments")
    @DisplayName("C-2: NULL, unmapped, read-only, misaligned, at the end of a mapping, and worse")
    void pointer(PointerArgument argument) {
        try (var places = new Places();
                var world = new PointerWorld()) {
            for (Place place : Place.values()) {
                MemorySegment pointer = places.pointer(place, argument.size());
                if (place.readable && argument.kind().isRead()) {
                    places.fill(pointer, place, world.content(argument));
                }
                int status = argument.call().status(world, pointer);
                boolean good = argument.kind().mayPointTo(place);
                assertThat(status)
                        .as("%s is %s", argument, place)
                        .isEqualTo(good ? 0 : ZxError.INVALID_ARGS.raw());
                if (good && argument.kind() == Kind.OUT_HANDLE) {
                    assertThat(zircon_h.zx_handle_close(Places.handle(pointer))).isZero();
                }
            }
        }
    }

    @Test
    @DisplayName("K-2: a channel's handles that cannot be read are INVALID_ARGS")
    void handlesToWrite() {
        try (var places = new Places();
                var world = new PointerWorld()) {
            for (Place place : Place.values()) {
                MemorySegment pointer = places.pointer(place, Integer.BYTES);
                if (place.readable) {
                    // A number that is no handle: a failure of its own.
                    places.fill(pointer, place, new byte[Integer.BYTES]);
                }
                assertThat(
                                zircon_h.zx_channel_write(
                                        world.channel(), 0, MemorySegment.NULL, 0, pointer, 1))
                        .as("%s", place)
                        .isEqualTo(
                                place.readable
                                        ? ZxError.BAD_HANDLE.raw()
                                        : ZxError.INVALID_ARGS.raw());
            }
        }
    }

    @Test
    @DisplayName("The table misses no syscall that takes a pointer")
    void complete() {
        Set<String> tried = new TreeSet<>();
        arguments().forEach(argument -> tried.add(argument.name().split(" ", 2)[0]));
        Set<String> withPointers = new TreeSet<>();
        for (var method : zircon_h.class.getMethods()) {
            String name = method.getName();
            if (name.startsWith("zx_")
                    && List.of(method.getParameterTypes()).contains(MemorySegment.class)) {
                withPointers.add(name);
            }
        }
        assertThat(withPointers).hasSizeGreaterThan(20);
        assertThat(tried)
                .containsExactlyElementsOf(
                        withPointers.stream().map(name -> name.substring(3)).toList());
    }
}
