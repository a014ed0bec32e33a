package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.ExportHost;
import dev.saddlebag.simulator.ExportScenario;
import dev.saddlebag.simulator.SampleWorkspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a snapshot says of the file or the link that a person gave, and what is kept of a link, which is as good as a key. */
class GivenExportsTest {
    @TempDir
    Path folder;

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Level before;
    private Lab lab;
    private dev.saddlebag.simulator.Exports notion;

    @BeforeEach
    void open() throws Exception {
        before = root.getLevel();
        root.getAppender("console").stop();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
        lab = new Lab(folder, SampleWorkspace.of(5, 30), Behaviour.standard()).exporting("export");
        notion = lab.notion().exports();
        lab.with("saddlebag.workspace.acme.file-token", notion.fileToken());
    }

    @AfterEach
    void close() {
        lab.close();
        root.setLevel(before);
        root.detachAppender(log);
        root.getAppender("console").start();
    }

    private RunSummary ingest(String place) throws Exception {
        return lab.flow().ingest(Lab.WORKSPACE, place);
    }

    private JsonNode workspace(String name) throws Exception {
        return Json.MAPPER.readTree(lab.export(name).resolve("workspace.json").toFile());
    }

    /** The archive of an export that the simulated Notion has made. */
    private Path archive() throws Exception {
        assertThat(lab.backup().outcome()).isEqualTo(Outcome.COMPLETE);
        return notion.archive(notion.taskIds().get(0)).orElseThrow();
    }

    /** The link that a run has followed, with its signature. */
    private String link() throws Exception {
        archive();
        return notion.url(ExportHost.FILES)
                + notion.seen().stream()
                        .filter(seen -> seen.call().equals("download"))
                        .findFirst()
                        .orElseThrow()
                        .target();
    }

    private static String signature(String link) {
        return link.replaceFirst(".*[?&](signature=[^&]*).*", "$1");
    }

    private List<Path> filesWith(String secret) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> content(file).contains(secret))
                    .toList();
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private void assertKeptNowhere(String link) throws Exception {
        String folders = link.replaceFirst(".*(/f/t/[^/]+/).*", "$1");
        assertThat(filesWith(signature(link))).isEmpty();
        // That Notion's own link was fetched is remembered by its address, which opens nothing without the signature.
        assertThat(filesWith(folders)).allMatch(file -> file.endsWith("consumed-exports.json"));
        assertThat(log.list)
                .isNotEmpty()
                .noneMatch(event -> event.getFormattedMessage().contains(signature(link)));
    }

    @Test
    void of_a_file_the_snapshot_says_the_name_the_length_and_the_hash() throws Exception {
        Path given = Files.copy(archive(), folder.resolve("by-hand.zip"));

        RunSummary summary = ingest(given.toString());

        assertThat(summary.outcome()).as(summary.sentence()).isEqualTo(Outcome.COMPLETE);
        JsonNode export = workspace("snapshot").path("export");
        assertThat(export.path("given").asText()).isEqualTo("by-hand.zip");
        assertThat(export.path("archives")).singleElement().satisfies(archive -> {
            assertThat(archive.path("name").asText()).isEqualTo("by-hand.zip");
            assertThat(archive.path("bytes").asLong()).isEqualTo(Files.size(given));
            assertThat(archive.path("zip_sha256").asText()).isEqualTo(ExportRig.sha256(given));
        });
    }

    @Test
    void a_file_that_is_altered_while_it_is_taken_in_makes_no_snapshot() throws Exception {
        Path given = Files.copy(archive(), folder.resolve("by-hand.zip"));
        String made = lab.vault().find("latest").id().value();
        try (ExportRig rig = new ExportRig(lab)) {
            rig.ingest(given.toString());
            // All that is left to do of that run is to unpack the file and to build.
            Files.setLastModifiedTime(given, FileTime.fromMillis(1_700_000_000_000L));
            assertThat(rig.refusalOfWhatIsKnown()).contains("by-hand.zip was changed while it was taken in");
        }
        assertThat(lab.vault().find("latest").id().value()).isEqualTo(made);
    }

    @Test
    void of_a_link_host_and_name_of_the_file_are_all_that_a_snapshot_says() throws Exception {
        String link = link();

        RunSummary summary = ingest(link);

        assertThat(summary.outcome()).as(summary.sentence()).isEqualTo(Outcome.COMPLETE);
        JsonNode export = workspace("snapshot").path("export");
        assertThat(export.path("given").asText())
                .isEqualTo(notion.url(ExportHost.FILES) + "/..."
                        + link.replaceFirst("\\?.*", "")
                                .substring(link.replaceFirst("\\?.*", "").lastIndexOf('/')));
        assertThat(export.at("/archives/0/zip_sha256").asText()).hasSize(64);
        assertKeptNowhere(link);
    }

    @Test
    void a_held_run_keeps_no_link() throws Exception {
        lab.with("saddlebag.workspace.acme.gate.minimum-pages", "1000");
        RunSummary first = lab.backup();
        assertThat(first.outcome()).isEqualTo(Outcome.HELD);
        String link = notion.url(ExportHost.FILES)
                + notion.seen().stream()
                        .filter(seen -> seen.call().equals("download"))
                        .findFirst()
                        .orElseThrow()
                        .target();

        RunSummary held = ingest(link);

        assertThat(held.outcome()).as(held.sentence()).isEqualTo(Outcome.HELD);
        assertThat(lab.state().resolve("acme/held").resolve(held.run())).isDirectory();
        assertThat(held.sentence()).doesNotContain(signature(link));
        assertKeptNowhere(link);
    }

    @Test
    void a_run_that_fails_keeps_no_link_and_goes_on_when_it_is_given_again() throws Exception {
        String link = link();
        notion.play(ExportScenario.HTML_DOWNLOAD);

        RunSummary failed = ingest(link);

        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.failure()).contains("a web page").doesNotContain(signature(link));
        assertKeptNowhere(link);
        notion.play(ExportScenario.FINE);
        RunSummary goneOn = ingest(link);
        assertThat(goneOn.outcome()).as(goneOn.sentence()).isEqualTo(Outcome.COMPLETE);
        assertThat(goneOn.run()).isEqualTo(failed.run());
        assertKeptNowhere(link);
    }

    @Test
    void a_link_that_is_signed_anew_takes_the_place_of_the_expired_one_of_the_same_export() throws Exception {
        String link = link();
        String expired = link.replaceFirst("expirationTimestamp=\\d+", "expirationTimestamp=1700000000000");
        RunSummary refused = ingest(expired);
        assertThat(refused.failure()).contains("expired at 2023-11-14");

        RunSummary goneOn = ingest(link);

        assertThat(goneOn.outcome()).as(goneOn.sentence()).isEqualTo(Outcome.COMPLETE);
        assertThat(goneOn.run()).isEqualTo(refused.run());
    }

    @Test
    void a_link_that_lacks_its_beginning_is_not_repeated_in_the_message() {
        String bare = "file.notion.so/f/t/1/Export.zip?id=1&signature=hush";

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> ingest(bare)))
                .hasStackTraceContaining("There is no file")
                .satisfies(refused -> {
                    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
                        assertThat(String.valueOf(cause.getMessage())).doesNotContain("hush");
                    }
                });
    }
}
