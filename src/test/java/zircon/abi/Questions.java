package zircon.abi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Integer expressions that the C compiler works out, each with the value that is expected of it.
///
/// All of them go into one C program, which is compiled and run once. One that does not even
/// compile, such as the offset of a field that does not exist, fails with the compiler's own words.
final class Questions {
    private static final String MACROS =
            """
            // What a value is, beside its size: 'Z' a bool, 'I' an integer, 'F' floating, 'A' the rest (addresses, structs).
            #define KIND(x) _Generic((x), _Bool: 'Z', char: 'I', signed char: 'I', unsigned char: 'I', \\
                short: 'I', unsigned short: 'I', int: 'I', unsigned: 'I', long: 'I', unsigned long: 'I', \\
                long long: 'I', unsigned long long: 'I', float: 'F', double: 'F', default: 'A')
            #define FIELD(type, path) (((__typeof__(type)*)0)->path)
            #define VALUE_OF(type) (*(__typeof__(type)*)0)
            #define OFFSET(type, path) __builtin_offsetof(__typeof__(type), path)
            #define SAME(x, type) __builtin_types_compatible_p(__typeof__(x), type)
            """;

    private record Question(String what, String expression, long expected) {}

    private final String prologue;
    private final List<Question> questions = new ArrayList<>();

    Questions(String prologue) {
        this.prologue = prologue;
    }

    void expect(String what, String expression, long expected) {
        questions.add(new Question(what, expression, expected));
    }

    /// The expectations that the compiler does not share, in words; none when all is well.
    List<String> differences(Path scratch) throws IOException, InterruptedException {
        Path source = scratch.resolve("questions.c");
        Path program = scratch.resolve("questions");
        Files.writeString(source, source());
        CCompiler.compile(
                source,
                program,
                List.of("-std=c11", "-O0", "-I" + CCompiler.project("src/main/c")));
        List<String> answers = CCompiler.run(List.of(program.toString())).lines().toList();
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            Question question = questions.get(i);
            long answer = Long.parseLong(answers.get(i));
            if (answer != question.expected()) {
                differences.add(
                        "%s: expected 0x%x, but %s is 0x%x to the C compiler"
                                .formatted(
                                        question.what(),
                                        question.expected(),
                                        question.expression(),
                                        answer));
            }
        }
        return differences;
    }

    private String source() {
        StringBuilder text = new StringBuilder();
        text.append("#include <stdio.h>\n").append(prologue).append(MACROS);
        text.append("int main(void) {\n");
        for (Question question : questions) {
            text.append("    printf(\"%lld\\n\", (long long)(")
                    .append(question.expression())
                    .append("));\n");
        }
        return text.append("}\n").toString();
    }
}
