package zircon.emulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

@Timeout(60)
class HandleArenaTest {
    private final TestKernel test = new TestKernel();
    private final HandleTable table = test.kernel.hostProcess().handles();
    private final EventDispatcher event = test.locked(() -> new EventDispatcher(test.kernel));

    private int value(Handle handle) {
        return table.valueOf(handle);
    }

    @Test
    @DisplayName("H-1: bit 31 is clear and bit 0 set, in every process")
    void valuesHaveTheFixedBits() {
        for (int i = 0; i < 100; i++) {
            HandleTable other = test.process(test.kernel.rootJob()).handles();
            int value = other.valueOf(test.handle(event));
            assertThat(value).isPositive();
            assertThat(value & 1).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("H-1: a value is slot, generation and the process's mask")
    void valuesAreBuiltFromSlotAndGeneration() {
        Handle first = test.handle(event);
        Handle second = test.handle(event);
        assertThat(value(first) ^ value(second)).isEqualTo((first.slot() ^ second.slot()) << 1);
        int slot = second.slot();
        test.close(second);
        Handle reused = test.handle(event);
        assertThat(reused.slot()).isEqualTo(slot);
        assertThat(reused.generation()).as("H-2").isEqualTo(second.generation() + 1);
        assertThat(value(second) ^ value(reused))
                .isEqualTo((second.generation() ^ reused.generation()) << 19);
    }

    @Test
    @DisplayName("H-2: a slot freed last is used first, under another value")
    void theLastFreedSlotIsReusedFirst() {
        Handle a = test.handle(event);
        Handle b = test.handle(event);
        test.close(a);
        test.close(b);
        assertThat(test.handle(event).slot()).isEqualTo(b.slot());
        assertThat(test.handle(event).slot()).isEqualTo(a.slot());
    }

    @Test
    @DisplayName("H-2: a slot's value comes back after 4096 uses, not before")
    void generationsWrapAfter4096() {
        Set<Integer> values = new HashSet<>();
        Handle first = test.handle(event);
        int firstValue = value(first);
        test.close(first);
        values.add(firstValue);
        for (int i = 1; i < 4096; i++) {
            Handle next = test.handle(event);
            assertThat(next.slot()).isEqualTo(first.slot());
            assertThat(values.add(value(next))).isTrue();
            test.close(next);
        }
        assertThat(value(test.handle(event))).isEqualTo(firstValue);
    }

    @Test
    @DisplayName("H-2: a closed value names nothing, also once its slot is reused")
    void aClosedValueIsBad() {
        Handle closed = test.handle(event);
        int value = value(closed);
        test.close(closed);
        assertThat(table.find(value)).isNull();
        Handle reused = test.handle(event);
        assertThat(reused.slot()).isEqualTo(closed.slot());
        assertThat(table.find(value)).isNull();
    }

    @Test
    @DisplayName("A handle closes once: two that race to close it do no harm")
    void closingTwiceClosesOnce() {
        Handle handle = test.handle(event);
        Handle other = test.handle(event);
        test.close(handle);
        test.close(handle);
        assertThat(event.handleCount()).isEqualTo(1);
        assertThat(test.handle(event).slot()).isNotEqualTo(test.handle(event).slot());
        assertThat(table.find(value(other))).isSameAs(other);
    }

    @Test
    @DisplayName("H-3: a handle keeps its slot when it moves; another process has another number")
    void aMovedHandleKeepsItsSlot() {
        Handle handle = test.handle(event);
        int value = value(handle);
        HandleTable other = test.process(test.kernel.rootJob()).handles();
        test.locked(() -> table.remove(handle));
        assertThat(table.find(value)).isNull();
        test.locked(() -> other.add(handle));
        int otherValue = other.valueOf(handle);
        assertThat(otherValue).isNotEqualTo(value);
        assertThat(other.find(otherValue)).isSameAs(handle);
        assertThat(table.find(value)).isNull();
        test.locked(() -> other.remove(handle));
        test.locked(() -> table.add(handle));
        assertThat(table.find(value)).isSameAs(handle);
    }

    @Test
    @DisplayName("C-1: another process's number, zero and garbage are no handles")
    void foreignValuesAreBad() {
        Handle handle = test.handle(event);
        HandleTable other = test.process(test.kernel.rootJob()).handles();
        assertThat(other.find(value(handle))).isNull();
        assertThat(other.find(other.valueOf(handle))).isNull();
        for (int garbage : new int[] {0, -1, 1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThat(table.find(garbage)).isNull();
        }
        assertThat(table.find(value(handle) | 0x8000_0000)).isNull();
    }

    @Test
    @DisplayName(
            "C-1: a number of a slot that was never used is no handle, with any number of them")
    void unusedSlotsAreBad() {
        HandleArena arena = test.kernel.handles();
        Handle last = test.handle(event);
        for (int i = 0; i < 600; i++) {
            assertThat(arena.find(last.slot(), last.generation())).isSameAs(last);
            assertThat(arena.find(last.slot() + 1, 0)).isNull();
            last = test.handle(event);
        }
    }

    @Test
    @DisplayName("Limit: 262144 handles live at once, then NO_MEMORY until one is closed")
    void theArenaHasALimit() {
        HandleArena arena = test.kernel.handles();
        List<Handle> made = new ArrayList<>();
        test.locked(
                () -> {
                    while (made.size() < HandleArena.MAX_HANDLES) {
                        made.add(arena.make(event, 0));
                    }
                });
        assertThat(test.status(() -> arena.make(event, 0))).isEqualTo(Refusal.NO_MEMORY.status());
        test.close(made.removeLast());
        assertThat(test.status(() -> made.add(arena.make(event, 0)))).isZero();
        assertThat(event.handleCount()).isEqualTo(HandleArena.MAX_HANDLES);
        test.locked(() -> made.forEach(arena::close));
        assertThat(event.handleCount()).isZero();
    }

    @Test
    @DisplayName("C-3: an object that gets no handle for lack of memory does not stay")
    void anObjectWithoutAHandleDies() {
        JobDispatcher root = test.kernel.rootJob();
        test.locked(
                () -> {
                    JobDispatcher job = root.createJob("unlucky");
                    test.kernel.faults().failAllocation(1);
                    assertThatThrownBy(() -> test.kernel.handles().make(job, 0))
                            .isSameAs(Refusal.NO_MEMORY);
                });
        assertThat(root.jobs()).isEmpty();
    }

    @Test
    @DisplayName("C-1: rights are tested before the type, and either of two rights will do")
    void lookupsFailInOrder() {
        Handle handle =
                test.locked(
                        () -> {
                            Handle made = test.kernel.handles().make(event, 1);
                            table.add(made);
                            return made;
                        });
        int value = value(handle);
        assertThatThrownBy(() -> table.get(value + 2, 1, PortDispatcher.class))
                .isSameAs(Refusal.BAD_HANDLE);
        assertThatThrownBy(() -> table.get(value, 3, PortDispatcher.class))
                .isSameAs(Refusal.ACCESS_DENIED);
        assertThatThrownBy(() -> table.get(value, 1, PortDispatcher.class))
                .isSameAs(Refusal.WRONG_TYPE);
        assertThat(table.get(value, 1, EventDispatcher.class)).isSameAs(event);
        assertThat(table.getEither(value, 1, 2, EventDispatcher.class)).isSameAs(event);
        assertThat(table.getEither(value, 2, 1, EventDispatcher.class)).isSameAs(event);
        assertThatThrownBy(() -> table.getEither(value, 1, 2, PortDispatcher.class))
                .as("only the second try is reported")
                .isSameAs(Refusal.ACCESS_DENIED);
    }
}
