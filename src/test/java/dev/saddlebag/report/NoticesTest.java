package dev.saddlebag.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.configuration.Settings;
import dev.saddlebag.destination.Vaults;
import dev.saddlebag.snapshot.Gap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told, and what is not told twice. */
class NoticesTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path folder;

    private final Hours clock = new Hours("2026-11-20T02:30:00Z");
    private Notices notices;

    @BeforeEach
    void start() {
        notices = notices();
    }

    /** As a process has it that has just begun. */
    private Notices notices() {
        Settings settings = Summaries.settings(folder);
        return new Notices(settings, new Vaults(settings.stateDirectory(), clock), clock);
    }

    @Test
    void the_same_trouble_is_told_once_a_day_with_how_often_it_was_met() throws Exception {
        assertThat(notices.about(Summaries.failed(clock, "Disk 7 of 20261120T020005Z-7f3a91 is full"))
                        .repeat())
                .isNull();
        clock.pass(Duration.ofHours(10));
        assertThat(notices.about(Summaries.failed(clock, "Disk 8 of 20261120T120005Z-000000 is full")))
                .isNull();
        clock.pass(Duration.ofHours(14));

        Notice third = notices().about(Summaries.failed(clock, "Disk 9 of 20261121T020005Z-ffffff is full"));

        assertThat(third.repeat().words()).isEqualTo("This is the 3rd time since 2026-11-20 02:30 (UTC).");
        assertThat(third.level()).isEqualTo(Notice.Level.PROBLEM);
    }

    @Test
    void another_trouble_is_told_at_once() throws Exception {
        notices.about(Summaries.failed(clock, "The disk is full"));

        assertThat(notices.about(Summaries.failed(clock, "The network is away")))
                .isNotNull();
        assertThat(notices.about(Summaries.held(clock, "3 pages were collected; 10 is the least.")))
                .isNotNull();
        assertThat(notices.about(Summaries.held(clock, "4 pages were collected; 10 is the least.")))
                .isNull();
        assertThat(notices.about(Summaries.undelivered(clock, "nas"))).isNotNull();
        assertThat(notices.about(Summaries.undelivered(clock, "offsite"))).isNotNull();
    }

    @Test
    void the_end_of_a_trouble_is_told_to_all_once() throws Exception {
        notices.about(Summaries.failed(clock, "The disk is full"));
        clock.pass(DAY);

        Notice over = notices().about(Summaries.complete(clock));

        assertThat(over.topic()).isEqualTo(Notice.Topic.RECOVERED);
        assertThat(over.isAlarm()).isTrue();
        assertThat(over.repeat().words())
                .isEqualTo("The trouble is over. It was reported first on 2026-11-20 02:30 (UTC) and met once.");
        assertThat(notices.about(Summaries.complete(clock)).isAlarm()).isFalse();
    }

    @Test
    void a_destination_that_catches_up_is_named_once() throws Exception {
        notices.about(Summaries.undelivered(clock, "nas"));
        clock.pass(DAY);

        Notice over = notices().about(Summaries.delivered(clock, "nas"));

        assertThat(over.headline()).isEqualTo("Recovered: backup complete");
        assertThat(over.sentence())
                .endsWith("Healed: nas has this snapshot and all that it had missed since 2026-11-20 02:30 (UTC).");
        assertThat(notices.about(Summaries.delivered(clock, "nas")).sentence()).doesNotContain("Healed");
    }

    @Test
    void damage_is_over_only_for_who_could_look() throws Exception {
        Settings settings = Summaries.settings(folder);
        UpkeepNotices upkeep = new UpkeepNotices(settings, notices, clock);

        assertThat(upkeep.verified(new Found(List.of("a", "b"), "", "2 files are damaged")))
                .singleElement()
                .satisfies(notice -> {
                    assertThat(notice.level()).isEqualTo(Notice.Level.PROBLEM);
                    assertThat(notice.toDo())
                            .first()
                            .asString()
                            .contains("saddlebag repair --workspace acme --destination nas");
                });
        assertThat(upkeep.verified(new Found(List.of("a", "b"), "", "2 files are damaged")))
                .isEmpty();
        assertThat(upkeep.verified(new Found(List.of(), "no route to host", "could not be verified")))
                .extracting(Notice::headline)
                .containsExactly("Not verified: nas");
        assertThat(upkeep.verified(new Found(List.of(), "", "all is as it was written")))
                .extracting(Notice::headline)
                .containsExactly("Recovered: nas can be verified again", "Recovered: no damage at nas");
        assertThat(upkeep.verified(new Found(List.of(), "", "all is as it was written")))
                .isEmpty();
        clock.pass(DAY);
        assertThat(upkeep.pruned(new Found(List.of(), "too much would go", "too much would go")))
                .hasSize(1);
        clock.pass(DAY);
        assertThat(upkeep.pruned(new Found(List.of(), "too much would go", "too much would go")))
                .hasSize(1);
    }

    @Test
    void a_run_that_finds_nothing_new_is_not_told_and_ends_only_what_it_can() throws Exception {
        assertThat(notices.about(Summaries.unchanged(clock))).isNull();
        notices.about(Summaries.held(clock, "3 pages were collected; 10 is the least."));
        assertThat(notices.about(Summaries.unchanged(clock))).isNull();
        notices.about(Summaries.failed(clock, "The network is away"));
        assertThat(notices.about(Summaries.unchanged(clock)).topic()).isEqualTo(Notice.Topic.RECOVERED);
    }

    @Test
    void a_memory_that_is_lost_or_torn_tells_rather_than_not() throws Exception {
        notices.about(Summaries.failed(clock, "The disk is full"));
        Files.writeString(folder.resolve("state/acme/alarms/run.json"), "{torn");

        assertThat(notices.about(Summaries.failed(clock, "The disk is full"))).isNotNull();
    }

    @Test
    void a_notice_says_what_to_do_what_is_missing_and_when_the_next_run_begins() throws Exception {
        List<Gap> gaps = IntStream.range(0, 12)
                .mapToObj(i -> new Gap("page", "p" + i, Gap.Reason.FAILED, "Notion answered 502."))
                .toList();

        Notice notice = notices.about(Summaries.partial(clock, gaps));

        assertThat(notice.level()).isEqualTo(Notice.Level.WARNING);
        assertThat(notice.toDo()).first().asString().contains("saddlebag backup acme");
        assertThat(notice.failed()).hasSize(11).last().isEqualTo("and 2 more, in failures.json of the run");
        assertThat(notice.gaps()).containsExactly(new Notice.GapCount("failed", "could not be collected", 12));
        assertThat(notice.holds()).contains(new Notice.Amount("pages", "1,254"));
        assertThat(notice.nextRun()).isEqualTo("2026-11-21 02:00 (UTC)");
        assertThat(notice.recoveryPoint()).isNull();
    }

    @Test
    void no_secret_gets_into_a_notice() throws Exception {
        Notice notice =
                notices.about(Summaries.failed(clock, "Cannot post to " + Summaries.HOOK + " with ntn_0123456789"));

        assertThat(notice.toString())
                .doesNotContain("very-secret", "ntn_0123456789")
                .contains("(secret)");
    }

    private record Found(List<String> damage, String error, String sentence)
            implements UpkeepNotices.Verification, UpkeepNotices.Prune {
        @Override
        public String workspace() {
            return "acme";
        }

        @Override
        public String destination() {
            return "nas";
        }
    }
}
