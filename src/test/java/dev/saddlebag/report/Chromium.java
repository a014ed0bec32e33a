package dev.saddlebag.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** Looks at pages as a reader's mail program does. */
final class Chromium {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final Pattern MEASURED = Pattern.compile("data-measured=\"([^\"]*)\"");

    /** A frame that is as wide as a phone: a window of Chromium's own is never narrower than 500. */
    private static final String FRAME = """
            <!DOCTYPE html><meta charset="utf-8"><body style="margin:0">
            <iframe id="f" style="border:0;width:%dpx;height:%dpx" src="%s"></iframe>
            <script>
            document.getElementById('f').onload = function () {
              const page = this.contentDocument, width = this.contentWindow.innerWidth;
              const out = [...page.querySelectorAll('body *')].filter(e => {
                const box = e.getBoundingClientRect();
                return box.width > 0 && (box.right > width + 0.5 || box.left < -0.5 || e.scrollWidth > e.clientWidth + 1
                  && e.clientWidth > 0);
              }).map(e => e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 40));
              document.body.setAttribute('data-measured', JSON.stringify(
                {width: width, scroll: page.documentElement.scrollWidth, out: out}));
            };
            </script>
            """;

    private Chromium() {}

    /** Fails with the name of the package when there is none, or skips when SADDLEBAG_SKIP_TOOLS is set. */
    static void require() {
        if (!Files.isExecutable(PROGRAM)) {
            Assumptions.assumeTrue(System.getenv("SADDLEBAG_SKIP_TOOLS") == null, "no chromium");
            fail("This test needs chromium: apt-get install -y chromium (or set SADDLEBAG_SKIP_TOOLS=1 to skip it)");
        }
    }

    /**
     * Lays a page out.
     *
     * @return {@code width}, {@code scroll} (how wide the page would be to show all), and {@code out}: what does not fit
     */
    static JsonNode measure(Path page, int width) throws Exception {
        Path frame = page.resolveSibling("frame.html");
        Files.writeString(frame, FRAME.formatted(width, 4000, page.getFileName()));
        String dom = run(
                page.getParent(),
                "--dump-dom",
                "--virtual-time-budget=4000",
                frame.toUri().toString());
        Matcher measured = MEASURED.matcher(dom);
        assertThat(measured.find()).as(dom).isTrue();
        return Json.MAPPER.readTree(
                measured.group(1).replace("&quot;", "\"").replace("&lt;", "<").replace("&amp;", "&"));
    }

    /** Takes a picture of a page, for people to look at. */
    static void picture(Path page, int width, int height, boolean dark, Path png) throws Exception {
        Path frame = page.resolveSibling("frame.html");
        Files.writeString(frame, FRAME.formatted(width, height, page.getFileName()));
        List<String> more = new ArrayList<>(List.of(
                "--screenshot=" + png,
                "--window-size=" + Math.max(width, 500) + "," + height,
                frame.toUri().toString()));
        if (dark) {
            more.add(0, "--blink-settings=preferredColorScheme=0");
        }
        run(page.getParent(), more.toArray(String[]::new));
    }

    private static String run(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                PROGRAM.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--allow-file-access-from-files",
                "--user-data-dir=" + folder.resolve("profile")));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("chromium.log").toFile())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("chromium.log")))
                .isZero();
        return said;
    }
}
