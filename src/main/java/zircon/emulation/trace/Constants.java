package zircon.emulation.trace;

import zircon.sys.zircon_h;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Names of the constants of the C headers, found among the generated bindings.
public final class Constants {
    static final Constants STATUSES = new Constants("ZX_ERR_", _ -> true);
    public static final Constants EXCEPTIONS =
            new Constants("ZX_EXCP_", name -> !name.equals("SYNTH"));
    static final Constants RIGHTS = new Constants("ZX_RIGHT_", name -> !name.equals("NONE"));
    static final Constants TOPICS = new Constants("ZX_INFO_", _ -> true);
    static final Constants PROPERTIES = new Constants("ZX_PROP_", _ -> true);
    static final Constants REGISTERS =
            new Constants("ZX_THREAD_STATE_", name -> name.matches(".*_REGS|SINGLE_STEP"));

    private final Map<Integer, String> names = new TreeMap<>();

    private Constants(String prefix, Predicate<String> wanted) {
        for (Method method : zircon_h.class.getMethods()) {
            String name = method.getName();
            if (name.startsWith(prefix)
                    && method.getReturnType() == int.class
                    && method.getParameterCount() == 0
                    && Modifier.isStatic(method.getModifiers())
                    && wanted.test(name.substring(prefix.length()))) {
                names.put(valueOf(method), name.substring(prefix.length()));
            }
        }
    }

    private static int valueOf(Method constant) {
        try {
            return (int) constant.invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the bindings are not what jextract makes", e);
        }
    }

    /// The name of a value without its prefix, or the value itself.
    public String name(int value) {
        String name = names.get(value);
        return name != null ? name : "%#x".formatted(value);
    }

    /// The names of the bits of a value, joined.
    String bits(int value) {
        List<String> set = new ArrayList<>();
        int left = value;
        for (Map.Entry<Integer, String> bit : names.entrySet()) {
            if ((value & bit.getKey()) != 0) {
                set.add(bit.getValue());
                left &= ~bit.getKey();
            }
        }
        if (left != 0 || set.isEmpty()) {
            set.add("%#x".formatted(left));
        }
        return String.join("|", set);
    }
}
