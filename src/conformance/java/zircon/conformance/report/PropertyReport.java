package zircon.conformance.report;

import java.util.List;

/// What the trials of a property showed.
///
/// @param name its name
/// @param statement what it says
/// @param rules the rules that it checks
/// @param outcome how it went
/// @param reason why it was not run, or ended early; empty otherwise
/// @param planned how many trials there should be
/// @param tried how many there were
/// @param failing how many failed
/// @param steps of the model, in all trials
/// @param seconds how long it took
/// @param features distributions
/// @param calls calls under conditions
/// @param exchanges steps of exception exchanges
/// @param asked handlers that were asked
/// @param failures the ways in which it failed, by trial
public record PropertyReport(
        String name,
        String statement,
        List<String> rules,
        Outcome outcome,
        String reason,
        long planned,
        long tried,
        long failing,
        long steps,
        double seconds,
        List<Feature> features,
        List<Call> calls,
        List<Exchange> exchanges,
        List<Asked> asked,
        List<Failure> failures) {}
