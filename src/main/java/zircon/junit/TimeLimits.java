package zircon.junit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

import java.lang.reflect.AnnotatedElement;
import java.util.Locale;
import java.util.Optional;

/// Refuses the time limits that cannot end a test: those that only interrupt its thread.
final class TimeLimits {
    private TimeLimits() {}

    /// The limit of a test is its method's, or else that of its class or of one around it.
    static void requireEffective(ExtensionContext test) {
        ExtensionContext context = test;
        while (context != null) {
            Optional<Timeout> limit = find(context.getElement().orElse(null));
            if (limit.isPresent()) {
                requireEffective(limit.get(), context, test.getDisplayName());
                return;
            }
            context = context.getParent().orElse(null);
        }
    }

    /// The limit of a method around tests is its own alone.
    static void requireEffective(AnnotatedElement method, ExtensionContext context) {
        find(method).ifPresent(limit -> requireEffective(limit, context, method.toString()));
    }

    private static Optional<Timeout> find(@Nullable AnnotatedElement element) {
        return AnnotationSupport.findAnnotation(element, Timeout.class);
    }

    private static void requireEffective(Timeout limit, ExtensionContext context, String who) {
        if (mode(limit, context) != ThreadMode.SEPARATE_THREAD) {
            throw new ExtensionConfigurationException(
                    "%s: @Timeout of a @ZirconTest needs threadMode = SEPARATE_THREAD: a thread that waits in a syscall cannot be interrupted. Write @Timeout(value = %d, unit = TimeUnit.%s, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)."
                            .formatted(who, limit.value(), limit.unit()));
        }
    }

    private static ThreadMode mode(Timeout limit, ExtensionContext context) {
        return limit.threadMode() != ThreadMode.INFERRED
                ? limit.threadMode()
                : context.getConfigurationParameter(
                                Timeout.DEFAULT_TIMEOUT_THREAD_MODE_PROPERTY_NAME,
                                name -> ThreadMode.valueOf(name.toUpperCase(Locale.ROOT)))
                        .orElse(ThreadMode.SAME_THREAD);
    }
}
