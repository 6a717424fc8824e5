package zircon.emulation.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import zircon.emulation.kernel.TestKernel;
import zircon.sys.host.zx_host_table;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The syscalls against the table through which the gate calls them.
class TableTest {
    /// Not there yet: async waits, cancel, wait_many, policy, suspension, process memory.
    private static final Set<String> MISSING =
            Set.of(
                    "object_wait_many",
                    "object_wait_async",
                    "port_cancel",
                    "job_set_policy",
                    "process_read_memory",
                    "process_write_memory",
                    "task_suspend",
                    "task_suspend_token");

    private static final Set<String> NOT_SYSCALLS = Set.of("thread_attach", "exception");

    private static Map<String, Method> methods() {
        Map<String, Method> methods = new HashMap<>();
        for (Object family : Syscalls.families(new TestKernel().kernel)) {
            for (Method method : family.getClass().getDeclaredMethods()) {
                Class<?>[] parameters = method.getParameterTypes();
                boolean isSyscall =
                        Modifier.isPublic(method.getModifiers())
                                && parameters.length > 0
                                && parameters[0] == Caller.class;
                if (isSyscall) {
                    assertThat(methods.put(method.getName(), method)).as(method.getName()).isNull();
                }
            }
        }
        return methods;
    }

    private static String camelCase(String member) {
        StringBuilder name = new StringBuilder();
        for (String word : member.split("_", -1)) {
            name.append(
                    name.isEmpty()
                            ? word
                            : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    private static FunctionDescriptor descriptor(String member)
            throws ReflectiveOperationException {
        return (FunctionDescriptor)
                Class.forName(zx_host_table.class.getName() + "$" + member)
                        .getMethod("descriptor")
                        .invoke(null);
    }

    private static Class<?> carrier(MemoryLayout layout) {
        return ((ValueLayout) layout).carrier();
    }

    @Test
    @DisplayName(
            "Every member of the table is a method with its parameters, or in the list of the"
                    + " missing")
    void everyMemberHasItsMethod() throws ReflectiveOperationException {
        Map<String, Method> methods = methods();
        Set<String> missing = new TreeSet<>();
        for (MemoryLayout member : zx_host_table.layout().memberLayouts()) {
            String name = member.name().orElseThrow();
            if (NOT_SYSCALLS.contains(name)) {
                continue;
            }
            Method method = methods.remove(camelCase(name));
            if (method == null) {
                missing.add(name);
                continue;
            }
            FunctionDescriptor descriptor = descriptor(name);
            List<MemoryLayout> arguments = descriptor.argumentLayouts();
            assertThat(List.of(method.getParameterTypes()).subList(1, method.getParameterCount()))
                    .as(name)
                    .isEqualTo(
                            arguments.subList(1, arguments.size()).stream()
                                    .map(TableTest::carrier)
                                    .toList());
            assertThat(method.getReturnType())
                    .as(name)
                    .isEqualTo(
                            descriptor
                                    .returnLayout()
                                    .<Class<?>>map(TableTest::carrier)
                                    .orElse(void.class));
        }
        assertThat(missing).isEqualTo(new TreeSet<>(MISSING));
        assertThat(methods).isEmpty();
    }
}
