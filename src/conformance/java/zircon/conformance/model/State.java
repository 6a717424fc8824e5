package zircon.conformance.model;

import static zircon.conformance.model.Status.ACCESS_DENIED;
import static zircon.conformance.model.Status.BAD_HANDLE;
import static zircon.conformance.model.Status.INVALID_ARGS;
import static zircon.conformance.model.Status.WRONG_TYPE;

import zircon.conformance.model.Thing.Port;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Sections 1 and 2: objects and the handles of one process.
abstract class State {
    /// Where a handle is.
    enum Place {
        HERE,
        CLOSED,
        /// In a message or in another process.
        AWAY,
        /// The call that was to make it failed: its variable is 0.
        NEVER
    }

    /// @param moved the last step that brought it here from a message, if one did
    record Hold(Place place, int object, int rights, int moved) {
        Hold at(Place other) {
            return new Hold(other, object, rights, moved);
        }
    }

    /// By variable.
    final List<Hold> holds;

    /// By number, the oldest first.
    final Map<Integer, Thing> things = new LinkedHashMap<>();

    int phase;
    int serials;

    /// The thread that is at it, 0 while the step's call is.
    int actor;

    /// How many threads were to run when the step's call returned.
    int awake;

    /// A guest has made a port in this step.
    boolean portMade;

    /// A thread that waited for a packet has one, and has not run since.
    boolean woken;

    /// What the specification leaves open has decided: nothing that follows can be told.
    boolean open;

    /// What was put into a slot of the model's notebook in this step.
    final List<Transition> seen = new ArrayList<>();

    State() {
        holds = new ArrayList<>();
    }

    State(State other) {
        holds = new ArrayList<>(other.holds);
        other.things.forEach((id, thing) -> things.put(id, thing.copy()));
        phase = other.phase + 1;
        serials = other.serials;
        open = other.open;
    }

    final int serial() {
        return ++serials;
    }

    final Hold hold(int variable) {
        return variable >= 0 && variable < holds.size()
                ? holds.get(variable)
                : new Hold(variable == Step.NONE ? Place.NEVER : Place.CLOSED, 0, 0, 0);
    }

    final boolean isZero(int variable) {
        return hold(variable).place() == Place.NEVER;
    }

    /// `BAD_HANDLE`, and nothing else.
    final Hold live(int variable) throws Refused {
        Hold hold = hold(variable);
        if (hold.place() != Place.HERE) {
            throw new Refused(BAD_HANDLE, "C-1");
        }
        return hold;
    }

    /// `H[variable: rights, any]`.
    final Thing any(int variable, int rights) throws Refused {
        Hold hold = live(variable);
        if ((hold.rights() & rights) != rights) {
            throw new Refused(ACCESS_DENIED, "C-1");
        }
        return thing(hold.object());
    }

    /// `H[variable: rights, type]`.
    final Thing need(int variable, int rights, Type type) throws Refused {
        Thing thing = any(variable, rights); // C-1: rights before type
        if (thing.type != type) {
            throw new Refused(WRONG_TYPE, "C-1");
        }
        return thing;
    }

    /// `H2[variable: one|other, type]`.
    final Thing needEither(int variable, int one, int other, Type type) throws Refused {
        try {
            return need(variable, one, type);
        } catch (Refused _) {
            return need(variable, other, type); // C-1: only the second result counts
        }
    }

    final Thing thing(int id) {
        Thing thing = things.get(id);
        if (thing == null) {
            throw new IllegalStateException("the model has lost object " + id);
        }
        return thing;
    }

    final Port port(int id) {
        return (Port) thing(id);
    }

    final void add(Thing thing) {
        things.put(thing.id, thing);
    }

    /// A new handle, the next variable.
    final void give(Thing thing, int rights) {
        thing.handles++;
        holds.add(new Hold(Place.HERE, thing.id, rights, 0));
    }

    private void put(int variable, Place place) {
        holds.set(variable, hold(variable).at(place));
    }

    /// Out of the table of this process, into a message or another process: H-10.
    final void takeAway(int variable) {
        put(variable, Place.AWAY);
    }

    /// Back out of a message: H-3, H-10.
    final void bringBack(int variable) {
        endWaits(variable);
        Hold hold = hold(variable);
        holds.set(variable, new Hold(Place.HERE, hold.object(), hold.rights(), phase));
    }

    /// H-8.
    final void close(int variable) {
        Thing thing = thing(hold(variable).object());
        put(variable, Place.CLOSED); // (1)
        endWaits(variable); // (2)
        thing.handles--;
        if (thing.handles == 0) {
            lastHandleClosed(thing); // (3)
        }
    }

    /// (2) of H-8; what is queued stays (P-13).
    private void endWaits(int variable) {
        Thing thing = thing(hold(variable).object());
        List<Thing.Wait> left =
                thing.waits.stream().filter(wait -> wait.handle() != variable).toList();
        if (actor != 0 && awake > 1 && left.size() < thing.waits.size()) {
            open = true; // another thread may have made it fire before
        }
        thing.waits = left;
    }

    /// (3) of H-8.
    void lastHandleClosed(Thing thing) {}

    final int same(Hold hold, int rights) {
        return rights == Bits.SAME_RIGHTS ? hold.rights() : rights; // H-5
    }

    final void duplicate(int variable, int rights) throws Refused {
        Hold hold = live(variable);
        if ((hold.rights() & Bits.DUPLICATE) == 0) {
            throw new Refused(ACCESS_DENIED, "H-5");
        }
        if ((same(hold, rights) & ~hold.rights()) != 0) {
            throw new Refused(INVALID_ARGS, "H-5");
        }
        give(thing(hold.object()), same(hold, rights));
    }

    final void replace(int variable, int rights) throws Refused {
        Hold hold = live(variable); // H-6: only this leaves things untouched
        if ((same(hold, rights) & ~hold.rights()) != 0) {
            close(variable); // H-6
            throw new Refused(INVALID_ARGS, "H-6");
        }
        give(thing(hold.object()), same(hold, rights)); // H-6: made before the old one dies
        close(variable);
    }

    /// What its object leaves behind is seen before the next one is closed; for a thread, which
    /// does so while it ends, it comes to the same when all are.
    final void closeAmongOthers(int variable) {
        close(variable);
        if (actor == 0) {
            sweep();
        }
    }

    /// Drops what nothing refers to (C-6).
    abstract void sweep();

    final void closeOne(int variable) throws Refused {
        if (!isZero(variable)) { // H-7
            live(variable);
            close(variable);
        }
    }

    final void closeMany(List<Integer> variables) throws Refused {
        boolean bad = false;
        for (int variable : variables) {
            if (hold(variable).place() == Place.HERE) {
                closeAmongOthers(variable);
            } else {
                bad |= !isZero(variable); // H-7
            }
        }
        if (bad) {
            throw new Refused(BAD_HANDLE, "H-7");
        }
    }
}
