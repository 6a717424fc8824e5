package zircon.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import zircon.conformance.Property;
import zircon.conformance.report.Report;
import zircon.conformance.report.ReportFolder;
import zircon.kit.ForkedJvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The page in a real browser: mvn -Preport test (Debian: apt-get install chromium). A script that
/// is added to the page measures it, and leaves what it found in the page's title.
@Timeout(300)
class PageRendering {
    private static final Pattern MEASURED =
            Pattern.compile(
                    "<title>overflow (-?\\d+), contrast ([\\d.]+) at (.*?), svg (\\d+)</title>");

    private static final String MEASURE =
            """
            <script>
            const light = c => {
              const [r, g, b] = c.match(/[\\d.]+/g).map(Number).map(v => c.startsWith('color') ? v : v / 255)
                .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
              return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const paper = e => {
              for (; e; e = e.parentElement) {
                const c = getComputedStyle(e).backgroundColor;
                if (!/rgba?\\(0, 0, 0, 0\\)|transparent/.test(c)) return c;
              }
              return 'rgb(255, 255, 255)';
            };
            let worst = [99, ''];
            for (const e of document.querySelectorAll('body *:not(svg *):not(script)')) {
              if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
              const [a, b] = [light(getComputedStyle(e).color), light(paper(e))];
              const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
              if (ratio < worst[0]) worst = [ratio, e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 30)];
            }
            const svg = document.querySelector('svg');
            document.title = 'overflow ' + (document.documentElement.scrollWidth - innerWidth)
              + ', contrast ' + worst[0].toFixed(2) + ' at ' + worst[1].replace(/[<>&\\n]/g, ' ')
              + ', svg ' + Math.round(svg.getBoundingClientRect().height);
            </script>
            </body>\
            """;

    @TempDir Path folder;

    private static Report report(Property... properties) {
        return Runs.report(Runs.PLAN, properties);
    }

    private Path page(Report report) throws IOException {
        return new ReportFolder(folder).write(report);
    }

    private String chromium(List<String> options, Path page)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("chromium", "--headless", "--no-sandbox"));
        command.add("--disable-gpu");
        command.add("--user-data-dir=" + folder.resolve("chromium"));
        command.addAll(options);
        command.add(page.toUri().toString());
        ForkedJvm.Ended ended = ForkedJvm.run(command, Map.of());
        assertThat(ended.exit()).as(ended.output()).isZero();
        return ended.output();
    }

    @ParameterizedTest
    @CsvSource({"1300, 0", "1300, 1", "600, 0", "600, 1"})
    void itFitsAndCanBeReadInLightAndDark(int width, int scheme) throws Exception {
        Path page = page(report(FakeCatalog.SOUND, FakeCatalog.TOO_MANY, FakeCatalog.STRANGE));
        Path measured = folder.resolve("measured.html");
        Files.writeString(measured, Files.readString(page).replace("</body>", MEASURE));
        String dom =
                chromium(
                        List.of(
                                "--dump-dom",
                                "--window-size=%d,2000".formatted(width),
                                "--blink-settings=preferredColorScheme=" + scheme),
                        measured);
        Matcher found = MEASURED.matcher(dom);
        assertThat(found.find()).as(dom).isTrue();
        assertThat(Integer.parseInt(found.group(1))).as("overflow").isNotPositive();
        assertThat(Double.parseDouble(found.group(2)))
                .as("contrast of %s", found.group(3))
                .isGreaterThanOrEqualTo(4.5);
        assertThat(Integer.parseInt(found.group(4))).as("height of the diagram").isGreaterThan(50);
    }

    @Test
    void itIsDrawnAndPrintedWithTwoHundredFailures() throws Exception {
        Path page = page(report(FakeCatalog.failing(200).toArray(Property[]::new)));
        Path image = folder.resolve("page.png");
        var _ = chromium(List.of("--screenshot=" + image, "--window-size=1300,2000"), page);
        assertThat(Files.size(image)).isGreaterThan(50_000);
        Path print = folder.resolve("page.pdf");
        var _ = chromium(List.of("--print-to-pdf=" + print), page);
        assertThat(Files.size(print)).isGreaterThan(100_000);
    }
}
