package zircon.conformance.run;

import org.jspecify.annotations.Nullable;

import zircon.conformance.Deviation;
import zircon.conformance.Evidence;
import zircon.conformance.Trial;

import java.io.PrintWriter;
import java.io.StringWriter;

/// Why a trial failed.
///
/// @param kind the broken rule, or the class of what was thrown
/// @param message what was expected and what was seen
/// @param details a stack, or nothing
record Fault(String kind, String message, String details) {
    /// Runs a trial.
    ///
    /// @return why it failed, or null
    static @Nullable Fault of(Trial trial, Evidence evidence) {
        try {
            trial.run(evidence);
            return null;
        } catch (Throwable e) { // whatever it is: the library, or the suite, is wrong
            return of(e);
        }
    }

    static Fault of(Throwable thrown) {
        if (thrown instanceof Deviation deviation) {
            return new Fault(deviation.rule(), String.valueOf(deviation.getMessage()), "");
        }
        StringWriter stack = new StringWriter();
        thrown.printStackTrace(new PrintWriter(stack));
        return new Fault(thrown.getClass().getName(), thrown.toString(), stack.toString());
    }
}
