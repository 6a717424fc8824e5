package zircon.conformance.run;

import org.jspecify.annotations.Nullable;

import zircon.conformance.Deviation;
import zircon.conformance.Evidence;
import zircon.conformance.Trial;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Why a trial failed.
///
/// @param kind the broken rule, or the class of what was thrown, or that a function is missing
/// @param message what was expected and what was seen
/// @param details a stack, or nothing
record Fault(String kind, String message, String details) {
    private static final Pattern MISSING = Pattern.compile("Symbol not found: (\\w+)");

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

    /// Where in a trial something ended, as far as it is known.
    ///
    /// @param step the number of the last step that began, or 0
    static String in(int step) {
        return step == 0 ? "" : ", in step " + step;
    }

    static Fault of(Throwable thrown) {
        if (thrown instanceof Deviation deviation) {
            return new Fault(deviation.rule(), String.valueOf(deviation.getMessage()), "");
        }
        StringWriter stack = new StringWriter();
        thrown.printStackTrace(new PrintWriter(stack));
        // The first call says so itself, later ones tell what the first one said.
        Matcher missing = MISSING.matcher(stack.toString());
        if (thrown instanceof LinkageError && missing.find()) {
            String message = "the library has no function " + missing.group(1);
            return new Fault("missing function", message, stack.toString());
        }
        return new Fault(thrown.getClass().getName(), thrown.toString(), stack.toString());
    }
}
