package zircon.junit;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Each test of the class, or this one test, gets a fresh kernel, and fails if it leaves a handle
/// or a guest behind; the message names the line that made the handle.
///
/// ```java
/// @ZirconTest
/// class CrashTest {
///     @Test
///     void aFaultArrivesAtThePort(Job job, Port port, Guests guests) {
///         var _ = job.bindExceptionPort(port, 7).orElseThrow();
///         guests.process(GuestFaults::undefinedInstruction).start();
///         assertEquals(7, port.waitFor(Deadline.INFINITE).orElseThrow().key());
///     }
/// }
/// ```
///
/// - **Parameters** of tests, `@BeforeEach`, `@AfterEach` and constructors: see
///   [zircon.testing.Parameters]. They are closed after the last `@AfterEach`, and guests are
///   killed.
/// - **The kernel** starts before the test's instance is made, so fields can hold handles; with
///   `@TestInstance(PER_CLASS)`, before its `@BeforeEach` methods. What `@BeforeAll` and static
///   fields open belongs to a kernel that is gone when the test begins.
/// - **Guests**: what one throws fails the test, see [zircon.testing.Guests].
/// - **When a test fails**, the kernel's tree is printed to stderr.
/// - **Time**: a test may take 60 seconds; `@Timeout` says otherwise. It needs `threadMode =
///   SEPARATE_THREAD` as here: a thread that waits in a syscall cannot be interrupted, only left
///   behind. A test with a `@Timeout` that only interrupts is refused before it runs.
/// - **No parallel tests**: there is one kernel in a JVM. A resource lock lets JUnit run these
///   tests one after the other, when it runs others in parallel.
/// - jqwik takes no notice of JUnit's extensions; its properties have `zircon.jqwik.ZirconTries`.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(ZirconExtension.class)
@ResourceLock("zircon.kernel")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("exports") // who uses this has the framework, and requires it
public @interface ZirconTest {}
