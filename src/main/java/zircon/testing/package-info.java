/// What a program's own tests need of the emulation: a fresh kernel for each test, guests written
/// as lambdas, and a check that a test leaves nothing behind.
///
/// [zircon.testing.TestKernel] is for any test framework, or none. For JUnit there is
/// `zircon.junit`, for jqwik `zircon.jqwik`; both hand these classes to a test as parameters.
@NullMarked
package zircon.testing;

import org.jspecify.annotations.NullMarked;
