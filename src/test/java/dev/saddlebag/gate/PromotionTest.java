package dev.saddlebag.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.destination.Destinations;
import dev.saddlebag.destination.Folder;
import dev.saddlebag.destination.Vaults;
import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.Gap;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.SampleAccount;
import dev.saddlebag.snapshot.SampleRun;
import dev.saddlebag.vault.Shipper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The judgement over a history of runs: what is compared with what, and what becomes of a snapshot. */
class PromotionTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T02:00:05Z"), ZoneOffset.UTC);

    @TempDir
    Path home;

    private Path state;

    private Baselines baselines;
    private Gate gate;
    private Promotion promotion;
    private Vaults vaults;

    @BeforeEach
    void begin() {
        begin(home.resolve("state"));
    }

    /** A host with the state directory {@code directory}, as it is. */
    private void begin(Path directory) {
        state = directory;
        Destinations destinations = new Destinations(List.of());
        vaults = new Vaults(state, CLOCK);
        baselines = new Baselines(state, vaults, destinations);
        gate = new Gate(state, baselines);
        promotion = new Promotion(state, vaults, destinations, baselines, "saddlebag test");
    }

    @Test
    void a_workspace_of_five_pages_passes_with_the_limits_nobody_set() throws Exception {
        Verdict verdict = gate.judge(run(1, 5));

        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.accepted()).isTrue();
        assertThat(verdict.words()).isEqualTo("accepted");
        assertThat(verdict.word()).isEqualTo("accepted");
        assertThat(verdict.sentence()).isEqualTo("No rule is broken.");
    }

    @Test
    void an_empty_first_snapshot_is_held() throws Exception {
        Verdict verdict = gate.judge(run(1, 0));

        assertThat(verdict.held()).isTrue();
        assertThat(verdict.sentence()).isEqualTo("0 pages were collected; 1 is the least.");
    }

    @Test
    void an_accepted_complete_snapshot_is_what_the_next_is_compared_with() throws Exception {
        Run first = promoted(1, 100);

        assertThat(measure(first)).isEqualTo(first.id().value() + ": 100 pages");
        assertThat(gate.judge(run(2, 79)).sentence())
                .startsWith("21 of the 100 pages in " + first.id() + " are gone, which is 21 %; 20 % are tolerated.");
        assertThat(gate.judge(run(2, 80)).accepted()).isTrue();
        assertThat(state.resolve("acme/baseline-api.jsonl")).exists();
    }

    @Test
    void a_held_snapshot_never_becomes_the_measure() throws Exception {
        promoted(1, 100);
        Run second = run(2, 10);
        Verdict verdict = gate.judge(second);
        promotion.hold(second, verdict);

        assertThat(measure(second)).endsWith(": 100 pages");
        assertThat(gate.judge(run(3, 10)).held()).isTrue();
        assertThat(vaults.spool("acme").waiting()).hasSize(1);
    }

    @Test
    void a_partial_snapshot_is_kept_but_never_becomes_the_measure() throws Exception {
        promoted(1, 100);
        Run second = run(2, 85);
        second.ledger().gap(new Gap("page", "p1", Gap.Reason.FAILED, "Connection reset"));
        Verdict verdict = gate.judge(second);
        promotion.promote(second, verdict);

        assertThat(verdict.accepted()).isTrue();
        assertThat(verdict.word()).isEqualTo("partial");
        assertThat(vaults.spool("acme").waiting()).hasSize(2);
        assertThat(measure(second)).endsWith(": 100 pages");
        assertThat(gate.judge(run(3, 70)).sentence()).startsWith("30 of the 100 pages");
    }

    @Test
    void a_partial_first_snapshot_leaves_the_next_one_without_a_measure() throws Exception {
        Run first = run(1, 100);
        first.ledger().gap(new Gap("page", "p1", Gap.Reason.FAILED, "Connection reset"));
        promotion.promote(first, gate.judge(first));

        assertThat(baselines.of(first)).isEmpty();
        assertThat(gate.judge(run(2, 1)).accepted()).isTrue();
    }

    @Test
    void what_notion_withholds_is_no_gap_to_the_gate() throws Exception {
        Run run = run(1, 5);
        for (int i = 0; i < 26; i++) {
            run.ledger().gap(new Gap("page", "p" + i, Gap.Reason.NOT_SHARED, "404"));
        }
        assertThat(gate.judge(run).findings()).isEmpty();

        for (int i = 0; i < 26; i++) {
            run.ledger().gap(new Gap("page", "q" + i, Gap.Reason.FAILED, "500"));
        }
        assertThat(gate.judge(run).sentence())
                .isEqualTo("26 objects or files could not be collected; 25 are tolerated.");
    }

    @Test
    void a_held_snapshot_lies_aside_with_its_verdict_and_leaves_the_staging_empty() throws Exception {
        Run run = run(1, 0);
        promotion.hold(run, gate.judge(run));

        Path held = state.resolve("acme/held").resolve(run.id().value());
        assertThat(held.resolve("tree/workspace.json")).hasContent("{}\n");
        assertThat(held.resolve("accounts.jsonl")).exists();
        Verdict kept = new Held(state, "acme").verdict(run.id()).orElseThrow();
        assertThat(kept).isEqualTo(gate.judge(run));
        assertThat(kept.words()).isEqualTo("held");
        assertThat(kept.faults()).extracting(Verdict.Finding::rule).containsExactly("minimum-pages");
        assertThat(state.resolve("acme/staging")).doesNotExist();
        assertThat(vaults.spool("acme").waiting()).isEmpty();
    }

    @Test
    void an_accepted_snapshot_is_sealed_with_its_verdict_and_leaves_the_staging_empty() throws Exception {
        Run run = run(1, 5);
        var sealed = promotion.promote(run, gate.judge(run));

        assertThat(sealed.id()).isEqualTo(run.id());
        assertThat(vaults.spool("acme").baseline())
                .get()
                .extracting(newest -> newest.id())
                .isEqualTo(run.id());
        assertThat(state.resolve("acme/staging")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lost", "", "{\"run\":"})
    void a_lost_file_is_made_up_for_by_the_record_of_the_newest_snapshot(String left) throws Exception {
        Run first = promoted(1, 100);
        String before = measure(first);
        Path file = state.resolve("acme/baseline-api.jsonl");
        if (left.equals("lost")) {
            Files.delete(file);
        } else {
            Files.writeString(file, left);
        }

        assertThat(gate.judge(run(2, 79)).sentence()).startsWith("21 of the 100 pages in " + first.id());
        assertThat(measure(first)).isEqualTo(before);
    }

    @Test
    void a_measure_that_was_made_up_for_outlives_a_partial_snapshot() throws Exception {
        promoted(1, 100);
        Files.delete(state.resolve("acme/baseline-api.jsonl"));
        Run second = run(2, 85);
        second.ledger().gap(new Gap("page", "p1", Gap.Reason.FAILED, "Connection reset"));
        promotion.promote(second, gate.judge(second));

        assertThat(gate.judge(run(3, 70)).sentence()).startsWith("30 of the 100 pages");
    }

    @Test
    void a_partial_snapshot_is_no_measure_even_when_nothing_else_is_known() throws Exception {
        promoted(1, 100);
        Run second = run(2, 85);
        second.ledger().gap(new Gap("page", "p1", Gap.Reason.FAILED, "Connection reset"));
        promotion.promote(second, gate.judge(second));
        Files.delete(state.resolve("acme/baseline-api.jsonl"));

        assertThat(baselines.of(second)).isEmpty();
    }

    @Test
    void a_lost_state_directory_is_made_up_for_by_the_newest_snapshot_of_a_destination() throws Exception {
        Folder nas = new Folder(home.resolve("nas"));
        Run first = run(1, 100);
        var sealed = promotion.promote(first, gate.judge(first));
        new Shipper(vaults.spool("acme"), vaults.signingKey(), true).ship(sealed, "nas", nas, List.of());
        begin(home.resolve("new-state"));

        vaults.recover("acme", List.of(nas));

        assertThat(gate.judge(run(2, 79)).sentence()).startsWith("21 of the 100 pages in " + first.id());
        assertThat(gate.judge(run(2, 80)).accepted()).isTrue();
    }

    private String measure(Run run) throws Exception {
        Baseline known = baselines.of(run).orElseThrow().baseline();
        return known.run() + ": " + known.counts().pages() + " pages";
    }

    private Run promoted(int day, int pages) throws Exception {
        Run run = run(day, pages);
        promotion.promote(run, gate.judge(run));
        return run;
    }

    private Run run(int day, int pages) throws Exception {
        Run run = SampleRun.in(state.resolve("acme"), day);
        for (int page = 0; page < pages; page++) {
            run.ledger().settle(SampleAccount.of(SampleAccount.page(page)).account());
        }
        run.staging().write("workspace.json", Json.MAPPER.createObjectNode());
        return run;
    }
}
