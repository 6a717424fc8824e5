package zircon;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class BitSetsProperties {
    @Property
    void setsAddAndSubtract(@ForAll int a, @ForAll int b) {
        var rights = new Rights(a).plus(new Rights(b));
        assertThat(rights.contains(new Rights(a))).isTrue();
        assertThat(rights.minus(new Rights(b)).bits()).isEqualTo(a & ~b);
        assertThat(Rights.of(new Rights(a), new Rights(b))).isEqualTo(rights);
        assertThat(new Rights(a).contains(new Rights(b))).isEqualTo((a | b) == a);

        var signals = new Signals(a).plus(new Signals(b));
        assertThat(signals.contains(new Signals(a))).isTrue();
        assertThat(signals.minus(new Signals(b)).bits()).isEqualTo(a & ~b);
        assertThat(Signals.of(new Signals(a), new Signals(b))).isEqualTo(signals);
    }

    @Property
    void openSetsLoseNoNumber(@ForAll int raw) {
        assertThat(ExceptionType.of(raw).raw()).isEqualTo(raw);
        assertThat(ExceptionPortType.of(raw).raw()).isEqualTo(raw);
        assertThat(ObjectType.of(raw).raw()).isEqualTo(raw);
        assertThat(ThreadState.of(raw).raw()).isEqualTo(raw);
    }
}
