package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saddlebag.notion.Json;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.Fault;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.vault.Finding;
import dev.saddlebag.vault.Level;
import dev.saddlebag.vault.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a run when something is wrong, and what stays as it was. */
class RunOutcomesTest {
    @TempDir
    Path folder;

    @Test
    void a_snapshot_that_lost_too_much_is_held_aside_and_the_last_good_one_stays() throws Exception {
        try (Lab lab = new Lab(folder, SampleWorkspace.of(1, 60), Behaviour.standard())) {
            lab.backup();
            Snapshot good = lab.vault().find("latest");
            deleteMost(lab.notion().workspace());

            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).isEqualTo(Outcome.HELD);
            assertThat(summary.exitCode()).isEqualTo(4);
            assertThat(summary.sentence())
                    .contains("pages in ")
                    .contains(good.id().value());
            assertThat(lab.vault().find("latest").id()).isEqualTo(good.id());
            Path held = lab.state().resolve("acme/held").resolve(summary.run());
            assertThat(held.resolve("tree/catalogue.jsonl")).exists();
            assertThat(Json.MAPPER
                            .readTree(held.resolve("verdict.json").toFile())
                            .path("held")
                            .asBoolean())
                    .isTrue();

            // The held one is no baseline: the next such run is measured against the good one again.
            assertThat(lab.backup().outcome()).isEqualTo(Outcome.HELD);
        }
    }

    @Test
    void a_refused_token_ends_the_run_at_once_and_says_so() throws Exception {
        try (Lab lab = new Lab(folder, SampleWorkspace.of(2, 60), Behaviour.standard())) {
            lab.notion().faults().killToken(true);

            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(summary.exitCode()).isEqualTo(6);
            assertThat(summary.failure()).contains("401");
            assertThat(summary.failure()).doesNotContain(Lab.TOKEN);
            assertThat(lab.notion().requests().total()).isEqualTo(1);
            assertThat(lab.vault().snapshots()).isEmpty();
        }
    }

    @Test
    void a_blocked_connection_is_not_asked_again() throws Exception {
        try (Lab lab = new Lab(folder, SampleWorkspace.of(2, 60), Behaviour.standard())) {
            lab.notion().faults().block(true);

            assertThat(lab.backup().outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(lab.notion().requests().total()).isEqualTo(1);
        }
    }

    @Test
    void a_destination_that_fails_stops_no_other_and_is_healed_by_the_next_run() throws Exception {
        try (Lab lab = new Lab(folder, SampleWorkspace.of(3, 30), Behaviour.standard())
                .with("saddlebag.workspace.acme.destinations", "vault, nas")
                .with("saddlebag.destination.nas.kind", "folder")
                .with("saddlebag.destination.nas.directory", "nas")) {
            // A file where the folder should be: nothing can be put below it.
            Files.writeString(folder.resolve("nas"), "not a folder");

            RunSummary first = lab.backup();

            assertThat(first.outcome()).isEqualTo(Outcome.UNDELIVERED);
            assertThat(first.exitCode()).isEqualTo(5);
            assertThat(first.deliveries())
                    .anySatisfy(delivery -> {
                        assertThat(delivery.destination()).isEqualTo("nas");
                        assertThat(delivery.delivered()).isFalse();
                        assertThat(delivery.error()).contains(first.run()).contains("spool");
                    })
                    .anySatisfy(delivery -> {
                        assertThat(delivery.destination()).isEqualTo("vault");
                        assertThat(delivery.delivered()).isTrue();
                    });

            Files.delete(folder.resolve("nas"));
            RunSummary second = lab.backup();

            assertThat(second.outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(lab.vault("nas").snapshots())
                    .extracting(s -> s.id().value())
                    .containsExactly(first.run(), second.run());
            assertThat(lab.vault("nas").verify(Level.FULL, run -> true, List.of()))
                    .noneMatch(Finding::isDamage);
        }
    }

    @Test
    void a_workspace_has_one_run_at_a_time() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Lab lab = new Lab(folder, SampleWorkspace.of(4, 5), Behaviour.standard())) {
            lab.notion()
                    .faults()
                    .fail(
                            call -> {
                                reached.countDown();
                                await(goOn);
                                return false;
                            },
                            Fault.SLOW,
                            1);
            Flow flow = lab.flow();
            CompletableFuture<RunSummary> first = CompletableFuture.supplyAsync(() -> backup(flow));
            await(reached);

            assertThatThrownBy(() -> flow.backup(Lab.WORKSPACE))
                    .isInstanceOf(RunRefusedException.class)
                    .hasMessageContaining("Another run of the workspace acme is going on");

            goOn.countDown();
            assertThat(first.get(30, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(lab.backup().outcome()).isEqualTo(Outcome.COMPLETE);
        }
    }

    @Test
    void the_budget_is_kept_whatever_the_alignment_of_notions_window() throws Exception {
        // The margin is 1 % of the window: in a shorter one, a computer that is busy overruns it.
        Behaviour limited = Behaviour.standard().withRateLimit(80, Duration.ofSeconds(3), Duration.ofMillis(1370));
        try (Lab lab = new Lab(folder, SampleWorkspace.of(5, 60), limited)
                .with("notion.api.window-seconds", "3")
                .with("saddlebag.workspace.acme.requests-per-minute", "80")) {
            assertThat(lab.backup().outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(lab.notion().requests().rateLimited()).isZero();
        }
    }

    @Test
    void more_than_notion_allows_is_slowed_down_by_its_word_and_loses_nothing() throws Exception {
        Behaviour limited = Behaviour.standard().withRateLimit(30, Duration.ofSeconds(1), Duration.ZERO);
        try (Lab lab = new Lab(folder, SampleWorkspace.of(5, 60), limited)) {
            assertThat(lab.backup().outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(lab.notion().requests().rateLimited()).isPositive();
        }
    }

    @Test
    void a_budget_that_is_to_be_learned_is_learned_from_refusals_and_written_down() throws Exception {
        Behaviour limited = Behaviour.standard().withRateLimit(60, Duration.ofSeconds(1), Duration.ZERO);
        try (Lab lab = new Lab(folder, SampleWorkspace.of(5, 60), limited)
                .with("notion.api.window-seconds", "1")
                .with("saddlebag.workspace.acme.requests-per-minute", "auto")) {
            assertThat(lab.backup().outcome()).isEqualTo(Outcome.COMPLETE);
            int learned = Json.MAPPER
                    .readTree(lab.state().resolve("acme/budget.json").toFile())
                    .path("limit")
                    .asInt();
            assertThat(learned).isBetween(10, 180);
        }
    }

    @Test
    void a_lost_state_directory_loses_no_snapshot() throws Exception {
        try (Lab lab = new Lab(folder, SampleWorkspace.of(6, 30), Behaviour.standard())) {
            lab.backup();
        }
        Path lost = folder.resolve("state");
        Files.move(lost, folder.resolve("state-that-was-lost"));
        try (Lab lab = new Lab(folder, SampleWorkspace.of(6, 30), Behaviour.standard())) {
            assertThat(lab.backup().outcome()).isEqualTo(Outcome.COMPLETE);
            // The host has a new signing key now, and trusts that of the host that was.
            assertThat(lab.vault().snapshots()).hasSize(2);
            assertThat(lab.vault().verify(Level.FULL, run -> true, List.of())).noneMatch(Finding::isDamage);
        }
    }

    @Test
    void after_a_lost_state_directory_the_next_run_is_measured_against_the_last_good_one() throws Exception {
        Snapshot good;
        try (Lab lab = new Lab(folder, SampleWorkspace.of(1, 60), Behaviour.standard())) {
            lab.backup();
            good = lab.vault().find("latest");
        }
        Files.move(folder.resolve("state"), folder.resolve("state-that-was-lost"));
        try (Lab lab = new Lab(folder, SampleWorkspace.of(1, 60), Behaviour.standard())) {
            deleteMost(lab.notion().workspace());

            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).isEqualTo(Outcome.HELD);
            assertThat(summary.sentence())
                    .contains("pages in ")
                    .contains(good.id().value());
            assertThat(lab.vault().find("latest").id()).isEqualTo(good.id());
        }
    }

    private static void deleteMost(SampleWorkspace workspace) {
        List<String> pages = workspace.standalonePages();
        pages.subList(2, pages.size()).forEach(workspace::deletePage);
        workspace.databases().forEach(workspace::deleteDatabase);
    }

    private static RunSummary backup(Flow flow) {
        try {
            return flow.backup(Lab.WORKSPACE);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
