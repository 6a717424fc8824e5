package zircon.emulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static zircon.sys.zircon_h.ZX_POL_ACTION_ALLOW;
import static zircon.sys.zircon_h.ZX_POL_ACTION_DENY;
import static zircon.sys.zircon_h.ZX_POL_ACTION_EXCEPTION;
import static zircon.sys.zircon_h.ZX_POL_ACTION_KILL;
import static zircon.sys.zircon_h.ZX_POL_BAD_HANDLE;
import static zircon.sys.zircon_h.ZX_POL_NEW_ANY;
import static zircon.sys.zircon_h.ZX_POL_NEW_CHANNEL;
import static zircon.sys.zircon_h.ZX_POL_NEW_EVENT;
import static zircon.sys.zircon_h.ZX_POL_NEW_PORT;
import static zircon.sys.zircon_h.ZX_POL_NEW_PROCESS;
import static zircon.sys.zircon_h.ZX_POL_NEW_TIMER;
import static zircon.sys.zircon_h.ZX_POL_NEW_VMO;
import static zircon.sys.zircon_h.ZX_POL_VMAR_WX;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

class JobPolicyTest {
    private static final int ALLOW = ZX_POL_ACTION_ALLOW();
    private static final int DENY = ZX_POL_ACTION_DENY();
    private static final int EXCEPTION = ZX_POL_ACTION_EXCEPTION();
    private static final int EVENT = ZX_POL_NEW_EVENT();

    private static JobPolicy.Entry entry(int condition, int action) {
        return new JobPolicy.Entry(condition, action);
    }

    private static JobPolicy absolute(JobPolicy policy, JobPolicy.Entry... entries) {
        return policy.with(List.of(entries), true);
    }

    private static JobPolicy relative(JobPolicy policy, JobPolicy.Entry... entries) {
        return policy.with(List.of(entries), false);
    }

    @Test
    @DisplayName("J-11: what is not set is allowed; the bits of an action are independent")
    void actions() {
        for (int condition = 0; condition <= ZX_POL_NEW_PROCESS(); condition++) {
            assertThat(JobPolicy.OPEN.denies(condition)).isFalse();
            assertThat(JobPolicy.OPEN.raises(condition)).isFalse();
        }
        for (int action = 0; action < 8; action++) {
            JobPolicy policy = absolute(JobPolicy.OPEN, entry(EVENT, action));
            assertThat(policy.denies(EVENT)).as("action %d", action).isEqualTo((action & 1) != 0);
            assertThat(policy.raises(EVENT)).as("action %d", action).isEqualTo((action & 2) != 0);
            assertThat(policy.denies(ZX_POL_NEW_PORT())).isFalse();
        }
        assertThat(absolute(JobPolicy.OPEN, entry(EVENT, ZX_POL_ACTION_KILL())).denies(EVENT))
                .as("KILL acts as deny")
                .isTrue();
    }

    @Test
    @DisplayName("J-9: an action that differs is an error under ABSOLUTE, ignored under RELATIVE")
    void existingActions() {
        JobPolicy old = absolute(JobPolicy.OPEN, entry(EVENT, DENY));
        assertThatThrownBy(() -> absolute(old, entry(EVENT, EXCEPTION)))
                .isSameAs(Refusal.ALREADY_EXISTS);
        JobPolicy changed = relative(old, entry(EVENT, EXCEPTION), entry(ZX_POL_NEW_PORT(), DENY));
        assertThat(changed.raises(EVENT)).isFalse();
        assertThat(changed.denies(EVENT)).isTrue();
        assertThat(changed.denies(ZX_POL_NEW_PORT())).isTrue();
        assertThat(absolute(old, entry(EVENT, DENY)).denies(EVENT)).as("the same again").isTrue();
    }

    @Test
    @DisplayName("J-9: an explicit ALLOW is an existing action (17.6)")
    void explicitAllow() {
        JobPolicy old = absolute(JobPolicy.OPEN, entry(EVENT, ALLOW));
        assertThatThrownBy(() -> absolute(old, entry(EVENT, DENY)))
                .isSameAs(Refusal.ALREADY_EXISTS);
        assertThat(relative(old, entry(EVENT, DENY)).denies(EVENT)).isFalse();
    }

    @Test
    @DisplayName(
            "J-9: entries are held against the policy before the call, and of several the last"
                    + " wins")
    void lastEntryWins() {
        JobPolicy policy = absolute(JobPolicy.OPEN, entry(EVENT, DENY), entry(EVENT, EXCEPTION));
        assertThat(policy.denies(EVENT)).isFalse();
        assertThat(policy.raises(EVENT)).isTrue();
    }

    @Test
    @DisplayName("J-9: NEW_ANY is conditions 4 to 11, without NEW_PROCESS")
    void newAny() {
        JobPolicy policy =
                absolute(
                        JobPolicy.OPEN,
                        entry(ZX_POL_NEW_ANY(), DENY),
                        entry(ZX_POL_NEW_CHANNEL(), ALLOW));
        List<Integer> denied =
                IntStream.rangeClosed(0, ZX_POL_NEW_PROCESS())
                        .filter(policy::denies)
                        .boxed()
                        .toList();
        assertThat(denied).containsExactly(4, 6, 7, 8, 9, 10, 11);
        assertThat(ZX_POL_NEW_VMO()).isEqualTo(4);
        assertThat(ZX_POL_NEW_TIMER()).isEqualTo(11);
        assertThatThrownBy(() -> absolute(policy, entry(ZX_POL_NEW_ANY(), DENY)))
                .as("the channel's action differs")
                .isSameAs(Refusal.ALREADY_EXISTS);
    }

    @Test
    @DisplayName("J-9: conditions over 12 are INVALID_ARGS, actions over 7 NOT_SUPPORTED")
    void badEntries() {
        for (int condition : new int[] {13, 14, -1, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> relative(JobPolicy.OPEN, entry(condition, 99)))
                    .isSameAs(Refusal.INVALID_ARGS);
        }
        for (int action : new int[] {8, 9, -1, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> relative(JobPolicy.OPEN, entry(EVENT, action)))
                    .isSameAs(Refusal.NOT_SUPPORTED);
        }
        assertThatThrownBy(() -> relative(JobPolicy.OPEN, entry(EVENT, DENY), entry(EVENT, 8)))
                .isSameAs(Refusal.NOT_SUPPORTED);
        assertThat(relative(JobPolicy.OPEN, entry(ZX_POL_VMAR_WX(), DENY)).denies(ZX_POL_VMAR_WX()))
                .isTrue();
        assertThat(
                        relative(JobPolicy.OPEN, entry(ZX_POL_BAD_HANDLE(), EXCEPTION))
                                .raises(ZX_POL_BAD_HANDLE()))
                .isTrue();
    }
}
