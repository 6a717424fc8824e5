package zircon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;

class ResultTest {
    @Test
    void successAndDocumentedFailuresAreAlwaysTheSameObjects() {
        assertThat(Result.of(0)).isSameAs(Ok.UNIT);
        for (ZxError error : ZxError.values()) {
            assertThat(Result.of(error.raw())).isSameAs(error.err());
        }
    }

    @Test
    void okIsNoStatus() {
        assertThatThrownBy(() -> Status.of(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OtherStatus(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKnownNumberIsNoOtherStatus() {
        assertThatThrownBy(() -> new OtherStatus(-27))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("-27 is ZxError.ALREADY_BOUND; use Status.of");
    }

    @Test
    void aRefusalIsThrownOnlyOnRequest() {
        Result<Integer> refused = ZxError.ALREADY_BOUND.err();
        assertThat(refused.isOk()).isFalse();
        assertThat(refused.toOptional()).isEmpty();
        assertThatThrownBy(refused::orElseThrow)
                .isInstanceOf(ZxException.class)
                .hasMessage("ZX_ERR_ALREADY_BOUND (-27)");
        assertThatThrownBy(() -> Status.of(7).err().orElseThrow()).hasMessage("status 7");
    }

    @Test
    void aValueGoesThroughMapAndFlatMap() {
        Result<Integer> one = new Ok<>(1);
        assertThat(one.map(i -> i + 1)).isEqualTo(new Ok<>(2));
        assertThat(one.flatMap(i -> new Ok<>("x" + i))).isEqualTo(new Ok<>("x1"));
        assertThat(one.flatMap(_ -> ZxError.NOT_FOUND.err())).isSameAs(ZxError.NOT_FOUND.err());
        assertThat(one.toOptional()).contains(1);
        assertThat(one.orElseThrow()).isEqualTo(1);
        assertThat(one.raw()).isZero();
    }

    @Test
    void patternsTakeAResultApart() {
        Result<Unit> result = ZxError.ALREADY_BOUND.err();
        String text =
                switch (result) {
                    case Ok<Unit> _ -> "bound";
                    case Err<Unit>(ZxError e) when e == ZxError.ALREADY_BOUND -> "taken";
                    case Err<Unit>(var status) -> "other " + status;
                };
        assertThat(text).isEqualTo("taken");
    }

    @Test
    void anExceptionKeepsItsStatusWhenItIsSerialized() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(new ZxException(Status.of(4711)));
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((ZxException) in.readObject()).status()).isEqualTo(Status.of(4711));
        }
    }
}
