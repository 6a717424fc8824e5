package zircon.abi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The headers against tables that were written from the ABI's specification and not from them.
///
/// [AbiTest] would be content with bindings that repeat a mistake of the headers; this one finds
/// the mistake.
@Timeout(300)
class SpecificationTest {
    /// The register sets of the machine that this is not: gcc would refuse the system's headers, so
    /// those come first.
    private static final String ARM64 =
            """
            #include <stdbool.h>
            #include <stddef.h>
            #include <stdint.h>
            #undef __x86_64__
            #undef __aarch64__
            #define __aarch64__ 1
            #include <zircon/syscalls/debug.h>
            """;

    private static final String X86_64 =
            ARM64.replace("#define __aarch64__ 1", "#define __x86_64__ 1");

    @TempDir private Path scratch;

    @Test
    void constants() throws Exception {
        var questions = new Questions(Bindings.ZIRCON.prologue());
        Set<String> names = new TreeSet<>();
        for (String line : lines("constants.txt")) {
            String[] parts = line.split(" ", 2);
            names.add(parts[0]);
            // Of a negative constant of 32 bits, the value is the sign-extended one.
            questions.expect(parts[0], parts[0], number(parts[1]));
        }
        assertThat(questions.differences(scratch)).isEmpty();
        assertThat(Bindings.ZIRCON.own(declarations().constants()))
                .as("the headers' constants: all that the specification has, and no others")
                .isEqualTo(names);
    }

    @Test
    void macros() throws Exception {
        var questions = new Questions(Bindings.ZIRCON.prologue());
        for (String line : lines("macros.txt")) {
            String[] parts = line.split(" = ", 2);
            questions.expect(parts[0], parts[0], number(parts[1]));
        }
        assertThat(questions.differences(scratch)).isEmpty();
    }

    @Test
    void scalarTypes() throws Exception {
        var questions = new Questions(Bindings.ZIRCON.prologue());
        for (String line : lines("scalars.txt")) {
            String[] parts = line.split(" ", 3);
            questions.expect(parts[0], "SAME(VALUE_OF(%s), %s)".formatted(parts[0], parts[1]), 1);
            questions.expect("size of " + parts[0], "sizeof(" + parts[0] + ")", number(parts[2]));
        }
        assertThat(questions.differences(scratch)).isEmpty();
    }

    @Test
    void records() throws Exception {
        assertThat(askAboutRecords(Bindings.ZIRCON.prologue(), "structs.txt")).isEmpty();
    }

    @Test
    void registerSetsOfX86() throws Exception {
        assertThat(askAboutRecords(X86_64, "registers-x86_64.txt")).isEmpty();
    }

    @Test
    void registerSetsOfArm64() throws Exception {
        assertThat(askAboutRecords(ARM64, "registers-arm64.txt")).isEmpty();
    }

    @Test
    void prototypes() throws Exception {
        List<String> prototypes = lines("prototypes.txt");
        String declared = prototypes.stream().collect(Collectors.joining(";\n", "", ";\n"));
        // A second declaration that differs from the header's does not compile.
        var questions = new Questions(Bindings.ZIRCON.prologue() + declared);
        assertThat(questions.differences(scratch)).isEmpty();
        Set<String> names =
                prototypes.stream()
                        .map(prototype -> prototype.replaceFirst("^.*?(zx_\\w+)\\(.*$", "$1"))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(Bindings.ZIRCON.own(declarations().functions().keySet()))
                .as("the headers' functions: all that the specification has, and no others")
                .isEqualTo(names);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zx_task_resume",
                "zx_task_create_exception_channel",
                "ZX_EXCP_GONE",
                "ZX_EXCEPTION_PORT_UNBIND_QUIETLY",
                "ZX_RESUME_NOT_HANDLED",
                "ZX_JOB_TERMINATED",
                "ZX_INFO_JOB",
                "ZX_PROP_JOB_IMPORTANCE",
                "ZX_ERR_INTERNAL_INTR_KILLED"
            })
    void whatOtherDatesHaveDoesNotExist(String name) throws Exception {
        Declarations declarations = declarations();
        assertThat(declarations.constants()).doesNotContain(name);
        assertThat(declarations.functions().keySet()).doesNotContain(name);
    }

    private List<String> askAboutRecords(String prologue, String table) throws Exception {
        var questions = new Questions(prologue);
        String type = "";
        for (String line : lines(table)) {
            String[] parts = line.strip().split(" ", 3);
            if (line.startsWith(" ")) {
                String what = "%s.%s".formatted(type, parts[2]);
                questions.expect(
                        "offset of " + what,
                        "OFFSET(%s, %s)".formatted(type, parts[2]),
                        number(parts[0]));
                questions.expect(
                        "size of " + what,
                        "sizeof(FIELD(%s, %s))".formatted(type, parts[2]),
                        number(parts[1]));
            } else {
                type = parts[0];
                questions.expect("size of " + type, "sizeof(" + type + ")", number(parts[1]));
                questions.expect(
                        "alignment of " + type, "_Alignof(" + type + ")", number(parts[2]));
            }
        }
        return questions.differences(scratch);
    }

    private Declarations declarations() throws IOException, InterruptedException {
        return Declarations.of(Bindings.ZIRCON.prologue(), scratch);
    }

    private static List<String> lines(String table) throws IOException {
        return Files.readAllLines(CCompiler.project("src/test/resources/abi/" + table)).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    /// A decimal or hexadecimal number of up to 64 bits.
    private static long number(String text) {
        String digits = text.strip();
        return digits.startsWith("0x")
                ? new BigInteger(digits.substring(2), 16).longValue()
                : new BigInteger(digits).longValue();
    }
}
