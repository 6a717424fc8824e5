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

import zircon.testing.Parameters;
import zircon.testing.TestKernel;

import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Optional;

/// What [ZirconTries] does.
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
        TestKernel kernel = kernel(context.targetMethod().getParameters());
        TryExecutionResult result = aTry.execute(parameters);
        if (result.isFalsified()) {
            lastTree().update(_ -> kernel.emulation().snapshot().toString());
        }
        try {
            kernel.close();
        } catch (RuntimeException | Error failure) {
            result.throwable().ifPresent(failure::addSuppressed);
            return TryExecutionResult.falsified(failure);
        }
        return result;
    }

    /// The kernel of the running try. A parameter may ask for it before the try is entered.
    private static TestKernel kernel(Parameter... parameters) {
        return Store.getOrCreate(
                        TestKernel.class,
                        Lifespan.TRY,
                        () ->
                                Parameters.wantFakeClock(parameters)
                                        ? TestKernel.startWithFakeClock()
                                        : TestKernel.start())
                .get();
    }

    private static Store<String> lastTree() {
        return Store.getOrCreate(ZirconHook.class, Lifespan.PROPERTY, () -> "");
    }

    @Override
    public Optional<ParameterSupplier> resolve(
            ParameterResolutionContext parameter, LifecycleContext context) {
        return Parameters.supports(parameter.parameter())
                ? Optional.of(_ -> argument(parameter))
                : Optional.empty();
    }

    private static Object argument(ParameterResolutionContext context) {
        Parameter parameter = context.parameter();
        return Parameters.resolve(
                parameter, kernel(parameter.getDeclaringExecutable().getParameters()));
    }

    @Override
    public PropertyExecutionResult aroundProperty(
            PropertyLifecycleContext context, PropertyExecutor property) {
        int limit =
                context.findAnnotation(ZirconTries.class)
                        .or(() -> annotationOfClass(context))
                        .map(ZirconTries::limitSeconds)
                        .orElse(0);
        Store<String> tree = lastTree();
        try (TimeLimit _ = TimeLimit.start(context.label(), limit)) {
            PropertyExecutionResult result = property.execute();
            if (result.status() == PropertyExecutionResult.Status.FAILED) {
                System.err.printf("The kernel when '%s' failed:%n%s", context.label(), tree.get());
            }
            return result;
        }
    }

    private static Optional<ZirconTries> annotationOfClass(PropertyLifecycleContext context) {
        return context.findAnnotationsInContainer(ZirconTries.class).stream().findFirst();
    }
}
