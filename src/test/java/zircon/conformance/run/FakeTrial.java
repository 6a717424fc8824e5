package zircon.conformance.run;

import zircon.conformance.Deviation;
import zircon.conformance.Evidence;
import zircon.conformance.Trial;

import java.util.List;

/// A program of numbers.
///
/// @param numbers its steps
/// @param check what it does
record FakeTrial(List<Integer> numbers, Check check) implements Trial {
    /// What a trial does.
    interface Check {
        void run(List<Integer> numbers, Evidence evidence) throws Deviation;
    }

    @Override
    public void run(Evidence evidence) throws Deviation {
        evidence.classify("length", String.valueOf(numbers.size()));
        check.run(numbers, evidence);
    }

    @Override
    public int steps() {
        return numbers.size();
    }

    @Override
    public String listing() {
        return "numbers " + numbers;
    }

    @Override
    public String asJShell() {
        return "var numbers = List.of(%s);"
                .formatted(numbers.toString().replaceAll("[\\[\\]]", ""));
    }

    @Override
    public String asC() {
        return "int main(void) { return %d; } // \"%s\" & <more>\n"
                .formatted(numbers.size(), numbers);
    }
}
