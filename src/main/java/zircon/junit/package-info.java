/// A kernel for each test of JUnit 5 (5.13 or newer): [zircon.junit.ZirconTest].
///
/// JUnit is an optional dependency of this library: a project that uses this package has it anyway.
@NullMarked
package zircon.junit;

import org.jspecify.annotations.NullMarked;
