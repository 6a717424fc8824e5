package zircon.kit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;

import zircon.ExceptionPortType;
import zircon.ThreadInfo;
import zircon.ThreadState;
import zircon.ZxThread;
import zircon.junit.ZirconTest;

/// A test with a scope of its own, checked for leaks.
@ZirconTest
public abstract class KernelFixture {
    /// Closed after the test.
    protected final Scope scope = new Scope();

    @AfterEach
    final void closeScope() {
        scope.close();
    }

    /// Fails unless `thread` waits in an exception for the answer of a port in a slot of this type.
    protected static void requireWaiting(ZxThread thread, ExceptionPortType.Known slot) {
        assertThat(thread.info().orElseThrow())
                .isEqualTo(new ThreadInfo(ThreadState.Known.BLOCKED_EXCEPTION, slot));
    }
}
