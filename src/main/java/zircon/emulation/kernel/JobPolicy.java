package zircon.emulation.kernel;

import static zircon.sys.zircon_h.ZX_POL_ACTION_DENY;
import static zircon.sys.zircon_h.ZX_POL_ACTION_EXCEPTION;
import static zircon.sys.zircon_h.ZX_POL_ACTION_KILL;
import static zircon.sys.zircon_h.ZX_POL_NEW_ANY;
import static zircon.sys.zircon_h.ZX_POL_NEW_PROCESS;
import static zircon.sys.zircon_h.ZX_POL_NEW_TIMER;
import static zircon.sys.zircon_h.ZX_POL_NEW_VMO;

import java.util.Arrays;
import java.util.List;

/// What the processes of a job may do: one action, or none, for each condition. Never changes.
public final class JobPolicy {
    /// What is asked for one condition.
    ///
    /// @param condition ZX_POL_*
    /// @param action ZX_POL_ACTION_*
    public record Entry(int condition, int action) {}

    private static final int LAST_CONDITION = ZX_POL_NEW_PROCESS();
    private static final int ACTION_BITS = ZX_POL_ACTION_KILL() | ZX_POL_ACTION_EXCEPTION();
    private static final int UNSET = -1;

    /// No condition has an action: everything is allowed.
    static final JobPolicy OPEN = open();

    // By condition.
    private final int[] actions;

    private JobPolicy(int[] actions) {
        this.actions = actions;
    }

    private static JobPolicy open() {
        int[] actions = new int[LAST_CONDITION + 1];
        Arrays.fill(actions, UNSET);
        return new JobPolicy(actions);
    }

    /// This policy with more actions (J-9). An action that is there stays, and what is asked for
    /// its condition is passed over, or refused if `absolute`.
    ///
    /// @throws Refusal INVALID_ARGS: no such condition; NOT_SUPPORTED: no such action;
    ///   ALREADY_EXISTS
    public JobPolicy with(List<Entry> entries, boolean absolute) {
        int[] changed = actions.clone();
        for (Entry entry : entries) {
            int condition = entry.condition();
            if (Integer.compareUnsigned(condition, LAST_CONDITION) > 0) {
                throw Refusal.INVALID_ARGS;
            }
            if ((entry.action() & ~ACTION_BITS) != 0) {
                throw Refusal.NOT_SUPPORTED;
            }
            boolean any = condition == ZX_POL_NEW_ANY();
            int first = any ? ZX_POL_NEW_VMO() : condition;
            int last = any ? ZX_POL_NEW_TIMER() : condition;
            for (int each = first; each <= last; each++) {
                if (mayChange(each, entry.action(), absolute)) {
                    changed[each] = entry.action(); // the last entry for a condition wins
                }
            }
        }
        return new JobPolicy(changed);
    }

    private boolean mayChange(int condition, int action, boolean absolute) {
        boolean free = actions[condition] == UNSET || actions[condition] == action;
        if (!free && absolute) {
            throw Refusal.ALREADY_EXISTS;
        }
        return free;
    }

    /// Whether a call that meets this condition ends with ACCESS_DENIED.
    public boolean denies(int condition) {
        return has(condition, ZX_POL_ACTION_DENY());
    }

    /// Whether a call that meets this condition raises a policy exception.
    public boolean raises(int condition) {
        return has(condition, ZX_POL_ACTION_EXCEPTION());
    }

    private boolean has(int condition, int bit) {
        int action = actions[condition];
        return action != UNSET && (action & bit) != 0; // J-11: unset conditions allow
    }
}
