package zircon.abi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names that headers declare, read off the preprocessor's output.
///
/// It understands no more C than our headers use. What it reads of a prototype is then shown to the
/// compiler, so that a misreading cannot pass.
record Declarations(
        Map<String, Prototype> functions,
        Map<String, Prototype> functionPointers,
        Set<String> structs,
        Set<String> typedefs,
        Set<String> constants) {
    private static final Pattern FUNCTION =
            Pattern.compile(
                    "^(?:extern )?((?!return )(?:const )?\\w+ ?\\**) ?\\b(_?zx_\\w+)"
                            + " ?\\(([^()]*)\\)(?: ?__attribute__.*)?$");
    private static final Pattern FUNCTION_POINTER =
            Pattern.compile("^(\\w+) ?\\( ?\\* ?(\\w+) ?\\) ?\\(([^()]*)\\)$");
    private static final Pattern STRUCT = Pattern.compile("\\b(?:struct|union) (zx_\\w+) ?\\{");
    private static final Pattern TYPEDEF =
            Pattern.compile("(?:typedef [^;{}]*?|\\} ?(?:__attribute__[^;{}]*?)?)(zx_\\w+_t) ?;");
    private static final Pattern CONSTANT =
            Pattern.compile("^#define ((?:ZX|PA)_\\w+) +\\S", Pattern.MULTILINE);
    private static final Pattern ENUM = Pattern.compile("\\benum \\w+ ?\\{[^{}]*\\}");
    private static final Pattern ENUMERATOR = Pattern.compile("\\b(ZX_\\w+) ?(?=[,}])");

    /// A function's type, in C's words.
    record Prototype(String returnType, List<String> parameterTypes) {
        static Prototype of(String returnType, String parameters) {
            List<String> types = new ArrayList<>();
            if (!parameters.strip().equals("void")) {
                for (String parameter : parameters.split(",", -1)) {
                    types.add(parameter.strip().replaceFirst("\\b\\w+$", "").strip());
                }
            }
            return new Prototype(returnType.strip(), types);
        }

        /// The type of the function, or with `*` as `declarator` that of a pointer to it.
        String type(String declarator) {
            String parameters =
                    parameterTypes.isEmpty() ? "void" : String.join(", ", parameterTypes);
            return declarator.isEmpty()
                    ? "%s(%s)".formatted(returnType, parameters)
                    : "%s (%s)(%s)".formatted(returnType, declarator, parameters);
        }
    }

    static Declarations of(String prologue, Path scratch) throws IOException, InterruptedException {
        Path source = Files.writeString(scratch.resolve("declarations.c"), prologue);
        String text = preprocess(source, "-P").replaceAll("\\s+", " ");
        Map<String, Prototype> functions = new TreeMap<>();
        Map<String, Prototype> functionPointers = new TreeMap<>();
        for (String piece : text.split("[;{}]", -1)) {
            putIfMatches(functions, FUNCTION.matcher(piece.strip()));
            putIfMatches(functionPointers, FUNCTION_POINTER.matcher(piece.strip()));
        }
        Set<String> constants = names(CONSTANT, preprocess(source, "-dM"));
        for (MatchResult list : ENUM.matcher(text).results().toList()) {
            constants.addAll(names(ENUMERATOR, list.group()));
        }
        return new Declarations(
                functions, functionPointers, names(STRUCT, text), names(TYPEDEF, text), constants);
    }

    private static String preprocess(Path source, String option)
            throws IOException, InterruptedException {
        return CCompiler.run(
                List.of(
                        "cc",
                        "-std=c11",
                        "-E",
                        option,
                        CCompiler.include(),
                        "-I" + CCompiler.project("src/main/c"),
                        source.toString()));
    }

    private static void putIfMatches(Map<String, Prototype> prototypes, Matcher matcher) {
        if (matcher.matches()) {
            prototypes.put(matcher.group(2), Prototype.of(matcher.group(1), matcher.group(3)));
        }
    }

    private static Set<String> names(Pattern pattern, String text) {
        Set<String> names = new TreeSet<>();
        pattern.matcher(text).results().forEach(result -> names.add(result.group(1)));
        return names;
    }
}
