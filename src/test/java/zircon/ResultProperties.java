package zircon;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ResultProperties {
    @Property
    boolean rawStatusToResultToRawIsTheIdentity(@ForAll int raw) {
        return Result.of(raw).raw() == raw;
    }

    @Property
    boolean everyNumberButZeroIsAStatusWithThatNumber(@ForAll int raw) {
        return raw == 0 || Status.of(raw).raw() == raw;
    }

    @Property
    void theSameNumberIsAnEqualStatus(@ForAll @IntRange(min = -600, max = -1) int raw) {
        assertThat(Status.of(raw)).isEqualTo(Status.of(raw));
        assertThat(Status.of(raw).err()).isEqualTo(Status.of(raw).err());
    }

    @Property
    void mappingNeverChangesARefusal(@ForAll int raw) {
        Result<Unit> result = Result.of(raw);
        assertThat(result.map(_ -> 1).raw()).isEqualTo(raw);
        assertThat(result.flatMap(_ -> new Ok<>("x")).raw()).isEqualTo(raw);
    }
}
