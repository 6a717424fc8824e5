package zircon.kit;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Each test of the class ends with no open handle and no live guest more than at its start, and
/// within a time limit.
///
/// The limit runs each test on a thread of its own: a thread that is blocked in a syscall cannot be
/// interrupted, only left behind.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(LeakChecked.Check.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public @interface LeakChecked {
    /// Counts before and after each test.
    final class Check implements BeforeEachCallback, AfterEachCallback {
        private static final ExtensionContext.Namespace NAMESPACE =
                ExtensionContext.Namespace.create(Check.class);

        @Override
        public void beforeEach(ExtensionContext context) {
            context.getStore(NAMESPACE).put(Census.class, Census.take());
        }

        @Override
        public void afterEach(ExtensionContext context) {
            Census before = context.getStore(NAMESPACE).get(Census.class, Census.class);
            before.requireNothingMore();
        }
    }
}
