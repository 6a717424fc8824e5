package zircon.conformance.run;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

import zircon.conformance.Property;
import zircon.conformance.Trial;

import java.util.List;

/// A property of lists of numbers from 0 to 100.
///
/// @param name it
/// @param needsEmulation whether it says so
/// @param defaultTries how often it is tried
/// @param check what its trials do
record FakeProperty(String name, boolean needsEmulation, int defaultTries, FakeTrial.Check check)
        implements Property {
    FakeProperty(String name, FakeTrial.Check check) {
        this(name, false, 60, check);
    }

    @Override
    public String statement() {
        return "Numbers of " + name + " are < others & such.";
    }

    @Override
    public List<String> rules() {
        return List.of("B-4", "X-5");
    }

    @Override
    public Arbitrary<? extends Trial> trials() {
        return Steps.listOf(Arbitraries.integers().between(0, 100), 0, 12)
                .map(numbers -> new FakeTrial(numbers, check));
    }
}
