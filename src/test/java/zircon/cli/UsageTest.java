package zircon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import zircon.abi.CCompiler;

import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

@Timeout(300)
class UsageTest {
    @ParameterizedTest
    @CsvSource({
        "'', zx: a command is missing",
        "x, 'zx: there is no command ''x''. The commands are demo, run, doctor, conformance'",
        "rum x.so, 'zx: there is no command ''rum''; did you mean run? The commands are demo, run'",
        "--dance, zx: Unknown option: '--dance'",
        "demo dance, zx demo: takes no argument 'dance' (see",
        "demo --dance, zx demo: Unknown option: '--dance'",
        "run, zx run: Missing required parameter: 'PROGRAM.so'",
        "run --dance x.so, zx run: Unknown option: '--dance'",
        "conformance --shard 3/2, zx conformance: --shard: '3/2' is not I/N",
        "conformance --shard 0/2, zx conformance: --shard: '0/2' is not I/N",
        "conformance --shard two, zx conformance: --shard: 'two' is not I/N",
        "conformance --time 5, zx conformance: Invalid value for option '--time': '5' is no"
                + " positive time",
        "conformance --time 0s, zx conformance: Invalid value for option '--time': '0s' is no"
                + " positive",
        "conformance --tries 0, zx conformance: --tries: 0 is not positive",
        "conformance --library none.so, zx conformance: --library: there is no file none.so",
        "conformance --merge, zx conformance: Missing required parameter for option '--merge'",
        "doctor dance, zx doctor: takes no argument 'dance' (see",
    })
    void badUsageIsOneLineOnStderrAndStatus2(String arguments, String message) {
        Zx zx = Zx.inThisJvm(arguments.isEmpty() ? new String[0] : arguments.split(" "));
        assertThat(zx.err()).startsWith(message).contains(" --help)").hasLineCount(1);
        assertThat(zx.out()).isEmpty();
        assertThat(zx.status()).isEqualTo(2);
    }

    @Test
    void helpNamesTheCommands() {
        Zx zx = Zx.inThisJvm("--help");
        assertThat(zx.out())
                .startsWith("Usage: zx")
                .contains("  demo ", "  run ", "  doctor ", "  conformance ");
        assertThat(zx.err()).isEmpty();
        assertThat(zx.status()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"demo", "run", "doctor", "conformance"})
    void everyCommandHasHelp(String command) {
        Zx zx = Zx.inThisJvm(command, "--help");
        assertThat(zx.out()).startsWith("Usage: zx " + command);
        assertThat(zx.status()).isZero();
    }

    @Test
    void theVersionIsThePoms() throws Exception {
        String pom = Files.readString(CCompiler.project("pom.xml"));
        Matcher version = Pattern.compile("<version>(.*?)</version>").matcher(pom);
        assertThat(version.find()).isTrue();
        assertThat(Zx.run("--version")).isEqualTo(new Zx(0, "zx " + version.group(1) + "\n", ""));
    }
}
