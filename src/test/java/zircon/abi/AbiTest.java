package zircon.abi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import zircon.abi.Declarations.Prototype;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.PaddingLayout;
import java.lang.foreign.SequenceLayout;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// The generated bindings against the C compiler: every size, offset, constant and prototype that
/// was generated, and nothing in the headers that was not.
@Timeout(300)
class AbiTest {
    /// jextract cannot express an alignment that is more than that of any field: these are 16 in C,
    /// and a segment that `allocate` makes for them is aligned to 8 only. Nothing depends on it,
    /// since the gate copies them as bytes.
    private static final Set<String> OVERALIGNED_IN_C =
            Set.of(
                    "struct zx_thread_state_fp_regs",
                    "zx_thread_state_fp_regs_t",
                    "struct zx_x86_64_st",
                    "zx_x86_64_st_t");

    @TempDir private Path scratch;

    @ParameterizedTest
    @EnumSource
    void structsAndTheirFieldsLieAsInC(Bindings bindings) throws Exception {
        var questions = new Questions(bindings.prologue());
        for (var struct : bindings.structs().entrySet()) {
            askAboutStruct(questions, struct.getKey(), struct.getValue());
        }
        assertThat(questions.differences(scratch)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void constantsHaveTheirValueAndSizeInC(Bindings bindings) throws Exception {
        var questions = new Questions(bindings.prologue());
        bindings.constants()
                .forEach(
                        (name, value) -> {
                            int bits = bits(value);
                            String cast = "(int%d_t)(%s)".formatted(bits, name);
                            questions.expect(name, cast, value.longValue());
                            questions.expect("bits of " + name, "8 * sizeof(" + name + ")", bits);
                        });
        assertThat(questions.differences(scratch)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void scalarTypesAreAsInC(Bindings bindings) throws Exception {
        var questions = new Questions(bindings.prologue());
        for (var scalar : bindings.scalars().entrySet()) {
            askAboutType(questions, scalar.getKey(), cName(scalar.getKey()), scalar.getValue());
        }
        assertThat(questions.differences(scratch)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void functionsHaveTheirPrototypeInC(Bindings bindings) throws Exception {
        var questions = new Questions(bindings.prologue());
        Map<String, Prototype> prototypes = declarations(bindings).functions();
        for (var function : bindings.functions().entrySet()) {
            String name = function.getKey();
            Prototype prototype = prototypeOf(name, prototypes);
            questions.expect(name, "SAME(%s, %s)".formatted(name, prototype.type("")), 1);
            askAboutPrototype(questions, name, prototype, function.getValue());
        }
        assertThat(questions.differences(scratch)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void functionPointersHaveTheirPrototypeInC(Bindings bindings) throws Exception {
        var questions = new Questions(bindings.prologue());
        Map<String, Prototype> prototypes = declarations(bindings).functionPointers();
        for (var struct : bindings.structs().entrySet()) {
            for (var pointer : Bindings.functionPointers(struct.getValue()).entrySet()) {
                String name = pointer.getKey();
                Prototype prototype = prototypeOf(name, prototypes);
                questions.expect(
                        name,
                        "SAME(FIELD(%s, %s), %s)"
                                .formatted(struct.getKey(), name, prototype.type("*")),
                        1);
                askAboutPrototype(questions, name, prototype, pointer.getValue());
            }
        }
        assertThat(questions.differences(scratch)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everythingInTheHeadersIsGenerated(Bindings bindings) throws Exception {
        Declarations declarations = declarations(bindings);
        assertThat(bindings.constants().keySet()).isEqualTo(bindings.own(declarations.constants()));
        assertThat(bindings.functions().keySet())
                .isEqualTo(bindings.own(declarations.functions().keySet()));

        Set<String> structs = new TreeSet<>();
        Set<String> typedefs = new TreeSet<>(bindings.own(bindings.scalars().keySet()));
        for (String type : bindings.structs().keySet()) {
            (type.contains(" ") ? structs : typedefs).add(type.replaceFirst("^.* ", ""));
        }
        assertThat(structs).isEqualTo(bindings.own(declarations.structs()));

        Set<String> bindable = bindings.own(declarations.typedefs());
        // jextract has no layout for an _Atomic, nor a class for a struct without a body.
        bindable.removeAll(Set.of("zx_futex_t", "zx_host_program_t"));
        assertThat(typedefs).isEqualTo(bindable);
    }

    @ParameterizedTest
    @EnumSource(names = "ZIRCON")
    void everySyscallHasItsSecondName(Bindings bindings) throws Exception {
        var questions = new Questions(bindings.prologue());
        for (String name : bindings.own(declarations(bindings).functions().keySet())) {
            if (!name.equals("zx_take_startup_handle")) {
                questions.expect("_" + name, "SAME(_%1$s, __typeof__(%1$s))".formatted(name), 1);
            }
        }
        assertThat(questions.differences(scratch)).isEmpty();
    }

    private Declarations declarations(Bindings bindings) throws Exception {
        return Declarations.of(bindings.prologue(), scratch);
    }

    private static Prototype prototypeOf(String name, Map<String, Prototype> prototypes) {
        return Objects.requireNonNull(
                prototypes.get(name), () -> "the headers do not declare " + name);
    }

    private static void askAboutStruct(Questions questions, String type, Class<?> struct)
            throws ReflectiveOperationException {
        GroupLayout layout = Bindings.layout(struct);
        questions.expect("size of " + type, "sizeof(%s)".formatted(type), layout.byteSize());
        questions.expect(
                "alignment of " + type,
                "_Alignof(%s)".formatted(type),
                OVERALIGNED_IN_C.contains(type)
                        ? 2 * layout.byteAlignment()
                        : layout.byteAlignment());
        askAboutMembers(questions, type, "", 0, layout);
        for (Method method : struct.getMethods()) {
            if (method.getName().endsWith("$offset")) {
                String field = method.getName().replace("$offset", "");
                questions.expect(
                        method.toString(),
                        "OFFSET(%s, %s)".formatted(type, field),
                        (long) method.invoke(null));
                var fieldLayout = (MemoryLayout) struct.getMethod(field + "$layout").invoke(null);
                questions.expect(
                        method.toString().replace("$offset", "$layout"),
                        "sizeof(FIELD(%s, %s))".formatted(type, field),
                        fieldLayout.byteSize());
            }
        }
        for (Class<?> nested : struct.getDeclaredClasses()) {
            if (Bindings.has(nested, "layout")) {
                String member = "__typeof__(FIELD(%s, %s))".formatted(type, nested.getSimpleName());
                askAboutStruct(questions, member, nested);
            }
        }
    }

    /// Asks about all that `layout` holds; it lies at `offset` in `type`, where C calls it `path`.
    private static void askAboutMembers(
            Questions questions, String type, String path, long offset, MemoryLayout layout) {
        switch (layout) {
            case GroupLayout group -> {
                long at = offset;
                for (MemoryLayout member : group.memberLayouts()) {
                    if (!(member instanceof PaddingLayout)) {
                        String name = member.name().orElseThrow();
                        // jextract's name for what has none in C, so that its fields are the outer
                        // struct's.
                        boolean anonymous = name.startsWith("$anon$");
                        String separator = path.isEmpty() ? "" : ".";
                        String memberPath = anonymous ? path : path + separator + name;
                        if (!anonymous) {
                            askAboutMember(questions, type, memberPath, at, member);
                        }
                        askAboutMembers(questions, type, memberPath, at, member);
                    }
                    at += group instanceof StructLayout ? member.byteSize() : 0;
                }
            }
            case SequenceLayout array -> {
                String element = path + "[0]";
                askAboutMember(questions, type, element, offset, array.elementLayout());
                askAboutMembers(questions, type, element, offset, array.elementLayout());
            }
            case ValueLayout _, PaddingLayout _ -> {}
        }
    }

    private static void askAboutMember(
            Questions questions, String type, String path, long offset, MemoryLayout layout) {
        String what = "%s.%s".formatted(type, path);
        String field = "FIELD(%s, %s)".formatted(type, path);
        questions.expect("offset of " + what, "OFFSET(%s, %s)".formatted(type, path), offset);
        questions.expect("size of " + what, "sizeof(%s)".formatted(field), layout.byteSize());
        questions.expect("kind of " + what, "KIND(%s)".formatted(field), kind(layout));
    }

    private static void askAboutPrototype(
            Questions questions, String name, Prototype prototype, FunctionDescriptor descriptor) {
        assertThat(descriptor.returnLayout().isEmpty())
                .as("%s returns nothing", name)
                .isEqualTo(prototype.returnType().equals("void"));
        descriptor
                .returnLayout()
                .ifPresent(
                        layout ->
                                askAboutType(
                                        questions,
                                        "what " + name + " returns",
                                        prototype.returnType(),
                                        layout));
        assertThat(descriptor.argumentLayouts())
                .as("parameters of %s", name)
                .hasSameSizeAs(prototype.parameterTypes());
        for (int i = 0; i < prototype.parameterTypes().size(); i++) {
            askAboutType(
                    questions,
                    "parameter %d of %s".formatted(i, name),
                    prototype.parameterTypes().get(i),
                    descriptor.argumentLayouts().get(i));
        }
    }

    private static void askAboutType(
            Questions questions, String what, String type, MemoryLayout layout) {
        questions.expect("size of " + what, "sizeof(%s)".formatted(type), layout.byteSize());
        questions.expect(
                "alignment of " + what, "_Alignof(%s)".formatted(type), layout.byteAlignment());
        questions.expect("kind of " + what, "KIND(VALUE_OF(%s))".formatted(type), kind(layout));
    }

    /// What KIND() of [Questions] is for a value of this layout.
    private static char kind(MemoryLayout layout) {
        return switch (layout) {
            case ValueLayout.OfBoolean _ -> 'Z';
            case ValueLayout.OfFloat _, ValueLayout.OfDouble _ -> 'F';
            case AddressLayout _, GroupLayout _, SequenceLayout _, PaddingLayout _ -> 'A';
            default -> 'I';
        };
    }

    private static int bits(Number constant) {
        return switch (constant) {
            case Byte _ -> Byte.SIZE;
            case Short _ -> Short.SIZE;
            case Integer _ -> Integer.SIZE;
            default -> Long.SIZE;
        };
    }

    /// The C type behind a scalar's name: its own, or for jextract's `C_LONG_LONG` and the like the
    /// plain one.
    private static String cName(String name) {
        return switch (name) {
            case "C_POINTER" -> "void*";
            case "C_BOOL" -> "_Bool";
            default ->
                    name.startsWith("C_")
                            ? name.substring(2).replace('_', ' ').toLowerCase(Locale.ROOT)
                            : name;
        };
    }
}
