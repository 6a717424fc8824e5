package zircon.emulation.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import zircon.sys.host.zx_host_h;
import zircon.sys.zircon_h;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// The syscalls against the C prototypes.
class CallTest {
    private static final Map<String, Method> PROTOTYPES = byName(zircon_h.class);

    private static Map<String, Method> byName(Class<?> type) {
        Map<String, Method> methods = new HashMap<>();
        for (Method method : type.getDeclaredMethods()) {
            methods.put(method.getName(), method);
        }
        return methods;
    }

    /// The methods of all families that are syscalls, by name.
    private static Map<String, Method> syscalls() {
        Map<String, Method> methods = new HashMap<>();
        for (Field family : Syscalls.class.getDeclaredFields()) {
            for (Method method : family.getType().getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers())
                        && method.getParameterCount() > 0
                        && method.getParameterTypes()[0] == Caller.class) {
                    assertThat(methods.put(method.getName(), method)).as(method.getName()).isNull();
                }
            }
        }
        return methods;
    }

    private static String camelCase(String name) {
        StringBuilder result = new StringBuilder();
        for (String word : name.split("_", -1)) {
            String first = word.substring(0, 1);
            result.append(result.isEmpty() ? first : first.toUpperCase(Locale.ROOT));
            result.append(word.substring(1));
        }
        return result.toString();
    }

    /// What a type of a prototype is to the kernel: an address is a number.
    private static Class<?> asSeen(Class<?> type) {
        return type == MemorySegment.class ? long.class : type;
    }

    @Test
    @DisplayName(
            "Every call is a method with the parameters of its prototype; two names may share one")
    void everyCallHasItsMethod() {
        Map<String, Method> syscalls = syscalls();
        for (Call call : Call.values()) {
            String name = call.name().toLowerCase(Locale.ROOT);
            if (call == Call.TASK_SUSPEND_TOKEN) {
                continue; // the second name of task_suspend
            }
            Method method = Objects.requireNonNull(syscalls.remove(camelCase(name)), name);
            Method prototype = Objects.requireNonNull(PROTOTYPES.get("zx_" + name), name);
            List<Class<?>> expected =
                    Arrays.<Class<?>>stream(prototype.getParameterTypes())
                            .<Class<?>>map(CallTest::asSeen)
                            .toList();
            List<Class<?>> parameters = List.of(method.getParameterTypes());
            assertThat(parameters.subList(1, parameters.size())).as(name).isEqualTo(expected);
            assertThat(method.getReturnType()).as(name).isEqualTo(prototype.getReturnType());
        }
        assertThat(syscalls).isEmpty();
    }

    @Test
    @DisplayName("Calls have the numbers by which the gate makes them")
    void callsHaveTheGatesNumbers() throws ReflectiveOperationException {
        for (Call call : Call.values()) {
            String constant = "ZX_HOST_CALL_" + call.name().toLowerCase(Locale.ROOT);
            assertThat(Call.numbered((int) zx_host_h.class.getMethod(constant).invoke(null)))
                    .isEqualTo(call);
        }
    }
}
