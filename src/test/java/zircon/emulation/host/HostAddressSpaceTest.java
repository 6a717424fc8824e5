package zircon.emulation.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import zircon.emulation.kernel.AddressSpace.Mapping;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;

/// This process's memory, as it is.
@Timeout(60)
class HostAddressSpaceTest {
    private static final long PAGE = 4096;

    private final HostAddressSpace space = new HostAddressSpace();

    private static Mapping require(@Nullable Mapping mapping) {
        return Objects.requireNonNull(mapping);
    }

    /// Some address in libc.
    private static long code() {
        return Linker.nativeLinker().defaultLookup().findOrThrow("memcpy").address();
    }

    @Test
    @DisplayName("R-10: the mapping that contains an address, and none where nothing is")
    void findsMappings(@TempDir Path scratch) throws IOException {
        // A file of its own, so that no other thread's memory is joined with it.
        Path path = scratch.resolve("found");
        try (Arena arena = Arena.ofConfined();
                FileChannel file = create(path)) {
            long address = file.map(MapMode.PRIVATE, 0, 2 * PAGE, arena).address();
            Mapping mapping = require(space.find(address + PAGE));
            assertThat(mapping.base()).isEqualTo(address);
            assertThat(mapping.size()).isEqualTo(2 * PAGE);
            assertThat(mapping.name()).isEqualTo(path.toString());
            assertThat(mapping.access().write()).isTrue();
            assertThat(mapping.sealed()).isFalse();
            assertThat(space.find(address)).isEqualTo(mapping);
            assertThat(space.find(address + 2 * PAGE - 1)).isEqualTo(mapping);
            assertThat(space.find(address + 2 * PAGE)).isNotEqualTo(mapping);
            assertThat(space.find(8)).isNull();
        }
    }

    private static FileChannel create(Path path) throws IOException {
        return FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Test
    @DisplayName("R-11: all mappings come in order, with what they hold in memory")
    void listsMappings() {
        List<Mapping> mappings = space.mappings();
        assertThat(mappings).hasSizeGreaterThan(20);
        for (int i = 1; i < mappings.size(); i++) {
            Mapping before = mappings.get(i - 1);
            assertThat(mappings.get(i).base())
                    .isGreaterThanOrEqualTo(before.base() + before.size());
        }
        assertThat(mappings)
                .allSatisfy(each -> assertThat(each.committed()).isBetween(0L, each.size()))
                .anySatisfy(each -> assertThat(each.committed()).isPositive())
                .noneSatisfy(each -> assertThat(each.name()).contains("vsyscall"));
        assertThat(space.usage().mapped()).isGreaterThan(space.usage().unshared());
        assertThat(space.usage().unshared()).isPositive();
    }

    @Test
    @DisplayName("What the JVM's own libraries may not write is sealed, and can be read")
    void ownCodeIsSealed() {
        Mapping libc = require(space.find(code()));
        assertThat(libc.access().execute()).isTrue();
        assertThat(libc.sealed()).isTrue();
        assertThat(space.mappings())
                .filteredOn(each -> each.name().endsWith("libjvm.so"))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.sealed()).isEqualTo(!each.access().write()));
        assertThat(space.mappings())
                .filteredOn(each -> each.name().equals("[vdso]"))
                .allMatch(Mapping::sealed);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(16);
            assertThat(space.read(code(), bytes)).isTrue();
            assertThat(bytes.mismatch(MemorySegment.ofAddress(code()).reinterpret(16)))
                    .isEqualTo(-1);
        }
    }

    @Test
    @DisplayName("R-10: nothing that is mapped here, guard pages included, faults when it is read")
    void readsEverything() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(64);
            for (Mapping mapping : space.mappings()) {
                var _ = space.read(mapping.base(), bytes);
                var _ = space.read(mapping.base() + mapping.size() - 64, bytes);
            }
        }
    }

    @Test
    @DisplayName("R-10: protection is ignored; what lies past the end of a file is not there")
    void readsAndWritesFiles(@TempDir Path scratch) throws IOException {
        Path path = scratch.resolve("mapped");
        try (Arena arena = Arena.ofConfined();
                FileChannel file = create(path)) {
            MemorySegment mapped = file.map(MapMode.PRIVATE, 0, 2 * PAGE, arena);
            mapped.set(ValueLayout.JAVA_LONG, 0, 42);
            var _ = file.truncate(10);
            MemorySegment word = arena.allocate(8);
            assertThat(space.read(mapped.address(), word)).isTrue();
            assertThat(word.get(ValueLayout.JAVA_LONG, 0)).isEqualTo(42);
            word.set(ValueLayout.JAVA_LONG, 0, 43);
            assertThat(space.write(mapped.address(), word)).isTrue();
            assertThat(mapped.get(ValueLayout.JAVA_LONG, 0)).isEqualTo(43);
            assertThat(space.read(mapped.address() + PAGE, word)).isFalse();
            assertThat(space.write(mapped.address() + PAGE, word)).isFalse();
            assertThat(space.read(mapped.address() + PAGE - 4, word)).isFalse();
        }
    }

    @Test
    @DisplayName("An interrupted thread reads memory as any other, and stays interrupted")
    void interruptsDoNotMatter() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment word = arena.allocate(8);
            Thread.currentThread().interrupt();
            boolean read = space.read(code(), word);
            int mappings = space.mappings().size();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(read).isTrue();
            assertThat(mappings).isPositive();
        }
    }

    @Test
    @DisplayName("I-8: the object that contains an address begins with its header")
    void findsObjects() {
        long base = space.objectBase(code());
        assertThat(base).isPositive().isLessThan(code());
        assertThat(MemorySegment.ofAddress(base).reinterpret(4).get(ValueLayout.JAVA_INT, 0))
                .isEqualTo(0x464c_457f);
        assertThat(space.objectBase(8)).isZero();
    }
}
