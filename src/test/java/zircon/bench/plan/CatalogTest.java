package zircon.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What is measured can be compared.
class CatalogTest {
    private static final List<Case> CASES =
            Catalog.groups().stream().flatMap(group -> group.cases().stream()).toList();

    @Test
    void everyCaseIsNamedOnceAndAfterItsGroup() {
        assertThat(CASES).extracting(Case::name).doesNotHaveDuplicates();
        assertThat(Catalog.groups())
                .allSatisfy(
                        group ->
                                assertThat(group.cases())
                                        .isNotEmpty()
                                        .allMatch(
                                                one -> one.name().startsWith(group.name() + ".")));
    }

    @Test
    void everyCaseIsComparedWithOneThatIsThereAndHasNoneAboveIt() {
        Map<String, Case> byName =
                CASES.stream().collect(Collectors.toMap(Case::name, Function.identity()));
        assertThat(CASES)
                .allSatisfy(
                        one -> {
                            Case other =
                                    requireNonNull(byName.get(one.beside().name()), one.name());
                            assertThat(other.beside().name()).isEqualTo(other.name());
                            assertThat(other.library()).isEqualTo(one.library());
                        });
    }
}
