/// A kernel for each try of a property of jqwik (1.9 or newer): [zircon.jqwik.ZirconTries].
///
/// jqwik is an optional dependency of this library: a project that uses this package has it anyway.
@NullMarked
package zircon.jqwik;

import org.jspecify.annotations.NullMarked;
