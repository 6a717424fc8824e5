package zircon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

/// Rights, signals, and the numbers that have names for some of their values only.
class BitSetsTest {
    @Test
    void rightsAreNamed() {
        assertThat(Rights.IO).hasToString("Rights[READ|WRITE]");
        assertThat(Rights.NONE).hasToString("Rights[NONE]");
        assertThat(Rights.SAME_RIGHTS).hasToString("Rights[SAME_RIGHTS]");
        assertThat(new Rights(0x40000004)).hasToString("Rights[READ|0x40000000]");
        assertThat(Rights.APPLY_PROFILE).hasToString("Rights[APPLY_PROFILE]");
    }

    @Test
    void thereAreEightUserSignals() {
        assertThatThrownBy(() -> Signals.user(8)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Signals.user(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knownNumbersAreTheirConstants() {
        for (ExceptionType.Known known : ExceptionType.Known.values()) {
            assertThat(ExceptionType.of(known.raw())).isSameAs(known);
            assertThatThrownBy(() -> new ExceptionType.Other(known.raw()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (ThreadState.Known known : ThreadState.Known.values()) {
            assertThat(ThreadState.of(known.raw())).isSameAs(known);
        }
        for (ObjectType.Known known : ObjectType.Known.values()) {
            assertThat(ObjectType.of(known.raw())).isSameAs(known);
        }
        for (ExceptionPortType.Known known : ExceptionPortType.Known.values()) {
            assertThat(ExceptionPortType.of(known.raw())).isSameAs(known);
        }
    }

    @Test
    void theKernelsOwnExceptionsAreNotTheProcessors() {
        assertThat(ExceptionType.Known.FATAL_PAGE_FAULT.isArchitectural()).isTrue();
        assertThat(ExceptionType.Known.POLICY_ERROR.isArchitectural()).isFalse();
    }

    @Test
    void blockedStatesAreToldByTheirLowBits() {
        assertThat(List.of(ThreadState.Known.values()))
                .filteredOn(ThreadState::isBlocked)
                .allMatch(state -> state.toString().startsWith("BLOCKED"))
                .hasSize(9);
        assertThat(ThreadState.of(0x7703).isBlocked()).isTrue();
    }
}
