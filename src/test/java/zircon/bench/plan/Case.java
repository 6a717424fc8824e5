package zircon.bench.plan;

import java.util.Map;

/// One thing that is measured.
///
/// @param name the group's name, a dot, and what is the case's own: `null.ok.jni`
/// @param title what it is, for a person
/// @param benchmark class and method, in `zircon.bench`
/// @param parameters of the benchmark
/// @param library behind it
/// @param beside what its time is divided by
/// @param quick whether a quick run has it
public record Case(
        String name,
        String title,
        String benchmark,
        Map<String, String> parameters,
        Library library,
        Beside beside,
        boolean quick) {

    /// What a time is divided by: that of another case, or of the same one.
    ///
    /// @param name of the case
    /// @param times how often it would have to be done for the same work
    public record Beside(String name, int times) {}
}
