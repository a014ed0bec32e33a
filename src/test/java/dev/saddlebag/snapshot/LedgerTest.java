package dev.saddlebag.snapshot;

import static dev.saddlebag.snapshot.SampleAccount.page;
import static dev.saddlebag.snapshot.SampleAccount.ref;
import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.configuration.Depth;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The books of a run: what is neither counted nor named was never heard of. */
class LedgerTest {
    private static final Gap NOT_SHARED = new Gap("page", "p2", Gap.Reason.NOT_SHARED, "Notion answered 404.");
    private static final Gap FAILED =
            new Gap("file", "https://host/a.png", Gap.Reason.FAILED, "The host answered 410.");

    @TempDir
    Path home;

    private Ledger ledger;

    @BeforeEach
    void begin() throws IOException {
        ledger = new Ledger(Accounts.open(home.resolve("accounts.jsonl")));
    }

    @Test
    void completeness_json_is_what_readers_of_snapshots_rely_on() throws Exception {
        settle(SampleAccount.of(page(1))
                .blocks(7)
                .comments(2)
                .unknown("block hologram", "property hologram", "block hologram")
                .gaps(FAILED));
        settle(SampleAccount.of(page(2)).state(State.NOT_SHARED).gaps(NOT_SHARED));
        settle(SampleAccount.of(page(3)).state(State.CARRIED_OVER).blocks(3));
        settle(SampleAccount.of(ref(Kind.DATABASE, 4)));
        settle(SampleAccount.of(ref(Kind.DATA_SOURCE, 5)));
        settle(SampleAccount.of(ref(Kind.VIEW, 6)));
        ledger.file(1000);
        ledger.file(24);

        assertThat(Json.PRETTY.writeValueAsString(ledger.toJson(Depth.CHANGED))).isEqualTo("""
                {
                  "complete" : false,
                  "counts" : {
                    "pages" : 2,
                    "databases" : 1,
                    "data_sources" : 1,
                    "views" : 1,
                    "blocks" : 10,
                    "comments" : 2,
                    "files" : 2,
                    "file_bytes" : 1024
                  },
                  "objects" : {
                    "page" : {
                      "collected" : 1,
                      "carried_over" : 1,
                      "not_shared" : 1
                    },
                    "database" : {
                      "collected" : 1
                    },
                    "data_source" : {
                      "collected" : 1
                    },
                    "view" : {
                      "collected" : 1
                    },
                    "block" : { }
                  },
                  "gaps" : [
                    {
                      "object" : "file",
                      "id" : "https://host/a.png",
                      "reason" : "failed",
                      "explanation" : "The host answered 410."
                    },
                    {
                      "object" : "page",
                      "id" : "p2",
                      "reason" : "not_shared",
                      "explanation" : "Notion answered 404."
                    }
                  ],
                  "unknown" : {
                    "block hologram" : 2,
                    "property hologram" : 1
                  },
                  "blind_spots" : [
                    "%s"
                  ],
                  "blind_spots_of_depth" : [
                    "%s"
                  ],
                  "not_collected" : [
                    "%s"
                  ]
                }""".formatted(
                lines(BlindSpots.OF_THE_API), lines(BlindSpots.of(Depth.CHANGED)), lines(BlindSpots.OF_THIS_VERSION)));
    }

    private static String lines(List<String> sentences) {
        return String.join("\",\n    \"", sentences);
    }

    @Test
    void a_run_that_met_no_trouble_is_complete() {
        var json = ledger.toJson(Depth.SWEEP);

        assertThat(ledger.complete()).isTrue();
        assertThat(json.path("complete").asBoolean()).isTrue();
        assertThat(json.path("gaps")).isEmpty();
        assertThat(json.path("blind_spots")).isNotEmpty();
    }

    @Test
    void the_less_a_run_reads_the_more_it_cannot_see() {
        assertThat(ledger.toJson(Depth.SWEEP).path("blind_spots_of_depth")).isEmpty();
        assertThat(BlindSpots.of(Depth.CHANGED)).isNotEmpty();
        assertThat(BlindSpots.of(Depth.QUICK))
                .containsAll(BlindSpots.of(Depth.CHANGED))
                .hasSizeGreaterThan(BlindSpots.of(Depth.CHANGED).size());
    }

    @ParameterizedTest
    @EnumSource(value = Gap.Reason.class, names = "FAILED", mode = EnumSource.Mode.EXCLUDE)
    void what_notion_withholds_is_named_and_no_fault_of_the_run(Gap.Reason reason) {
        ledger.gap(new Gap("page", "p1", reason, "Notion says so."));

        assertThat(ledger.complete()).isTrue();
        assertThat(ledger.gaps()).hasSize(1);
    }

    @Test
    void one_failure_makes_the_run_partial() throws Exception {
        settle(SampleAccount.of(page(1)).gaps(NOT_SHARED));
        assertThat(ledger.complete()).isTrue();

        settle(SampleAccount.of(page(2)).gaps(FAILED));
        assertThat(ledger.complete()).isFalse();
    }

    @Test
    void gaps_are_listed_in_an_order_of_their_own_whomever_they_belong_to() throws Exception {
        var first = new Gap("block", "b", Gap.Reason.UNSUPPORTED, "x");
        var second = new Gap("page", "a", Gap.Reason.NOT_SHARED, "x");
        var third = new Gap("page", "a", Gap.Reason.FAILED, "a");
        var fourth = new Gap("page", "a", Gap.Reason.FAILED, "b");
        ledger.gap(fourth);
        settle(SampleAccount.of(page(1)).gaps(third, first));
        settle(SampleAccount.of(page(2)).gaps(second, first));

        assertThat(ledger.gaps()).containsExactly(first, second, third, fourth);
        assertThat(ledger.gapsOfTheWorkspace()).containsExactly(fourth);
    }

    @Test
    void what_is_read_once_more_counts_as_it_was_read_last() throws Exception {
        settle(SampleAccount.of(page(1))
                .blocks(7)
                .comments(3)
                .unknown("block hologram")
                .gaps(FAILED));
        settle(SampleAccount.of(page(1)).blocks(2));

        assertThat(ledger.counts()).isEqualTo(new Counts(1, 0, 0, 0, 2, 0, 0, 0));
        assertThat(ledger.gaps()).isEmpty();
        assertThat(ledger.unknown()).isEmpty();
        assertThat(ledger.settled()).isEqualTo(1);

        settle(SampleAccount.of(page(1)).state(State.TRASHED));
        assertThat(ledger.counts().pages()).isZero();
        assertThat(ledger.count(Kind.PAGE, State.TRASHED)).isEqualTo(1);
    }

    @Test
    void what_is_opened_again_no_longer_counts_and_is_not_settled() throws Exception {
        settle(SampleAccount.of(page(1)).blocks(7).gaps(FAILED));
        settle(SampleAccount.of(page(2)).blocks(1));
        ledger.reopen(page(1));

        assertThat(ledger.isSettled(page(1))).isFalse();
        assertThat(ledger.of(page(1))).isEmpty();
        assertThat(ledger.counts()).isEqualTo(new Counts(1, 0, 0, 0, 1, 0, 0, 0));
        assertThat(ledger.complete()).isTrue();

        settle(SampleAccount.of(page(1)).blocks(2));
        assertThat(ledger.counts().blocks()).isEqualTo(3);
    }

    @Test
    void the_books_of_a_run_that_was_broken_off_go_on_where_they_were() throws Exception {
        settle(SampleAccount.of(page(1))
                .blocks(7)
                .comments(1)
                .unknown("block hologram")
                .gaps(FAILED));
        settle(SampleAccount.of(page(2)).state(State.CARRIED_OVER).blocks(4));
        settle(SampleAccount.of(page(1)).blocks(6).unknown("block hologram").gaps(NOT_SHARED));

        var again = new Ledger(Accounts.open(home.resolve("accounts.jsonl")));

        assertThat(again.counts()).isEqualTo(ledger.counts()).isEqualTo(new Counts(2, 0, 0, 0, 10, 0, 0, 0));
        assertThat(again.gaps()).isEqualTo(ledger.gaps()).containsExactly(NOT_SHARED);
        assertThat(again.unknown()).isEqualTo(ledger.unknown()).containsEntry("block hologram", 1L);
        assertThat(again.isSettled(page(2))).isTrue();
        assertThat(again.settled()).isEqualTo(2);
    }

    @Test
    void the_files_that_the_snapshot_needs_in_the_end_are_those_that_count() {
        ledger.file(1000);
        ledger.files(List.of(new StoredFile("a", 7), new StoredFile("b", 5)));

        assertThat(ledger.counts().files()).isEqualTo(2);
        assertThat(ledger.counts().fileBytes()).isEqualTo(12);
    }

    @Test
    void what_the_connection_may_not_read_is_denied_and_nothing_else_is() {
        ledger.gap(new Gap("users", "acme", Gap.Reason.NOT_PERMITTED, "403"));
        ledger.gap(new Gap("comments", "acme", Gap.Reason.FAILED, "503"));

        assertThat(ledger.isDenied("users")).isTrue();
        assertThat(ledger.isDenied("comments")).isFalse();
    }

    @Test
    void nothing_is_new_as_long_as_no_object_was_read_and_nothing_of_the_workspace_failed() throws Exception {
        settle(SampleAccount.of(page(1)).state(State.CARRIED_OVER));
        settle(SampleAccount.of(page(2)).state(State.NOT_SHARED).gaps(NOT_SHARED));
        ledger.gap(new Gap("users", "acme", Gap.Reason.NOT_PERMITTED, "403"));
        assertThat(ledger.nothingNew()).isTrue();

        settle(SampleAccount.of(page(3)));
        assertThat(ledger.nothingNew()).isFalse();
        settle(SampleAccount.of(page(3)).state(State.CARRIED_OVER));
        assertThat(ledger.nothingNew()).isTrue();

        ledger.gap(new Gap("search", "acme", Gap.Reason.FAILED, "503"));
        assertThat(ledger.nothingNew()).isFalse();
    }

    @Test
    void nothing_is_lost_when_many_write_at_a_time() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Future<?>> writers = new ArrayList<>();
        for (int writer = 0; writer < 8; writer++) {
            int number = writer;
            writers.add(pool.submit(() -> {
                for (int i = 0; i < 200; i++) {
                    ledger.objectMet();
                    settle(SampleAccount.of(page(number * 1000 + i))
                            .blocks(2)
                            .comments(1)
                            .unknown("block hologram")
                            .gaps(new Gap("page", number + "-" + i, Gap.Reason.NOT_SHARED, "x")));
                    ledger.file(3);
                }
                return null;
            }));
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        pool.shutdown();

        assertThat(ledger.met()).isEqualTo(1600);
        assertThat(ledger.settled()).isEqualTo(1600);
        assertThat(ledger.counts()).isEqualTo(new Counts(1600, 0, 0, 0, 3200, 1600, 1600, 4800));
        assertThat(ledger.counts().objects()).isEqualTo(1600);
        assertThat(ledger.gaps()).hasSize(1600);
        assertThat(ledger.unknown()).containsEntry("block hologram", 1600L);
    }

    private void settle(SampleAccount account) throws IOException {
        ledger.settle(account.account());
    }
}
