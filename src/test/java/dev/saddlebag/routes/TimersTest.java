package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.simulator.SampleWorkspace.Touch;
import dev.saddlebag.upkeep.VerifyReport;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which runs the daemon begins by itself. */
class TimersTest {
    private static final String EVERY_SECOND = "* * * * * ?";
    private static final String NEVER_IN_THIS_TEST = "0 0 0 29 2 ?";

    @TempDir
    Path folder;

    private Lab lab;

    @BeforeEach
    void noTimers() throws IOException {
        lab = new Lab(folder, SampleWorkspace.of(1, 5), Behaviour.standard())
                .with("saddlebag.workspace.acme.schedule", NEVER_IN_THIS_TEST)
                .with("saddlebag.workspace.acme.sweep-schedule", NEVER_IN_THIS_TEST);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void a_run_that_was_broken_off_goes_on_when_the_daemon_starts() throws Exception {
        lab.breakOff(call -> call.path().startsWith("/v1/comments"), 2);
        String run = brokenOff();

        try (Daemon daemon = daemon()) {
            daemon.start();

            awaitSummary("sweep", "complete");
        }
        assertThat(lab.vault().snapshots())
                .singleElement()
                .satisfies(snapshot -> assertThat(snapshot.id().value()).isEqualTo(run));
    }

    @Test
    void a_sweep_has_a_timer_of_its_own() throws Exception {
        lab.backup();
        lab.with("saddlebag.workspace.acme.sweep-schedule", EVERY_SECOND);

        try (Daemon daemon = daemon()) {
            daemon.start();

            awaitSnapshots(2);
        }
        assertThat(depths()).contains("sweep").doesNotContain("changed", "quick");
    }

    @Test
    void quick_runs_have_a_timer_of_their_own() throws Exception {
        lab.backup();
        SampleWorkspace workspace = lab.notion().workspace();
        workspace.editTitle(workspace.standalonePages().get(0), "Edited", Touch.MOVES_LAST_EDITED_TIME);
        lab.with("saddlebag.workspace.acme.quick-schedule", EVERY_SECOND);

        try (Daemon daemon = daemon()) {
            daemon.start();

            awaitSummary("quick", "complete");
        }
        assertThat(lab.vault().snapshots()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void destinations_are_verified_and_pruned_by_timers_of_their_own() throws Exception {
        lab.with("saddlebag.workspace.acme.keep-within", "PT0.001S")
                .with("saddlebag.workspace.acme.verify-schedule", NEVER_IN_THIS_TEST);
        for (int run = 0; run < 4; run++) {
            lab.backup("sweep");
        }
        lab.with("saddlebag.workspace.acme.verify-schedule", EVERY_SECOND)
                .with("saddlebag.workspace.acme.prune-schedule", EVERY_SECOND);

        try (Daemon daemon = daemon()) {
            daemon.start();

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> lab.vault().snapshots().size() == 3);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> VerifyReport.last(lab.state(), "acme", "vault")
                            .filter(report -> report.files() > 0 && report.isSound())
                            .isPresent());
        }
    }

    @Test
    void a_timer_that_fires_while_another_run_goes_on_waits_for_its_end() throws Exception {
        lab.breakOff(call -> call.path().startsWith("/v1/comments"), 2);
        Path fired = folder.resolve("fired");
        useRoutesThatWaitForShort(fired);

        try (Daemon daemon = daemon()) {
            try (FileChannel channel = FileChannel.open(
                            lab.state().resolve("acme/lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock ofAnotherRun = channel.lock()) {
                assertThat(ofAnotherRun.isValid()).isTrue();
                daemon.start();
                // This timer fires once only: were it not to wait, nothing would begin any more.
                await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(fired.resolve("fired")));
                assertThat(daemon.flow().runsUnderway()).isEmpty();
            }

            awaitSnapshots(1);
        }
    }

    /** The routes as shipped, but for the time between two attempts, and with a sign that the timer has fired. */
    private void useRoutesThatWaitForShort(Path fired) throws IOException {
        Path routes = folder.resolve("routes");
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Path copy = routes.resolve(Path.of("routes").relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        Path backup = routes.resolve("backup.camel.yaml");
        String text = Files.readString(backup);
        String delay = "redeliveryDelay: \"60000\"";
        String begins = "                - to: direct:backup\n";
        assertThat(text).contains(delay, begins);
        Files.writeString(
                backup,
                text.replace(delay, "redeliveryDelay: \"100\"")
                        .replace(begins, """
                                %16s- to:
                                %16s    uri: file:%s
                                %16s    parameters:
                                %16s      fileName: fired
                                """.formatted("", "", fired, "", "") + begins));
        lab.with("saddlebag.routes-directory", routes.toString());
    }

    private String brokenOff() throws IOException {
        return Json.MAPPER
                .readTree(lab.staging().resolve("run.json").toFile())
                .path("run")
                .asText();
    }

    private void awaitSnapshots(int least) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> lab.vault().snapshots().size() >= least);
    }

    private void awaitSummary(String depth, String outcome) {
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> summaries().stream()
                        .anyMatch(summary -> summary.path("outcome").asText().equals(outcome)
                                && summary.path("depth").asText().equals(depth)));
    }

    /** To what depths runs have ended since the first one, which reads everything. */
    private List<String> depths() throws IOException {
        return summaries().stream()
                .skip(1)
                .map(summary -> summary.path("depth").asText())
                .toList();
    }

    private List<JsonNode> summaries() throws IOException {
        List<JsonNode> summaries = new ArrayList<>();
        try (Stream<Path> runs = Files.list(lab.state().resolve("acme/runs"))) {
            for (Path run : runs.sorted().toList()) {
                summaries.add(Json.MAPPER.readTree(Files.readAllBytes(run.resolve("run_summary.json"))));
            }
        }
        return summaries;
    }

    private Daemon daemon() {
        return new Daemon(lab.configuration(), lab.environment(), lab.overrides(), Duration.ofMillis(50));
    }
}
