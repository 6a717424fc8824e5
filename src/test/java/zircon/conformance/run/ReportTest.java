package zircon.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import zircon.conformance.Property;
import zircon.conformance.report.Outcome;
import zircon.conformance.report.Report;
import zircon.conformance.report.ReportFolder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The three forms of a report, of properties whose names and words need escaping.
@Timeout(300)
class ReportTest {
    private static final Pattern ID = Pattern.compile(" id=\"([^\"]*)\"");
    private static final Pattern LINK = Pattern.compile(" href=\"#([^\"]*)\"");

    @TempDir Path folder;

    private static Report mixed() {
        return Runs.report(Runs.PLAN, FakeCatalog.SOUND, FakeCatalog.TOO_MANY, FakeCatalog.STRANGE);
    }

    private static Report withoutEmulation() {
        Plan plan = Runs.plan(false, 42, Shard.WHOLE, Long.MAX_VALUE, 60_000, false);
        return Runs.report(plan, FakeCatalog.SOUND, FakeCatalog.OURS);
    }

    private String written(Report report, String file) throws IOException {
        var _ = new ReportFolder(folder).write(report);
        return Files.readString(folder.resolve(file));
    }

    @Test
    void theJsonHoldsAllOfTheReport() throws IOException {
        Report report = mixed();
        var _ = new ReportFolder(folder).write(report);
        assertThat(new ReportFolder(folder).read()).isEqualTo(report);
    }

    @Test
    void whatIsNoReportIsNotRead() throws IOException {
        assertThatThrownBy(() -> new ReportFolder(folder).read())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no report in");
        for (String text : new String[] {"", "[]", "{\"format\": 99}"}) {
            Files.writeString(folder.resolve("report.json"), text);
            assertThatThrownBy(() -> new ReportFolder(folder).read())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("report.json");
        }
    }

    @Test
    void theXmlIsWellFormedAndCountsTheProperties() throws Exception {
        assertThat(written(mixed(), "junit.xml"))
                .contains("tests=\"3\" failures=\"2\" errors=\"0\" skipped=\"0\"")
                .contains("<testcase classname=\"conformance.fake\" name=\"sound\"")
                .contains("<failure type=\"");
        Xml.check(folder.resolve("junit.xml"));
        assertThat(written(withoutEmulation(), "junit.xml"))
                .contains("tests=\"2\" failures=\"0\" errors=\"0\" skipped=\"1\"")
                .contains("<skipped message=\"needs the emulation");
        Xml.check(folder.resolve("junit.xml"));
    }

    @Test
    void thePageIsWellFormedAndNeedsNothingBesideIt() throws Exception {
        String page = written(mixed(), "index.html");
        assertThat(page)
                .contains("<h1>2 of 3 properties fail</h1>")
                .contains("numbers [51, 51, 51]")
                .contains(
                        "int main(void) { return 3; } // &quot;[51, 51, 51]&quot; &amp;"
                                + " &lt;more&gt;")
                .doesNotContain("<script", "<link", "<img", "@import", "url(h", "http");
        Xml.check(asXml(page));
        Matcher link = LINK.matcher(page);
        while (link.find()) {
            assertThat(page).contains(" id=\"" + link.group(1) + "\"");
        }
        assertThat(ID.matcher(page).results().map(id -> id.group(1))).doesNotHaveDuplicates();
    }

    @Test
    void thePageShowsWhatWasSeenAndWhatWasNot() throws IOException {
        String page = written(mixed(), "index.html");
        assertThat(page)
                .contains("2 of 3 cells of the specification were exercised; none differs")
                .contains("<span class=\"cell unseen\" title=\"zx_fake, never: ZX_ERR_NO_MEMORY")
                .contains("2 of 4 edges of the specification were")
                .contains(
                        "<text class=\"unseen\"",
                        "thread runs <tspan class=\"count\">never</tspan>")
                .contains("<text class=\"loop unseen\"")
                .contains("slot&#39;s turn".replace("&#39;", "'") + " <tspan class=\"count\">×");
        assertThat(written(withoutEmulation(), "index.html"))
                .contains("<h1>1 of 2 properties hold</h1>")
                .contains("needs the emulation, and this library is another");
    }

    @Test
    void differencesAndStrangeEdgesAreShown() throws IOException {
        Property wrong =
                new FakeProperty(
                        "fake.wrong",
                        (_, evidence) -> {
                            evidence.call("zx_fake", "none", "ZX_OK", "ZX_ERR_INTERNAL");
                            evidence.exchange("handled", "magic", "idle");
                        });
        assertThat(written(Runs.report(Runs.PLAN, wrong), "index.html"))
                .contains("<strong>INTERNAL<small>×60</small></strong>")
                .contains("<b class=\"bad\">1 differ</b>")
                .contains("edges seen beyond these: 1")
                .contains("<path class=\"edge failed\"");
    }

    @Test
    void twoHundredFailuresFit() throws Exception {
        Property[] properties = FakeCatalog.failing(200).toArray(Property[]::new);
        Report report = Runs.report(Runs.PLAN, properties);
        assertThat(report.count(Outcome.FAILED)).isEqualTo(200);
        String page = written(report, "index.html");
        assertThat(page)
                .contains("Failures (200)", "id=\"f-200\"")
                .doesNotContain("<details class=\"failure\" id=\"f-1\" open");
        assertThat(page.length()).isLessThan(2_000_000);
        Xml.check(asXml(page));
        Xml.check(folder.resolve("junit.xml"));
    }

    /// The page without what HTML allows and XML does not.
    private Path asXml(String page) throws IOException {
        String xml =
                page.replace("<!DOCTYPE html>\n", "")
                        .replaceAll("<meta ([^>]*)>", "<meta $1/>")
                        .replaceAll("<br>", "<br/>")
                        .replaceAll("<details([^>]*) open>", "<details$1 open=\"\">");
        return Files.writeString(folder.resolve("page.xml"), xml);
    }
}
