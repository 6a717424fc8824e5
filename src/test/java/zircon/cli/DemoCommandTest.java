package zircon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import zircon.abi.CCompiler;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

@Timeout(300)
class DemoCommandTest {
    @Test
    void theStoryEndsWell() throws Exception {
        Zx zx = Zx.run("demo");
        assertThat(zx.err()).isEmpty();
        assertThat(zx.status()).isZero();
        assertThat(zx.out())
                .containsSubsequence(
                        "state NEW",
                        "state BLOCKED_WAIT_ONE",
                        "\n   DEBUGGER  BLOCKED_EXCEPTION  4 ",
                        "TRY_NEXT",
                        "\n   THREAD    BLOCKED_EXCEPTION  1 ",
                        "TRY_NEXT",
                        "\n   PROCESS   BLOCKED_EXCEPTION  2 ",
                        "TRY_NEXT",
                        "\n   JOB       BLOCKED_EXCEPTION  3 ",
                        "HANDLED",
                        "cr2       0xdead0000",
                        "result    42 ",
                        "named guest, terminated, return code 7",
                        "named lost, terminated, return code -1",
                        "open      0",
                        "All of this is as it should be.");
        assertThat(zx.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
    }

    @Test
    void theSameInJsonIsOneObjectAndNothingElse() throws Exception {
        Zx zx = Zx.run("demo", "--json");
        assertThat(zx.err()).isEmpty();
        assertThat(zx.status()).isZero();
        JsonObject json = JsonParser.parseString(zx.out()).getAsJsonObject();
        assertThat(json.get("ok").getAsBoolean()).isTrue();
        assertThat(json.get("problems").getAsJsonArray()).isEmpty();
        assertThat(json.get("openHandles").getAsInt()).isZero();

        long process = json.getAsJsonObject("process").get("koid").getAsLong();
        long thread = json.getAsJsonObject("thread").get("koid").getAsLong();
        assertThat(each(json, "search"))
                .allSatisfy(
                        asked -> {
                            JsonObject packet = asked.getAsJsonObject("packet");
                            assertThat(packet.get("typeNumber").getAsInt()).isEqualTo(0x108);
                            assertThat(packet.get("process").getAsLong()).isEqualTo(process);
                            assertThat(packet.get("thread").getAsLong()).isEqualTo(thread);
                        })
                .extracting(
                        asked ->
                                asked.getAsJsonObject("thread")
                                        .get("waitExceptionPortType")
                                        .getAsString())
                .containsExactly("DEBUGGER", "THREAD", "PROCESS", "JOB");

        assertThat(json.getAsJsonObject("registers").get("rax").getAsString())
                .isEqualTo("0xdead0000");
        JsonObject handled = json.getAsJsonObject("handled");
        assertThat(handled.getAsJsonArray("said")).hasToString("[42]");
        assertThat(handled.get("returnCode").getAsLong()).isEqualTo(7);
        assertThat(json.getAsJsonObject("unhandled").get("returnCode").getAsLong()).isEqualTo(-1);
    }

    @Test
    void aWrongResultIsSaidAndIsAFailure(@TempDir Path scratch) throws Exception {
        String guest = Files.readString(CCompiler.project("src/main/c/demo/guest.c"));
        Path source = scratch.resolve("guest.c");
        Files.writeString(source, guest.replace("demo_spare_number = 21", "demo_spare_number = 5"));
        Path folder = Files.createDirectories(scratch.resolve("zircon/cli/linux-x86_64"));
        CCompiler.compile(source, folder.resolve("guest.so"), List.of("-shared", "-fPIC"));

        List<String> options = List.of("--enable-native-access=ALL-UNNAMED");
        Zx zx = Zx.run(options, List.of(scratch), "demo");
        assertThat(zx.err()).isEqualTo("zx demo: what the guest said is [10], expected [42]\n");
        assertThat(zx.out()).endsWith("Not all of this is as it should be.\n");
        assertThat(zx.status()).isEqualTo(1);
    }

    private static List<JsonObject> each(JsonObject json, String array) {
        return StreamSupport.stream(json.getAsJsonArray(array).spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }
}
