package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.configuration.Cron;
import dev.saddlebag.configuration.Depth;
import dev.saddlebag.configuration.Settings;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.destination.Vaults;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.snapshot.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run builds upon when it begins, why it may have to read everything, and which one goes on with another. */
class RunPlanTest {
    @TempDir
    Path folder;

    private final Random random = new Random(1);
    private Lab lab;
    private Instant now;

    @BeforeEach
    void open() throws IOException {
        lab = new Lab(folder, SampleWorkspace.of(1, 5), Behaviour.standard());
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void the_first_run_reads_everything_and_says_why() throws Exception {
        now = Instant.now();

        Run run = begin("changed");

        assertThat(run.depth()).isEqualTo(Depth.SWEEP);
        assertThat(run.base()).isEmpty();
        assertThat(why(run)).contains("no snapshot yet");
    }

    @Test
    void a_changed_or_a_quick_run_builds_upon_the_newest_snapshot() throws Exception {
        String newest = backUp();

        for (String depth : new String[] {"changed", "quick", ""}) {
            Run run = begin(depth);

            assertThat(run.depth()).isEqualTo(depth.equals("quick") ? Depth.QUICK : Depth.CHANGED);
            assertThat(run.base())
                    .hasValueSatisfying(base -> assertThat(base.header().run()).isEqualTo(newest));
            assertThat(why(run)).isEmpty();
        }
    }

    @Test
    void a_sweep_builds_upon_nothing_and_needs_no_reason() throws Exception {
        backUp();

        Run run = begin("sweep");

        assertThat(run.depth()).isEqualTo(Depth.SWEEP);
        assertThat(run.base()).isEmpty();
        assertThat(why(run)).isEmpty();
    }

    @Test
    void a_sweep_that_has_not_come_about_for_a_day_is_made_up_for() throws Exception {
        backUp();
        WorkspaceSettings workspace = settings().workspace(Lab.WORKSPACE).orElseThrow();
        Instant due =
                Cron.next(workspace.sweepSchedule(), workspace.timeZone(), now).orElseThrow();

        now = due.plus(Duration.ofHours(23));
        assertThat(begin("changed").depth()).isEqualTo(Depth.CHANGED);

        now = due.plus(Duration.ofHours(25));
        Run late = begin("changed");
        assertThat(late.depth()).isEqualTo(Depth.SWEEP);
        assertThat(late.base()).isEmpty();
        assertThat(why(late)).contains("due on " + due).contains("reads everything");
    }

    @Test
    void other_settings_are_named_as_the_reason_for_reading_everything() throws Exception {
        backUp();
        lab.with("saddlebag.workspace.acme.comments", "block");

        Run run = begin("changed");

        assertThat(run.depth()).isEqualTo(Depth.SWEEP);
        assertThat(why(run)).contains("What is to be collected was changed").contains("comments PAGE");
    }

    @Test
    void a_lost_memory_is_named_as_the_reason_for_reading_everything() throws Exception {
        String newest = backUp();
        try (Stream<Path> files = Files.list(lab.state().resolve(Lab.WORKSPACE).resolve("accepted"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }

        Run run = begin("changed");

        assertThat(run.depth()).isEqualTo(Depth.SWEEP);
        assertThat(why(run)).contains("knew of the snapshot " + newest + " is lost");
    }

    @Test
    void a_run_that_was_broken_off_goes_on_to_the_same_depth_only() throws Exception {
        backUp();
        Run broken = begin("changed");
        now = now.plus(Duration.ofHours(23));

        Run same = begin("changed");
        assertThat(same.id()).isEqualTo(broken.id());
        assertThat(same.started()).isEqualTo(broken.started());
        assertThat(runs().wasBrokenOff(Lab.WORKSPACE)).isTrue();
        assertThat(runs().depthOfBrokenOff(Lab.WORKSPACE)).isEqualTo("changed");

        assertThat(begin("sweep").id()).isNotEqualTo(broken.id());
        assertThat(runs().depthOfBrokenOff(Lab.WORKSPACE)).isEqualTo("sweep");
    }

    @Test
    void a_run_that_was_broken_off_a_day_ago_is_begun_afresh() throws Exception {
        backUp();
        Run broken = begin("changed");
        Files.writeString(broken.staging().temporary("of-the-old-run"), "");
        now = now.plus(Duration.ofHours(25));

        assertThat(runs().wasBrokenOff(Lab.WORKSPACE)).isFalse();
        assertThat(begin("changed").id()).isNotEqualTo(broken.id());
        assertThat(broken.staging().temporary("of-the-old-run")).doesNotExist();
    }

    @Test
    void a_run_that_was_broken_off_and_builds_upon_another_snapshot_is_begun_afresh() throws Exception {
        backUp();
        Run broken = begin("changed");
        Path note = lab.staging().resolve("run.json");
        Files.writeString(
                note,
                Files.readString(note)
                        .replace(broken.base().orElseThrow().header().run(), "another"));

        assertThat(begin("changed").id()).isNotEqualTo(broken.id());
    }

    @Test
    void a_run_that_was_sealed_or_put_aside_is_over_whatever_it_left() throws Exception {
        String newest = backUp();
        Run broken = begin("changed");
        assertThat(runs().wasBrokenOff(Lab.WORKSPACE)).isTrue();

        Path note = lab.staging().resolve("run.json");
        String text = Files.readString(note);
        Files.writeString(note, text.replace(broken.id().value(), newest));
        assertThat(runs().wasBrokenOff(Lab.WORKSPACE)).isFalse();

        Files.writeString(note, text);
        Files.createDirectories(lab.state()
                .resolve(Lab.WORKSPACE)
                .resolve("held")
                .resolve(broken.id().value())
                .resolve("tree"));
        assertThat(runs().wasBrokenOff(Lab.WORKSPACE)).isFalse();
    }

    /** Makes a snapshot, and gives the id of its run. */
    private String backUp() throws Exception {
        var summary = lab.backup();
        assertThat(summary.outcome()).isEqualTo(Outcome.COMPLETE);
        now = Instant.parse(summary.finished()).plusSeconds(1);
        return summary.run();
    }

    /** Begins a run and ends it at once, as if it had been broken off. */
    private Run begin(String depth) throws Exception {
        Runs runs = runs();
        Run run = runs.begin(Lab.WORKSPACE, depth);
        runs.end(run);
        return run;
    }

    private Runs runs() {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        Settings settings = settings();
        Vaults vaults = new Vaults(lab.state(), clock);
        return new Runs(
                settings,
                vaults,
                new Planner(settings, vaults, clock),
                new Connections(settings, clock),
                clock,
                random);
    }

    private Settings settings() {
        return Settings.load(lab.configuration(), lab.environment(), lab.overrides());
    }

    private static String why(Run run) {
        return run.about().path("depth_because").asText();
    }
}
