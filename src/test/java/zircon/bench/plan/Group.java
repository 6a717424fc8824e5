package zircon.bench.plan;

import java.util.List;

/// Cases that belong beside each other.
///
/// @param name with which the cases' names begin
/// @param title what they have in common, for a person
/// @param cases in the order in which they are shown
public record Group(String name, String title, List<Case> cases) {}
