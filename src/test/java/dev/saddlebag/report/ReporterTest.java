package dev.saddlebag.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.saddlebag.configuration.Depth;
import dev.saddlebag.gate.Verdict;
import dev.saddlebag.notion.NotionDoor;
import dev.saddlebag.notion.NotionRequest;
import dev.saddlebag.snapshot.Accepted;
import dev.saddlebag.snapshot.Gap;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.SampleAccount;
import dev.saddlebag.snapshot.SampleRun;
import dev.saddlebag.snapshot.State;
import dev.saddlebag.vault.Receipt;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever became of a run, the report says so: in one word, one exit code and one sentence. */
class ReporterTest {
    private static final Verdict ACCEPTED = new Verdict(true, true, List.of());
    private static final Verdict PARTIAL = new Verdict(true, false, List.of());
    private static final Verdict HELD = new Verdict(
            false, true, List.of(new Verdict.Finding("minimum-pages", "0 pages were collected; 1 is the least.")));

    @TempDir
    Path state;

    private Reporter reporter;
    private Run run;

    @BeforeEach
    void begin() throws IOException {
        reporter = new Reporter(state, Clock.fixed(Instant.parse("2026-11-20T02:30:00Z"), ZoneOffset.UTC));
        run = SampleRun.in(state, 20);
    }

    @Test
    void a_complete_run_ends_with_0() throws Exception {
        RunSummary summary = reporter.report(run, null, ACCEPTED, List.of(receipt(Receipt.Outcome.COMMITTED)));

        assertThat(summary.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(summary.exitCode()).isZero();
        assertThat(summary.sentence())
                .isEqualTo("acme: snapshot 20261120T020005Z-7f3a91 is complete and delivered to nas.");
    }

    @Test
    void a_failed_run_ends_with_1() throws Exception {
        RunSummary summary = reporter.report(run, new IOException("No space left on device"), null, null);

        assertThat(summary.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(summary.exitCode()).isEqualTo(1);
        assertThat(summary.sentence()).isEqualTo("acme: run 20261120T020005Z-7f3a91 failed. No space left on device");
    }

    @Test
    void a_run_that_never_came_to_a_verdict_has_failed() throws Exception {
        assertThat(reporter.report(run, null, null, null).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void a_failure_after_the_verdict_is_a_failure() throws Exception {
        assertThat(reporter.report(run, new IOException("x"), ACCEPTED, null).outcome())
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void a_failure_without_words_is_told_by_its_class() throws Exception {
        RunSummary summary = reporter.report(run, new NullPointerException(), null, null);

        assertThat(summary.sentence()).endsWith("failed. NullPointerException");
    }

    @Test
    void a_partial_run_ends_with_3() throws Exception {
        run.ledger().gap(new Gap("page", "p1", Gap.Reason.FAILED, "Connection reset"));
        RunSummary summary = reporter.report(run, null, PARTIAL, List.of(receipt(Receipt.Outcome.COMMITTED)));

        assertThat(summary.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(summary.exitCode()).isEqualTo(3);
        assertThat(summary.sentence())
                .isEqualTo("acme: snapshot 20261120T020005Z-7f3a91 is partial, 1 gaps are named in it.");
    }

    @Test
    void a_held_run_ends_with_4() throws Exception {
        RunSummary summary = reporter.report(run, null, HELD, null);

        assertThat(summary.outcome()).isEqualTo(Outcome.HELD);
        assertThat(summary.exitCode()).isEqualTo(4);
        assertThat(summary.sentence())
                .isEqualTo("acme: snapshot 20261120T020005Z-7f3a91 is held back."
                        + " 0 pages were collected; 1 is the least.");
    }

    @Test
    void one_destination_without_the_snapshot_makes_it_5_even_when_it_is_partial() throws Exception {
        List<Receipt> receipts = List.of(receipt(Receipt.Outcome.ALREADY_COMMITTED), receipt(Receipt.Outcome.FAILED));

        assertThat(reporter.report(run, null, ACCEPTED, receipts).outcome()).isEqualTo(Outcome.UNDELIVERED);
        assertThat(reporter.report(run, null, PARTIAL, receipts).exitCode()).isEqualTo(5);
        assertThat(reporter.report(run, null, ACCEPTED, List.of(receipt(Receipt.Outcome.CONFLICT)))
                        .outcome())
                .isEqualTo(Outcome.UNDELIVERED);
    }

    @Test
    void refused_credentials_end_with_6() throws Exception {
        var refusal = (Exception) catchThrowable(
                () -> new NotionDoor().read(NotionRequest.get("/v1/users/me"), run.connection(), 401, null, null));
        RunSummary summary = reporter.report(run, refusal, null, null);

        assertThat(summary.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(summary.exitCode()).isEqualTo(6);
        assertThat(summary.sentence()).endsWith("failed. Notion answered 401 to GET /v1/users/me");
    }

    @Test
    void a_quick_run_that_found_nothing_new_ends_with_0_and_makes_no_snapshot() throws Exception {
        Accepted before = SampleRun.accepted(run, state.resolve("acme"));
        Run quick = SampleRun.after(before, state.resolve("quick"), Depth.QUICK);
        quick.ledger()
                .settle(SampleAccount.of(SampleAccount.page(1))
                        .state(State.CARRIED_OVER)
                        .account());

        RunSummary summary = reporter.report(quick, null, null, null);

        assertThat(summary.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(summary.exitCode()).isZero();
        assertThat(summary.depth()).isEqualTo("quick");
        assertThat(summary.sentence())
                .isEqualTo("acme: nothing has changed since the last snapshot, as far as search shows; none was made.");
    }

    @Test
    void only_a_quick_run_that_ended_well_may_find_nothing_new() throws Exception {
        Accepted before = SampleRun.accepted(run, state.resolve("acme"));
        Run changed = SampleRun.after(before, state.resolve("changed"), Depth.CHANGED);
        Run quick = SampleRun.after(before, state.resolve("quick"), Depth.QUICK);

        assertThat(reporter.report(changed, null, null, null).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(reporter.report(quick, new IOException("x"), null, null).outcome())
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void the_summary_on_disk_is_what_machines_rely_on() throws Exception {
        run.ledger()
                .settle(SampleAccount.of(SampleAccount.page(1))
                        .blocks(3)
                        .comments(2)
                        .unknown("block hologram")
                        .gaps(new Gap("page", "p1", Gap.Reason.NOT_SHARED, "Notion answered 404."))
                        .account());
        reporter.report(run, null, ACCEPTED, List.of(receipt(Receipt.Outcome.COMMITTED)));

        assertThat(state.resolve("acme/runs/20261120T020005Z-7f3a91/run_summary.json"))
                .hasContent("""
                {
                  "run" : "20261120T020005Z-7f3a91",
                  "workspace" : "acme",
                  "depth" : "sweep",
                  "source" : "api",
                  "started" : "2026-11-20T02:00:05Z",
                  "finished" : "2026-11-20T02:30:00Z",
                  "outcome" : "complete",
                  "counts" : {
                    "pages" : 1,
                    "databases" : 0,
                    "data_sources" : 0,
                    "views" : 0,
                    "blocks" : 3,
                    "comments" : 2,
                    "files" : 0,
                    "file_bytes" : 0
                  },
                  "requests" : 0,
                  "gaps" : [
                    {
                      "object" : "page",
                      "id" : "p1",
                      "reason" : "not_shared",
                      "explanation" : "Notion answered 404."
                    }
                  ],
                  "unknown" : {
                    "block hologram" : 1
                  },
                  "verdict" : {
                    "accepted" : true,
                    "complete" : true,
                    "findings" : [ ],
                    "held" : false,
                    "word" : "accepted",
                    "words" : "accepted"
                  },
                  "deliveries" : [
                    {
                      "destination" : "nas",
                      "delivered" : true,
                      "outcome" : "committed",
                      "snapshot" : "20261120T020005Z-7f3a91",
                      "list_sha256" : "ab12",
                      "objects" : 7,
                      "bytes" : 1024,
                      "already_there" : 2,
                      "verified" : "read_back",
                      "seconds" : 1.5
                    }
                  ],
                  "exit_code" : 0
                }""");
    }

    private Receipt receipt(Receipt.Outcome outcome) {
        return new Receipt(
                "nas", run.id(), "ab12", outcome, 7, 1024, 2, Receipt.Verified.READ_BACK, Duration.ofMillis(1500), "");
    }
}
