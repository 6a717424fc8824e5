package zircon.emulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class ChainTest {
    private static final class Bead extends Chain.Link<Bead> {}

    private final Chain<Bead> chain = new Chain<>();

    @Test
    void aNewChainIsEmpty() {
        assertThat(chain.toList()).isEmpty();
        assertThat(chain.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void whatIsRemovedAndAddedAgainIsTheLast(int index) {
        List<Bead> expected = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            expected.add(new Bead());
            chain.add(expected.getLast());
        }
        Bead moved = expected.remove(index);
        chain.remove(moved);
        assertThat(chain.toList()).isEqualTo(expected);
        expected.add(moved);
        chain.add(moved);
        assertThat(chain.toList()).isEqualTo(expected);
    }

    @Test
    void itIsAListWhateverIsDoneWithIt() {
        var random = new Random(1);
        List<Bead> expected = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            if (!expected.isEmpty() && random.nextInt(5) < 2) {
                chain.remove(expected.remove(random.nextInt(expected.size())));
            } else {
                expected.add(new Bead());
                chain.add(expected.getLast());
            }
            assertThat(chain.size()).isEqualTo(expected.size());
        }
        assertThat(chain.toList()).isEqualTo(expected);
    }

    @Test
    void anElementMovesFromOneChainToAnother() {
        var bead = new Bead();
        chain.add(new Bead());
        chain.add(bead);
        chain.remove(bead);
        Chain<Bead> other = new Chain<>();
        other.add(bead);
        assertThat(other.toList()).containsExactly(bead);
        assertThat(chain.size()).isEqualTo(1);
    }
}
