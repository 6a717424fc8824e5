package zircon.abi;

import zircon.internal.NativeLibrary;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.UnionLayout;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What jextract made for one header class, found by reflection, so that no test has to name it.
enum Bindings {
    /// Zircon's own interface.
    ZIRCON("zircon.sys", "zircon_h", "(ZX|PA|zx)_(?!(HOST|host)_).*"),
    /// What the gate offers to the emulation.
    HOST("zircon.sys.host", "zx_host_h", "(ZX_HOST|zx_host)_.*");

    private final String packageName;
    private final String headerClass;
    private final String ownNames;

    Bindings(String packageName, String headerClass, String ownNames) {
        this.packageName = packageName;
        this.headerClass = headerClass;
        this.ownNames = ownNames;
    }

    /// `#include` lines for all that was bound.
    String prologue() throws IOException {
        if (this == HOST) {
            return "#include \"zx_host.h\"\n";
        }
        Path include = CCompiler.project("src/main/c/include");
        try (Stream<Path> headers = Files.walk(include)) {
            return headers.filter(Files::isRegularFile)
                    .map(header -> "#include <" + include.relativize(header) + ">\n")
                    .sorted()
                    .collect(Collectors.joining());
        }
    }

    /// Those of `names` that these bindings are for.
    Set<String> own(Set<String> names) {
        return names.stream()
                .filter(name -> name.matches(ownNames))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The class of constants, functions and scalar types.
    Class<?> header() throws ClassNotFoundException {
        return Class.forName(packageName + "." + headerClass);
    }

    /// The classes of structs and unions, `struct zx_foo` and its typedef `zx_foo_t` alike, by C
    /// type.
    Map<String, Class<?>> structs() throws IOException, ReflectiveOperationException {
        Path folder = CCompiler.project("generated").resolve(packageName.replace('.', '/'));
        Map<String, Class<?>> structs = new TreeMap<>();
        for (Path file : list(folder)) {
            String name = file.getFileName().toString().replaceFirst("\\.java$", "");
            if (Files.isRegularFile(file) && !name.startsWith(headerClass)) {
                Class<?> type = Class.forName(packageName + "." + name);
                structs.put(cType(name, type), type);
            }
        }
        return structs;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static String cType(String name, Class<?> type) throws ReflectiveOperationException {
        if (name.endsWith("_t")) {
            return name;
        }
        return (layout(type) instanceof UnionLayout ? "union " : "struct ") + name;
    }

    static GroupLayout layout(Class<?> struct) throws ReflectiveOperationException {
        return (GroupLayout) struct.getMethod("layout").invoke(null);
    }

    /// `#define`s: a method without parameters each, in the C name.
    Map<String, Number> constants() throws ReflectiveOperationException {
        Map<String, Number> constants = new TreeMap<>();
        for (Method method : header().getMethods()) {
            if (Modifier.isStatic(method.getModifiers())
                    && method.getParameterCount() == 0
                    && method.getName().matches("[A-Z][A-Z0-9_a-z]*")) {
                constants.put(method.getName(), (Number) method.invoke(null));
            }
        }
        return constants;
    }

    /// Scalar types, jextract's own `C_INT` and the like included.
    Map<String, MemoryLayout> scalars() throws ReflectiveOperationException {
        Map<String, MemoryLayout> scalars = new TreeMap<>();
        for (Field field : header().getFields()) {
            if (MemoryLayout.class.isAssignableFrom(field.getType())) {
                scalars.put(field.getName(), (MemoryLayout) field.get(null));
            }
        }
        return scalars;
    }

    /// Functions. Each looks its symbol up, so the library must be loaded.
    Map<String, FunctionDescriptor> functions() throws ReflectiveOperationException {
        var _ = NativeLibrary.load();
        String suffix = "$descriptor";
        Map<String, FunctionDescriptor> functions = new TreeMap<>();
        for (Method method : header().getMethods()) {
            if (method.getName().endsWith(suffix)) {
                String name = method.getName().replace(suffix, "");
                functions.put(name, (FunctionDescriptor) method.invoke(null));
            }
        }
        return functions;
    }

    /// The nested classes of function pointers of a struct.
    static Map<String, FunctionDescriptor> functionPointers(Class<?> struct)
            throws ReflectiveOperationException {
        Map<String, FunctionDescriptor> pointers = new TreeMap<>();
        for (Class<?> nested : struct.getDeclaredClasses()) {
            if (has(nested, "descriptor")) {
                pointers.put(
                        nested.getSimpleName(),
                        (FunctionDescriptor) nested.getMethod("descriptor").invoke(null));
            }
        }
        return pointers;
    }

    static boolean has(Class<?> type, String method) {
        return Arrays.stream(type.getMethods()).anyMatch(m -> m.getName().equals(method));
    }
}
