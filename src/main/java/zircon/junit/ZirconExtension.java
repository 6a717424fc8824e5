package zircon.junit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

import zircon.testing.Parameters;
import zircon.testing.TestKernel;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.stream.Stream;

/// What [ZirconTest] does, for those who want it without that annotation's time limit and resource
/// lock.
@SuppressWarnings("exports") // who uses this has the framework, and requires it
public final class ZirconExtension
        implements TestInstancePreConstructCallback,
                BeforeEachCallback,
                AfterTestExecutionCallback,
                AfterEachCallback,
                InvocationInterceptor,
                ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(ZirconExtension.class);
    private static final Object PRINTED = "printed";

    /// For JUnit.
    public ZirconExtension() {}

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(
            ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public void preConstructTestInstance(
            TestInstanceFactoryContext factory, ExtensionContext context) {
        if (context.getTestMethod().isPresent()) { // otherwise one instance is for all tests
            begin(context);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        begin(context);
    }

    private static void begin(ExtensionContext context) {
        if (find(context) == null) {
            TimeLimits.requireEffective(context);
            store(context)
                    .put(
                            TestKernel.class,
                            wantsFakeClock(context)
                                    ? TestKernel.startWithFakeClock()
                                    : TestKernel.start());
        }
    }

    private static boolean wantsFakeClock(ExtensionContext context) {
        Constructor<?>[] constructors = context.getRequiredTestClass().getDeclaredConstructors();
        return Stream.<Executable>concat(
                        Stream.of(context.getRequiredTestMethod()), Stream.of(constructors))
                .anyMatch(code -> Parameters.wantFakeClock(code.getParameters()));
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }

    private static @Nullable TestKernel find(ExtensionContext context) {
        return store(context).get(TestKernel.class, TestKernel.class);
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        proceed(invocation, method, context);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        proceed(invocation, method, context);
    }

    private static void proceed(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        TimeLimits.requireEffective(method.getExecutable(), context);
        var _ = invocation.proceed();
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        printIfFailed(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        printIfFailed(context); // one of the methods around the test has failed
        TestKernel kernel = find(context);
        if (kernel != null) {
            kernel.close();
        }
    }

    private static void printIfFailed(ExtensionContext context) {
        TestKernel kernel = find(context);
        if (kernel != null
                && context.getExecutionException().isPresent()
                && store(context).get(PRINTED) == null) {
            store(context).put(PRINTED, PRINTED);
            System.err.printf(
                    "The kernel when %s failed:%n%s",
                    context.getDisplayName(), kernel.emulation().snapshot());
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return Parameters.supports(parameter.getParameter());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestKernel kernel = find(context);
        if (kernel == null) {
            throw new ParameterResolutionException(
                    "There is a kernel only while a test runs: ask for %s in the test method or in @BeforeEach; in the constructor only when each test has its own instance."
                            .formatted(parameter.getParameter().getType().getSimpleName()));
        }
        try {
            return Parameters.resolve(parameter.getParameter(), kernel);
        } catch (IllegalArgumentException mistake) {
            throw new ParameterResolutionException(mistake.getMessage(), mistake);
        }
    }
}
