/// The conformance suite: what `spec/semantics.md` says, as properties that any libzircon can be
/// held to.
///
/// A [Property] makes random [Trial]s; each compares what the library does with what a pure model
/// of the specification says, and tells [Evidence] what it saw on the way. Who runs them, the
/// command line or a test, needs to know no more.
@NullMarked
package zircon.conformance;

import org.jspecify.annotations.NullMarked;
