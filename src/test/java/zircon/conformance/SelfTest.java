package zircon.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;

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
}
