package zircon.conformance;

import net.jqwik.api.Arbitrary;

import java.util.List;

/// Something that the specification says of every libzircon.
public interface Property {
    /// What it is called, in the report and on the command line: `family.words-with-hyphens`.
    ///
    /// @return a name that no other property has
    String name();

    /// What it says, as a sentence.
    ///
    /// @return one sentence
    String statement();

    /// The rules of the specification that it checks.
    ///
    /// @return their ids, `B-4`
    List<String> rules();

    /// Whether it needs guests, a fake clock or a look into the kernel, which only the emulation
    /// offers.
    ///
    /// @return true if it cannot run against another library
    boolean needsEmulation();

    /// How often it is tried unless somebody says otherwise.
    ///
    /// @return a number of trials
    int defaultTries();

    /// The trials. They shrink to smaller ones that are still trials.
    ///
    /// @return of all of them
    Arbitrary<? extends Trial> trials();
}
