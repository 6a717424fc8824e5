/// A pure model of what the specification describes: no call, no thread, no time.
///
/// [Model] is a state; a [Step] takes it to the next one and says what the call must return. It
/// shares no code with the emulation or the wrapper, and is meant to be read beside
/// `spec/semantics.md`: each transition names its rule.
@NullMarked
package zircon.conformance.model;

import org.jspecify.annotations.NullMarked;
