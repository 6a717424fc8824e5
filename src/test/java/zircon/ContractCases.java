package zircon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.Array;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/// What holds for all that the package exports, found by reflection: whatever is added to it must
/// hold to this, too.
final class ContractCases {
    private static final int KILLED = -502;
    // What keeps a program's own handles refuses nothing: it has them or not.
    private static final Pattern ASKS_THE_RUN_TIME =
            Pattern.compile("job_default|process_self|thread_self|vmar_root_self|take_startup.*");

    private ContractCases() {}

    private interface Check {
        void of(Class<?> type, Executable executable) throws Throwable;
    }

    /// Checks all that can be called, and fails with everything that is wrong.
    private static int everywhere(List<? extends Class<?>> types, Check check) {
        int count = 0;
        var failures = new ArrayList<String>();
        for (Class<?> type : types) {
            for (Executable executable : PublicApi.callable(type)) {
                count++;
                Throwable thrown = catchThrowable(() -> check.of(type, executable));
                if (thrown != null) {
                    failures.add("%s of %s: %s".formatted(executable, type, thrown));
                }
            }
        }
        assertThat(failures).isEmpty();
        return count;
    }

    static void nullIsRefusedByNameBeforeAnythingHappens() {
        int checked =
                everywhere(
                        PublicApi.types(),
                        (type, executable) -> {
                            Parameter[] parameters = executable.getParameters();
                            for (int i = 0; i < parameters.length; i++) {
                                refusesNull(type, executable, i);
                            }
                        });
        assertThat(checked).isGreaterThan(300);
    }

    private static void refusesNull(Class<?> type, Executable executable, int index) {
        Parameter parameter = executable.getParameters()[index];
        if (parameter.getType().isPrimitive()) {
            return;
        }
        Object[] arguments = Samples.arguments(executable);
        Object sample = arguments[index];
        Array.set(arguments, index, null);
        refuses(type, executable, arguments, parameter, "");
        if (sample instanceof Object[] array) {
            Object withNull = Array.newInstance(sample.getClass().getComponentType(), 2);
            Array.set(withNull, 0, array[0]);
            arguments[index] = withNull;
            refuses(type, executable, arguments, parameter, "one of ");
        }
        if (sample instanceof Collection<?>) {
            arguments[index] = Collections.singletonList(null);
            refuses(type, executable, arguments, parameter, "one of ");
        }
    }

    private static void refuses(
            Class<?> type,
            Executable executable,
            Object[] arguments,
            Parameter parameter,
            String prefix) {
        Fake.reset();
        Throwable thrown = catchThrowable(() -> PublicApi.call(type, executable, arguments));
        // Names of parameters are compiled into records, into others by -parameters only. What the
        // JVM itself says of null is a sentence.
        String name = parameter.isNamePresent() ? parameter.getName() : "\\w+";
        assertThat(thrown)
                .as("%s of %s without %s%s", executable, type, prefix, parameter)
                .isInstanceOf(NullPointerException.class)
                .message()
                .matches(prefix + name);
        assertThat(Fake.log()).as("calls by %s of %s", executable, type).isEmpty();
        Arrays.stream(arguments)
                .filter(Handle.class::isInstance)
                .forEach(handle -> assertThat(((Handle) handle).isClosed()).isFalse());
    }

    static void noCallIsMadeWithAClosedReceiver() {
        int checked =
                everywhere(
                        PublicApi.handles(),
                        (type, executable) -> {
                            if (!isCallOnAHandle(executable)) {
                                return;
                            }
                            var receiver = (Handle) Samples.of(type);
                            receiver.close();
                            Object[] arguments = Samples.arguments(executable);
                            Fake.reset();
                            Object answer = PublicApi.callOn(receiver, executable, arguments);
                            requireNoCall(type, executable, answer);
                        });
        assertThat(checked).isGreaterThan(100);
    }

    static void noCallIsMadeWithAClosedArgument() {
        var _ =
                everywhere(
                        PublicApi.handles(),
                        (type, executable) -> {
                            if (!isCallOnAHandle(executable)) {
                                return;
                            }
                            Object[] arguments = Samples.arguments(executable);
                            for (Object argument : arguments) {
                                if (!close(argument)) {
                                    continue;
                                }
                                Fake.reset();
                                Object answer = PublicApi.call(type, executable, arguments);
                                requireNoCall(type, executable, answer);
                            }
                        });
    }

    private static boolean isCallOnAHandle(Executable executable) {
        return PublicApi.answers(executable) && !Modifier.isStatic(executable.getModifiers());
    }

    private static boolean close(Object argument) {
        switch (argument) {
            case Handle handle -> handle.close();
            case Handle[] handles -> handles[0].close();
            default -> {
                return false;
            }
        }
        return true;
    }

    // Closing what was to be consumed is no call that matters.
    private static void requireNoCall(Class<?> type, Executable executable, Object answer)
            throws Throwable {
        assertThat(PublicApi.refusal(answer))
                .as("%s of %s", executable, type)
                .isEqualTo(ZxError.BAD_HANDLE);
        assertThat(Fake.log())
                .as("calls by %s of %s", executable, type)
                .allMatch(call -> call.startsWith("handle_close "));
    }

    static void everyRefusalComesOutAsItIs() {
        everyCallOfTheKernel(
                (type, executable) -> {
                    for (ZxError refusal : ZxError.values()) {
                        Fake.status(refusal);
                        Object answer = call(type, executable);
                        assertThat(PublicApi.refusal(answer)).isEqualTo(refusal);
                    }
                });
    }

    static void everyCallOfAKilledThreadLeavesItsCode() {
        everyCallOfTheKernel(
                (type, executable) -> {
                    Fake.status(KILLED);
                    assertThat(catchThrowable(() -> call(type, executable)))
                            .isInstanceOf(GuestUnwind.class);
                });
    }

    private static void everyCallOfTheKernel(Check check) {
        var count = new AtomicInteger();
        var _ =
                everywhere(
                        PublicApi.types(),
                        (type, executable) -> {
                            if (PublicApi.answers(executable)
                                    && !startsAThread(executable)
                                    && asksTheKernel(type, executable)) {
                                count.incrementAndGet();
                                check.of(type, executable);
                            }
                        });
        assertThat(count).hasValueGreaterThan(100);
    }

    /// Then the thread may make the call that was to be refused.
    private static boolean startsAThread(Executable executable) {
        return executable.getDeclaringClass() == ExceptionServer.class
                && executable.getName().equals("start");
    }

    private static boolean asksTheKernel(Class<?> type, Executable executable) throws Throwable {
        Fake.reset();
        Fake.status(ZxError.INTERNAL);
        var _ = call(type, executable);
        return !Fake.log().stream().allMatch(ASKS_THE_RUN_TIME.asMatchPredicate());
    }

    private static Object call(Class<?> type, Executable executable) throws Throwable {
        return PublicApi.call(type, executable, Samples.arguments(executable));
    }

    static void everythingHasATextForAPerson() throws NoSuchMethodException {
        for (Class<?> type : PublicApi.classes()) {
            Method toString = type.getMethod("toString");
            assertThat(toString.getDeclaringClass()).as("%s", type).isNotEqualTo(Object.class);
            assertThat(Samples.of(type).toString())
                    .as("%s", type)
                    .isNotBlank()
                    .doesNotContainPattern("@[0-9a-f]{5}");
        }
    }

    static void aClosedHandleSaysSo() {
        for (Class<? extends Handle> type : PublicApi.handles()) {
            var handle = (Handle) Samples.of(type);
            handle.close();
            Fake.reset();
            assertThat(handle).hasToString(type.getSimpleName() + "[closed]");
            assertThat(Fake.log()).isEmpty();
        }
    }
}
