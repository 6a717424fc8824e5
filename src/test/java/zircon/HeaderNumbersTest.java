package zircon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import zircon.sys.zircon_h;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The wrapper's numbers are literals; these are the generated ones beside them.
class HeaderNumbersTest {
    @Test
    void everyErrorHasTheHeadersNumberAndNoneIsMissing() {
        assertThat(numbersOf(ZxError.values(), ZxError::raw)).isEqualTo(header("ZX_ERR_"));
    }

    @Test
    void everyObjectTypeHasTheHeadersNumberAndNoneIsMissing() {
        Map<String, Long> header = header("ZX_OBJ_TYPE_");
        header.remove("LAST"); // a count
        assertThat(numbersOf(ObjectType.Known.values(), ObjectType::raw)).isEqualTo(header);
    }

    @Test
    void everyExceptionHasTheHeadersNumberAndNoneIsMissing() {
        Map<String, Long> header = header("ZX_EXCP_");
        header.remove("SYNTH"); // a bit
        assertThat(numbersOf(ExceptionType.Known.values(), ExceptionType::raw)).isEqualTo(header);
    }

    @Test
    void everyExceptionPortTypeHasTheHeadersNumberAndNoneIsMissing() {
        assertThat(numbersOf(ExceptionPortType.Known.values(), ExceptionPortType::raw))
                .isEqualTo(header("ZX_EXCEPTION_PORT_TYPE_"));
    }

    @Test
    void everyThreadStateHasTheHeadersNumberAndNoneIsMissing() {
        Map<String, Long> header = header("ZX_THREAD_STATE_");
        // Kinds of register set, under the same prefix.
        for (String kind :
                new String[] {
                    "GENERAL_REGS", "FP_REGS", "VECTOR_REGS", "DEBUG_REGS", "SINGLE_STEP"
                }) {
            header.remove(kind);
        }
        assertThat(numbersOf(ThreadState.Known.values(), ThreadState::raw)).isEqualTo(header);
    }

    @Test
    void everyRightHasTheHeadersNumberAndNoneIsMissing() {
        Map<String, Long> header = header("ZX_RIGHT_");
        header.putAll(header("ZX_RIGHTS_"));
        assertThat(constantsOf(Rights.class, Rights::bits)).isEqualTo(header);
    }

    @Test
    void everySignalHasTheHeadersNumber() {
        Map<String, Long> signals = constantsOf(Signals.class, Signals::bits);
        assertThat(signals.remove("NONE")).isEqualTo(header("ZX_SIGNAL_").get("NONE"));
        assertThat(signals.remove("HANDLE_CLOSED"))
                .isEqualTo(header("ZX_SIGNAL_").get("HANDLE_CLOSED"));
        assertThat(signals.remove("USER_ALL")).isEqualTo(header("ZX_USER_SIGNAL_").get("ALL"));
        assertThat(header("ZX_")).containsAllEntriesOf(signals);
    }

    @Test
    void everyUserSignalHasTheHeadersNumber() {
        for (int i = 0; i < 8; i++) {
            assertThat((long) Signals.user(i).bits())
                    .isEqualTo(header("ZX_USER_SIGNAL_").get(String.valueOf(i)));
        }
    }

    @Test
    void everyPolicyHasTheHeadersNumberAndNoneIsMissing() {
        Map<String, Long> actions = header("ZX_POL_ACTION_");
        Map<String, Long> conditions = header("ZX_POL_");
        actions.keySet().forEach(action -> conditions.remove("ACTION_" + action));
        assertThat(numbersOf(JobPolicy.Condition.values(), JobPolicy.Condition::raw))
                .isEqualTo(conditions);
        actions.put(
                "DENY_AND_EXCEPTION",
                (long) (zircon_h.ZX_POL_ACTION_DENY() | zircon_h.ZX_POL_ACTION_EXCEPTION()));
        assertThat(numbersOf(JobPolicy.Action.values(), JobPolicy.Action::raw)).isEqualTo(actions);
    }

    @Test
    void everyTypeOfStartupHandleHasTheHeadersNumberAndNoneIsMissing() {
        assertThat(numbersOf(StartupHandle.Type.values(), StartupHandle.Type::raw))
                .isEqualTo(header("PA_"));
    }

    @Test
    void theNumbersThatTheWrapperPassesOnAreTheHeaders() throws IllegalAccessException {
        var numbers = new TreeMap<String, Long>();
        for (Field field : Abi.class.getDeclaredFields()) {
            numbers.put(
                    field.getName().substring("ZX_".length()),
                    ((Number) field.get(null)).longValue());
        }
        assertThat(numbers).isNotEmpty();
        assertThat(header("ZX_")).containsAllEntriesOf(numbers);
    }

    @Test
    void theFixedPointsOfTimeAndTheFixedKoidsAreTheHeaders() {
        assertThat(Deadline.INFINITE.nanos()).isEqualTo(zircon_h.ZX_TIME_INFINITE());
        assertThat(Deadline.PAST.nanos()).isEqualTo(zircon_h.ZX_TIME_INFINITE_PAST());
        assertThat(Koid.INVALID.value()).isEqualTo(zircon_h.ZX_KOID_INVALID());
        assertThat(Koid.KERNEL.value()).isEqualTo(zircon_h.ZX_KOID_KERNEL());
        assertThat(DebugAddress.BREAK_ON_SET.value())
                .isEqualTo(zircon_h.ZX_PROCESS_DEBUG_ADDR_BREAK_ON_SET());
        assertThat(Handle.INVALID).isEqualTo(zircon_h.ZX_HANDLE_INVALID());
    }

    /// The generated constants with a prefix, under what is left of their names.
    private static Map<String, Long> header(String prefix) {
        return Arrays.stream(zircon_h.class.getMethods())
                .filter(method -> method.getName().startsWith(prefix))
                .filter(method -> method.getParameterCount() == 0)
                .collect(
                        Collectors.toMap(
                                method -> method.getName().substring(prefix.length()),
                                HeaderNumbersTest::value,
                                (first, _) -> first,
                                TreeMap::new));
    }

    private static long value(Method constant) {
        try {
            return ((Number) constant.invoke(null)).longValue();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a constant that cannot be read", e);
        }
    }

    private static <E extends Enum<E>> Map<String, Long> numbersOf(
            E[] constants, Function<E, Integer> raw) {
        return Arrays.stream(constants)
                .collect(Collectors.toMap(Enum::name, constant -> raw.apply(constant).longValue()));
    }

    private static <T> Map<String, Long> constantsOf(Class<T> type, Function<T, Integer> bits) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> field.getType() == type && Modifier.isStatic(field.getModifiers()))
                .collect(
                        Collectors.toMap(
                                Field::getName,
                                field -> {
                                    try {
                                        return bits.apply(type.cast(field.get(null))).longValue();
                                    } catch (IllegalAccessException e) {
                                        throw new LinkageError("a constant that cannot be read", e);
                                    }
                                }));
    }
}
