package zircon.kit;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// [LeakChecked] for jqwik, which knows nothing of Jupiter's extensions and time limits: each try
/// ends with no open handle and no live guest more than at its start, and each property within a
/// time limit.
///
/// A property cannot be moved to a thread that could be left behind, so one that hangs ends the
/// JVM, after it was said where.
public final class LeakCheckedTries implements AroundTryHook, AroundPropertyHook {
    private static final long LIMIT_SECONDS = 120;

    /// Said of a class, it is meant for the class' properties.
    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public TryExecutionResult aroundTry(
            TryLifecycleContext context, TryExecutor aTry, List<Object> parameters) {
        Census before = Census.take();
        TryExecutionResult result = aTry.execute(parameters);
        try {
            before.requireNothingMore();
        } catch (AssertionError leak) {
            result.throwable().ifPresent(leak::addSuppressed);
            return TryExecutionResult.falsified(leak);
        }
        return result;
    }

    @Override
    public PropertyExecutionResult aroundProperty(
            PropertyLifecycleContext context, PropertyExecutor property) {
        Thread runner = Thread.currentThread();
        var done = new CountDownLatch(1);
        Thread.ofPlatform().daemon().start(() -> watch(context.label(), runner, done));
        try {
            return property.execute();
        } finally {
            done.countDown();
        }
    }

    private static void watch(String label, Thread runner, CountDownLatch done) {
        try {
            if (!done.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                var where =
                        new AssertionError(
                                "the property '%s' ran for more than %d s; it is here:"
                                        .formatted(label, LIMIT_SECONDS));
                where.setStackTrace(runner.getStackTrace());
                where.printStackTrace();
                Runtime.getRuntime().halt(1);
            }
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt();
        }
    }
}
