package dev.saddlebag.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.notion.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The books of a run: what is neither counted nor named was never heard of. */
class LedgerTest {
    private final Ledger ledger = new Ledger();

    @Test
    void completeness_json_is_what_readers_of_snapshots_rely_on() throws Exception {
        ledger.collected(Kind.PAGE, 7);
        ledger.collected(Kind.PAGE, 3);
        ledger.collected(Kind.DATABASE, 0);
        ledger.collected(Kind.DATA_SOURCE, 0);
        ledger.file(1000);
        ledger.file(24);
        ledger.unknownType("property hologram");
        ledger.unknownType("block hologram");
        ledger.unknownType("block hologram");
        ledger.gap(new Gap("page", "p2", Gap.Reason.NOT_SHARED, "Notion answered 404."));
        ledger.gap(new Gap("file", "https://host/a.png", Gap.Reason.FAILED, "The host answered 410."));

        String json = Json.PRETTY.writeValueAsString(ledger.toJson());

        assertThat(json).isEqualTo("""
                {
                  "complete" : false,
                  "counts" : {
                    "pages" : 2,
                    "databases" : 1,
                    "data_sources" : 1,
                    "blocks" : 10,
                    "files" : 2,
                    "file_bytes" : 1024
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
                  "unknown_types" : {
                    "block hologram" : 2,
                    "property hologram" : 1
                  },
                  "blind_spots" : [
                    "%s"
                  ],
                  "not_collected" : [
                    "%s"
                  ]
                }""".formatted(
                        String.join("\",\n    \"", BlindSpots.OF_THE_API),
                        String.join("\",\n    \"", BlindSpots.OF_THIS_VERSION)));
    }

    @Test
    void a_run_that_met_no_trouble_is_complete() {
        assertThat(ledger.complete()).isTrue();
        assertThat(ledger.toJson().path("complete").asBoolean()).isTrue();
        assertThat(ledger.toJson().path("gaps")).isEmpty();
        assertThat(ledger.toJson().path("blind_spots")).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Gap.Reason.class, names = "FAILED", mode = EnumSource.Mode.EXCLUDE)
    void what_notion_withholds_is_named_and_no_fault_of_the_run(Gap.Reason reason) {
        ledger.gap(new Gap("page", "p1", reason, "Notion says so."));

        assertThat(ledger.complete()).isTrue();
        assertThat(ledger.gaps()).hasSize(1);
    }

    @Test
    void one_failure_makes_the_run_partial() {
        ledger.gap(new Gap("page", "p1", Gap.Reason.NOT_SHARED, "Notion says so."));
        ledger.gap(new Gap("page", "p2", Gap.Reason.FAILED, "It broke off."));

        assertThat(ledger.complete()).isFalse();
    }

    @Test
    void gaps_are_listed_in_an_order_of_their_own() {
        var first = new Gap("block", "b", Gap.Reason.UNSUPPORTED, "x");
        var second = new Gap("page", "a", Gap.Reason.NOT_SHARED, "x");
        var third = new Gap("page", "a", Gap.Reason.FAILED, "a");
        var fourth = new Gap("page", "a", Gap.Reason.FAILED, "b");
        List.of(fourth, second, third, first).forEach(ledger::gap);

        assertThat(ledger.gaps()).containsExactly(first, second, third, fourth);
    }

    @Test
    void nothing_is_lost_when_many_write_at_a_time() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Future<?>> writers = new ArrayList<>();
        for (int writer = 0; writer < 8; writer++) {
            int number = writer;
            writers.add(pool.submit(() -> {
                for (int i = 0; i < 1000; i++) {
                    ledger.objectMet();
                    ledger.collected(Kind.PAGE, 2);
                    ledger.file(3);
                    ledger.unknownType("block hologram");
                    ledger.gap(new Gap("page", number + "-" + i, Gap.Reason.NOT_SHARED, "x"));
                }
            }));
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        pool.shutdown();

        assertThat(ledger.met()).isEqualTo(8000);
        assertThat(ledger.counts()).isEqualTo(new Counts(8000, 0, 0, 16_000, 8000, 24_000));
        assertThat(ledger.counts().objects()).isEqualTo(8000);
        assertThat(ledger.gaps()).hasSize(8000);
        assertThat(ledger.toJson().at("/unknown_types/block hologram").asLong()).isEqualTo(8000);
    }
}
