package zircon.conformance;

import zircon.conformance.Scene.Value;
import zircon.conformance.model.Bits;
import zircon.conformance.model.Status;
import zircon.conformance.model.Type;
import zircon.conformance.report.Cell;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/// A row of section 13: a call that succeeds, and what can be wrong with it, in the order of its
/// checks. Of any two things that are wrong at once, the earlier one decides.
final class CheckRow {
    /// Prepares something.
    interface Action {
        void in(Scene scene);
    }

    /// Makes an argument.
    interface Maker {
        Value make(Scene scene);
    }

    /// @param arguments which it touches: two of one argument cannot be had at once
    /// @param decides false if an earlier check always fails
    record Fault(
            String condition,
            Status status,
            Set<String> arguments,
            Action action,
            boolean decides) {}

    /// The call, and what is wrong with it.
    record Case(CheckRow row, List<Fault> faults, Status expected) {
        Cell cell() {
            String condition =
                    faults.isEmpty()
                            ? "none"
                            : String.join(" + ", faults.stream().map(Fault::condition).toList());
            return new Cell(row.call + row.topic, condition, expected.constant());
        }

        /// What the call returns in that scene.
        int in(Scene scene) {
            row.good.forEach(action -> action.in(scene));
            faults.reversed().forEach(fault -> fault.action.in(scene));
            return scene.call(row.call, row.arguments);
        }
    }

    private final String call;
    private final List<String> arguments;
    private final List<Action> good = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private String topic = "";
    private Status otherwise = Status.OK;

    private CheckRow(String call, List<String> arguments, Action good) {
        this.call = call;
        this.arguments = arguments;
        this.good.add(good);
    }

    /// @param arguments the names of the call's, in their order
    static CheckRow of(String call, String arguments, Action good) {
        return new CheckRow(call, List.of(arguments.split(" ")), good);
    }

    /// What the call is asked, where it has several rows.
    CheckRow named(String what) {
        topic = "(" + what + ")";
        return this;
    }

    /// Does this, too, to prepare the call.
    CheckRow and(Action more) {
        good.add(more);
        return this;
    }

    /// What the call returns if nothing is wrong, if not OK: the check that nothing can pass here.
    CheckRow otherwise(Status status) {
        otherwise = status;
        return this;
    }

    CheckRow fault(String condition, Status status, String argument, Value value) {
        return does(condition, status, argument, s -> s.put(argument, value));
    }

    CheckRow fault(String condition, Status status, String argument, Maker maker) {
        return does(condition, status, argument, s -> s.put(argument, maker.make(s)));
    }

    /// Something wrong with these arguments.
    CheckRow does(String condition, Status status, String touched, Action action) {
        faults.add(new Fault(condition, status, Set.of(touched.split(" ")), action, true));
        return this;
    }

    /// Something that is wrong, but is checked only after what fails in any case.
    CheckRow never(String condition, String argument, Value value) {
        faults.add(
                new Fault(
                        condition,
                        otherwise,
                        Set.of(argument),
                        s -> s.put(argument, value),
                        false));
        return this;
    }

    /// Brings about a state once the arguments are there.
    CheckRow state(String condition, Status status, String touched, Action action) {
        return does(condition, status, touched, s -> s.later(() -> action.in(s)));
    }

    CheckRow bad(String argument) {
        return fault(argument + " no handle", Status.BAD_HANDLE, argument, Scene.JUNK);
    }

    CheckRow lacks(String argument, Maker maker, String right) {
        return fault(argument + " lacks " + right, Status.ACCESS_DENIED, argument, maker);
    }

    CheckRow out() {
        return fault("out unwritable", Status.INVALID_ARGS, "out", Scene.WILD);
    }

    /// `H[argument: rights, type]`. What lacks the rights is of a wrong type as well (C-1).
    CheckRow lookup(String argument, Type type, int rights) {
        return bad(argument)
                .lacks(argument, s -> s.with(Scene.NO_RIGHTS, s.event()), rightsText(rights))
                .fault(
                        argument + " of a wrong type",
                        Status.WRONG_TYPE,
                        argument,
                        s -> s.notA(type));
    }

    /// `H0[argument: type]`: no right is needed.
    CheckRow plainLookup(String argument) {
        return bad(argument)
                .fault(
                        argument + " of a wrong type",
                        Status.WRONG_TYPE,
                        argument,
                        s -> s.with(Scene.NO_RIGHTS, s.event()));
    }

    private static String rightsText(int rights) {
        return switch (rights) {
            case Bits.READ -> "READ";
            case Bits.WRITE -> "WRITE";
            case Bits.INSPECT -> "INSPECT";
            default -> "rights";
        };
    }

    /// Every single fault, and every two that can be had at once.
    List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        cases.add(new Case(this, List.of(), otherwise));
        for (int i = 0; i < faults.size(); i++) {
            Fault first = faults.get(i);
            cases.add(new Case(this, List.of(first), first.status));
            for (Fault second : faults.subList(i + 1, faults.size())) {
                if (Collections.disjoint(first.arguments, second.arguments)) {
                    cases.add(new Case(this, List.of(first, second), first.status));
                }
            }
        }
        return List.copyOf(cases);
    }
}
