package zircon.jqwik;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.ParameterResolutionContext;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.lifecycle.ResolveParameterHook;
import net.jqwik.api.lifecycle.Store;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

import org.jspecify.annotations.Nullable;

import zircon.testing.Parameters;
import zircon.testing.TestKernel;

import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Optional;

/// What [ZirconTries] does.
@SuppressWarnings("exports") // who uses this has the framework, and requires it
public final class ZirconHook implements AroundTryHook, AroundPropertyHook, ResolveParameterHook {
    // Outside of @BeforeTry and @AfterTry, whose place is -10.
    private static final int PROXIMITY = -20;

    /// For jqwik.
    public ZirconHook() {}

    /// Said of a class, it is meant for the class' properties.
    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public int aroundTryProximity() {
        return PROXIMITY;
    }

    @Override
    public TryExecutionResult aroundTry(
            TryLifecycleContext context, TryExecutor aTry, List<Object> parameters) {
        Tries tries = tries();
        TestKernel kernel = tries.kernel(context.targetMethod().getParameters());
        TryExecutionResult result = aTry.execute(parameters);
        String tree = kernel.emulation().snapshot().toString();
        try {
            tries.endOne();
        } catch (RuntimeException | Error failure) {
            result.throwable().ifPresent(failure::addSuppressed);
            result = TryExecutionResult.falsified(failure);
        }
        if (result.isFalsified()) {
            tries.remember(tree);
        }
        return result;
    }

    /// Those of the running property.
    private static Tries tries() {
        return Store.getOrCreate(ZirconHook.class, Lifespan.PROPERTY, Tries::new).get();
    }

    @Override
    public Optional<ParameterSupplier> resolve(
            ParameterResolutionContext parameter, LifecycleContext context) {
        return Parameters.supports(parameter.parameter())
                ? Optional.of(new Argument(parameter.parameter()))
                : Optional.empty();
    }

    /// What the tries get for a parameter.
    private static final class Argument implements ParameterSupplier {
        private final Parameter parameter;
        private @Nullable Object last;

        Argument(Parameter parameter) {
            this.parameter = parameter;
        }

        /// Asked for before the try is entered, and once more for the report when the property is
        /// over.
        @Override
        public Object get(Optional<TryLifecycleContext> context) {
            Tries tries = tries();
            if (tries.areRunning()) {
                TestKernel kernel =
                        tries.kernel(parameter.getDeclaringExecutable().getParameters());
                last = Parameters.resolve(parameter, kernel);
            } else if (last == null) {
                throw new IllegalArgumentException(
                        "There is a kernel only while a property runs: its method can ask for %s, a constructor cannot."
                                .formatted(parameter.getType().getSimpleName()));
            }
            return last;
        }
    }

    @Override
    public PropertyExecutionResult aroundProperty(
            PropertyLifecycleContext context, PropertyExecutor property) {
        int limit =
                context.findAnnotation(ZirconTries.class)
                        .or(() -> annotationOfClass(context))
                        .map(ZirconTries::limitSeconds)
                        .orElse(0);
        // A try that was prepared but never entered leaves its kernel to be closed here.
        try (Tries tries = tries().begin();
                TimeLimit _ = TimeLimit.start(context.label(), limit)) {
            PropertyExecutionResult result = property.execute();
            if (result.status() == PropertyExecutionResult.Status.FAILED) {
                System.err.printf(
                        "The kernel when '%s' failed:%n%s", context.label(), tries.lastTree());
            }
            return result;
        }
    }

    private static Optional<ZirconTries> annotationOfClass(PropertyLifecycleContext context) {
        return context.findAnnotationsInContainer(ZirconTries.class).stream().findFirst();
    }
}
