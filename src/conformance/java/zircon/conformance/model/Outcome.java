package zircon.conformance.model;

import java.util.List;

/// What the specification says of a step.
///
/// @param status what the call returns
/// @param rule says so
/// @param values what the call stores: numbers, [Koid] and [Variable]
/// @param anyOf if not empty, the call takes one of several packets out of a port, and these are
///   their values; the model goes on with [Model#read]
/// @param next the state afterwards, once every guest has come to rest
public record Outcome(
        Status status, String rule, List<Object> values, List<List<Object>> anyOf, Model next) {
    /// The koid of an object.
    public record Koid(int object) {}

    /// The number of a handle.
    public record Variable(int number) {}
}
