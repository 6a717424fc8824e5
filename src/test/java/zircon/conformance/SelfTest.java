package zircon.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import zircon.Event;
import zircon.emulation.HostEmulation;

import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What the suite says of itself.
class SelfTest {
    @Test
    @DisplayName("no two properties have one name, and each says what it is about")
    void propertiesAreNamed() {
        List<Property> properties = Suite.properties();
        assertThat(properties.stream().map(Property::name)).doesNotHaveDuplicates();
        assertThat(properties)
                .allSatisfy(
                        property -> {
                            assertThat(property.name()).matches("[a-z]+\\.[a-z-]+");
                            assertThat(property.statement()).endsWith(".");
                            assertThat(property.rules()).isNotEmpty();
                            assertThat(property.defaultTries()).isPositive();
                        });
    }

    @Test
    @DisplayName("the cells of the order of checks and the edges of X-5 are each there once")
    void cellsAndEdges() {
        assertThat(new HashSet<>(ErrorOrder.cells())).hasSameSizeAs(ErrorOrder.cells());
        assertThat(new HashSet<>(ExchangeDiagram.edges())).hasSameSizeAs(ExchangeDiagram.edges());
    }

    @Test
    @DisplayName("a program that was never run can be shown without a call to the library")
    void showingCallsNothing() {
        List<String> calls = new CopyOnWriteArrayList<>();
        try (var _ = HostEmulation.instance().trace(calls::add)) {
            var trial = new OrderTrial(ErrorOrder.cases().getFirst());
            assertThat(trial.listing())
                    .startsWith("zx_handle_close with none:")
                    .contains("zx_handle_close(h(1)) -> ZX_OK");
            assertThat(trial.asC()).contains("zx_handle_close(h(1))");
            Event.create().orElseThrow().close();
        }
        assertThat(calls).hasSize(2);
    }
}
