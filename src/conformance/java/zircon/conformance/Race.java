package zircon.conformance;

import zircon.conformance.model.Model;
import zircon.conformance.model.Outcome;
import zircon.conformance.model.Status;
import zircon.conformance.model.Step;
import zircon.conformance.model.Transition;
import zircon.conformance.model.Type;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A program that ends in a hurry: its last calls follow each other before threads have come to
/// rest. The library does right if there is one order of events in which the model does the same
/// (section 11).
final class Race implements Trial {
    private static final int MOST_TO_DRAIN = 60;
    // Beyond this, the trial is given up: nothing is wrong with it.
    private static final int MOST_CANDIDATES = 4000;

    private final Program before;
    private final List<Hurry> hurries;
    private final List<Program.Line> hurried = new ArrayList<>();

    Race(Program before, List<Hurry> hurries) {
        this.before = before;
        this.hurries = List.copyOf(hurries);
    }

    /// What may be, and what must have happened to exchanges then.
    private record Candidate(Model model, Set<Transition> notes) {
        Candidate then(Model next) {
            Set<Transition> more = new HashSet<>(notes);
            more.addAll(next.transitions());
            return new Candidate(next, more);
        }

        /// What the next read of a port may give, and the state then.
        Map<List<Object>, Model> reads(int port) {
            Outcome outcome = model.take(new Step.PortWait(port));
            if (outcome.anyOf().isEmpty()) {
                return Map.of(outcome.values(), outcome.next());
            }
            Map<List<Object>, Model> reads = new HashMap<>();
            for (int i = 0; i < outcome.anyOf().size(); i++) {
                reads.put(outcome.anyOf().get(i), outcome.next().read(port, i));
            }
            return reads;
        }

        String digest() {
            return model.digest() + notes;
        }
    }

    @Override
    public void run(Evidence evidence) throws Deviation {
        before.run(evidence, (world, start) -> race(world, start, evidence));
    }

    /// A call, and what it returned.
    private record Made(Step step, Actor.Answer answer) {}

    private void race(World world, Model start, Evidence evidence) throws Deviation {
        hurried.clear();
        List<Made> made = new ArrayList<>();
        for (Hurry hurry : hurries) {
            Step step = hurry.in(start).orElse(null);
            if (step != null) {
                hurry.await();
                made.add(new Made(step, world.call(step)));
            }
        }
        world.settle();
        // Only now: to find out what may be takes longer than any thread.
        List<Candidate> candidates = List.of(new Candidate(start, Set.of()));
        for (Made call : made) {
            candidates = closure(candidates);
            if (isTooMuch(candidates, evidence)) {
                return;
            }
            candidates = take(world, candidates, call);
        }
        candidates = closure(candidates);
        if (isTooMuch(candidates, evidence)) {
            return;
        }
        candidates = candidates.stream().filter(one -> one.model().moments().isEmpty()).toList();
        evidence.classify(
                "orders of events", Integer.toString(Integer.highestOneBit(candidates.size())));
        drain(world, agreeing(world, candidates), evidence);
    }

    /// Whether some were left out.
    private static boolean isTooMuch(List<Candidate> candidates, Evidence evidence) {
        boolean tooMuch = candidates.size() > MOST_CANDIDATES;
        if (tooMuch) {
            evidence.classify("orders of events", "too many to tell");
        }
        return tooMuch;
    }

    private static List<Candidate> closure(List<Candidate> first) {
        Map<String, Candidate> all = new LinkedHashMap<>();
        List<Candidate> fresh = first;
        while (!fresh.isEmpty() && all.size() <= MOST_CANDIDATES) {
            List<Candidate> next = new ArrayList<>();
            for (Candidate one : fresh) {
                if (all.putIfAbsent(one.digest(), one) == null) {
                    one.model().moments().forEach(moment -> next.add(one.then(moment)));
                }
            }
            fresh = next;
        }
        return List.copyOf(all.values());
    }

    private List<Candidate> take(World world, List<Candidate> candidates, Made call)
            throws Deviation {
        List<Candidate> left = new ArrayList<>();
        Set<String> expected = new HashSet<>();
        String rule = "";
        Program.Line line = null;
        for (Candidate one : candidates) {
            for (Outcome outcome : one.model().takeAtOnce(call.step())) {
                expected.add(text(outcome.status().constant(), outcome.values()));
                rule = outcome.rule();
                if (outcome.status().raw() == call.answer().status()
                        && outcome.values().equals(call.answer().values())) {
                    left.add(one.then(outcome.next()));
                    line = new Program.Line(call.step(), outcome);
                }
            }
        }
        String seen = text(Status.nameOf(call.answer().status()), call.answer().values());
        world.requireOne(rule, call.step() + " returns", expected, seen);
        if (line != null) {
            hurried.add(line);
        }
        world.learn(call.step(), call.answer(), left.getFirst().model());
        return left;
    }

    private static String text(String status, List<?> values) {
        return values.isEmpty() ? status : status + " " + values;
    }

    private static List<Candidate> agreeing(World world, List<Candidate> candidates)
            throws Deviation {
        List<Candidate> left = new ArrayList<>();
        Deviation first = null;
        for (Candidate one : candidates) {
            try {
                world.compare(one.model());
                left.add(one);
            } catch (Deviation deviation) {
                first = first == null ? deviation : first;
            }
        }
        if (left.isEmpty() && first != null) {
            throw first;
        }
        return left;
    }

    private static void drain(World world, List<Candidate> candidates, Evidence evidence)
            throws Deviation {
        List<Candidate> left = candidates;
        Model any = left.getFirst().model();
        for (int port = 0; port < any.variables(); port++) {
            if (!any.isLive(port) || any.type(port) != Type.PORT) {
                continue;
            }
            for (int i = Math.min(any.queued(port), MOST_TO_DRAIN); i > 0; i--) {
                Step step = new Step.PortWait(port);
                Actor.Answer answer = world.call(step);
                List<Candidate> next = new ArrayList<>();
                Set<Object> expected = new HashSet<>();
                for (Candidate one : left) {
                    one.reads(port)
                            .forEach(
                                    (values, then) -> {
                                        List<Object> meant = world.meanings(values);
                                        expected.add(meant);
                                        if (meant.equals(answer.values())) {
                                            next.add(new Candidate(then, one.notes()));
                                        }
                                    });
                }
                world.requireOne("P-1", step + " stores", expected, answer.values());
                left = next;
            }
        }
        Set<Transition> certain = new HashSet<>(left.getFirst().notes());
        left.forEach(one -> certain.retainAll(one.notes()));
        for (Transition one : certain) {
            if (one instanceof Transition.Edge(var from, var event, var to)) {
                evidence.exchange(from, event, to);
            }
        }
    }

    @Override
    public int steps() {
        return before.steps() + hurries.size();
    }

    private List<Program.Line> lines() {
        List<Program.Line> all = new ArrayList<>(before.lines());
        all.addAll(hurried);
        return all;
    }

    @Override
    public String listing() {
        return new Listing(lines(), before.lines().size()).forPeople();
    }

    @Override
    public String asJShell() {
        return new Listing(lines(), before.lines().size()).forJShell();
    }

    @Override
    public String asC() {
        return new Listing(lines(), before.lines().size()).forC();
    }

    @Override
    public String toString() {
        return "\n" + listing();
    }
}
