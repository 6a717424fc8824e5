package zircon.conformance;

import org.jspecify.annotations.Nullable;

import zircon.conformance.model.Bits;
import zircon.conformance.model.Model;
import zircon.conformance.model.Outcome;
import zircon.conformance.model.Step;
import zircon.conformance.model.Transition;
import zircon.conformance.model.Type;

import java.util.ArrayList;
import java.util.List;

/// Random calls of one process, compared with the model after each of them.
final class Program implements Trial {
    /// Of the job in which a program makes everything: it lies two jobs below the first one that is
    /// visible (J-1).
    static final int HEIGHT = 29;

    private static final int MOST_TO_DRAIN = 60;

    /// A step, and what the specification says of it.
    record Line(Step step, Outcome outcome) {}

    private final Draft draft;
    private final boolean guests;

    /// What was done, once it was.
    private List<Line> done = List.of();

    /// @param guests whether threads of other processes run
    Program(Draft draft, boolean guests) {
        this.draft = draft;
        this.guests = guests;
    }

    /// What follows a program, in the same world.
    interface Sequel {
        void run(World world, Model end) throws Deviation;
    }

    @Override
    public void run(Evidence evidence) throws Deviation {
        run(evidence, null);
    }

    /// Runs it, and something more in the place of its last look into the ports.
    void run(Evidence evidence, @Nullable Sequel sequel) throws Deviation {
        Emulation emulation = Emulation.isHere() ? new Emulation() : null;
        if (guests && emulation == null) {
            throw new IllegalStateException("this program needs the emulation");
        }
        List<Line> lines = new ArrayList<>();
        int before = emulation == null ? 0 : emulation.openHandles();
        try (var world = new World(draft.wrapped(), emulation)) {
            Taker<Deviation> taker =
                    (model, step, outcome) -> {
                        evidence.begins(lines.size());
                        return take(world, model, step, outcome, evidence);
                    };
            Model end = walk(lines, taker);
            if (end.isOpen()) {
                evidence.classify("ends early", "where the order is open");
            } else if (sequel == null) {
                drain(lines, end, taker);
            } else {
                done = List.copyOf(lines);
                sequel.run(world, end);
            }
            evidence.classify("steps", Integer.toString(lines.size() / 10 * 10));
            evidence.classify("through", draft.wrapped() ? "the wrapper" : "the raw calls");
        } finally {
            done = List.copyOf(lines);
        }
        if (emulation != null && emulation.openHandles() != before) {
            throw new Deviation(
                    "C-6",
                    lines.size(),
                    before + " open handles in the end",
                    Integer.toString(emulation.openHandles()));
        }
    }

    private static Model take(
            World world, Model model, Step step, Outcome outcome, Evidence evidence)
            throws Deviation {
        Model next = world.take(model, step, outcome);
        evidence.classify(step.getClass().getSimpleName(), outcome.status().constant());
        for (Transition seen : outcome.next().transitions()) {
            switch (seen) {
                case Transition.Edge(var from, var event, var to) ->
                        evidence.exchange(from, event, to);
                case Transition.Asked(int place, var level, int exception) -> {
                    evidence.asked(place, level);
                    evidence.classify(
                            "handlers asked for",
                            exception == Bits.POLICY_ERROR ? "a policy error" : "a page fault");
                }
            }
        }
        return next;
    }

    private interface Taker<E extends Exception> {
        Model take(Model model, Step step, Outcome outcome) throws E;
    }

    /// Goes through the program; what it meets decides what the next step is.
    private <E extends Exception> Model walk(List<Line> lines, Taker<E> taker) throws E {
        Model model = Model.initial(HEIGHT);
        for (Move move : draft.moves()) {
            for (Step step : move.in(model)) {
                model = take(lines, model, step, taker);
                if (model.isOpen()) {
                    return model;
                }
            }
        }
        return model;
    }

    private static <E extends Exception> void drain(List<Line> lines, Model end, Taker<E> taker)
            throws E {
        Model model = end;
        for (int variable = 0; variable < model.variables(); variable++) {
            if (model.isLive(variable) && model.type(variable) == Type.PORT) {
                for (int i = Math.min(model.queued(variable), MOST_TO_DRAIN); i > 0; i--) {
                    model = take(lines, model, new Step.PortWait(variable), taker);
                }
            }
        }
    }

    private static <E extends Exception> Model take(
            List<Line> lines, Model model, Step step, Taker<E> taker) throws E {
        Outcome outcome = model.take(step);
        lines.add(new Line(step, outcome));
        return taker.take(model, step, outcome);
    }

    /// What was done, or what would be.
    List<Line> lines() {
        if (!done.isEmpty()) {
            return done;
        }
        List<Line> lines = new ArrayList<>();
        Model end = walk(lines, Program::follow);
        if (!end.isOpen() && draft.hurries().isEmpty()) {
            drain(lines, end, Program::follow);
        }
        return lines;
    }

    private static Model follow(Model before, Step step, Outcome outcome) {
        return outcome.anyOf().isEmpty()
                ? outcome.next()
                : outcome.next().read(((Step.PortWait) step).port(), 0);
    }

    @Override
    public int steps() {
        return lines().size();
    }

    @Override
    public String listing() {
        return new Listing(lines()).forPeople();
    }

    @Override
    public String asJShell() {
        return new Listing(lines()).forJShell();
    }

    @Override
    public String asC() {
        return new Listing(lines()).forC();
    }

    @Override
    public String toString() {
        return "\n" + listing();
    }
}
