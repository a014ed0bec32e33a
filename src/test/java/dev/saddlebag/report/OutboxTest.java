package dev.saddlebag.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a channel did not bring is neither lost nor sent without end. */
class OutboxTest {
    private final IOException away = new IOException("Connection to " + Summaries.HOOK + " refused");

    @TempDir
    Path folder;

    private final Hours clock = new Hours("2026-11-20T02:30:00Z");
    private Outbox outbox;

    @BeforeEach
    void start() {
        outbox = outbox();
    }

    /** As a process has it that has just begun. */
    private Outbox outbox() {
        return new Outbox(Summaries.settings(folder), clock);
    }

    @Test
    void it_is_tried_again_after_pauses_that_grow_also_by_another_process() throws Exception {
        Notice notice = notice("n1");
        Telling telling = outbox.keep(notice, "chat", away);
        assertThat(telling).isEqualTo(new Telling("chat", false, "Connection to (secret) refused."));

        assertThat(outbox().due()).isEmpty();
        clock.pass(Duration.ofMinutes(1));
        List<Outbox.Waiting> due = outbox().due();

        assertThat(due).singleElement().satisfies(waiting -> {
            assertThat(waiting.notice().sentence()).isEqualTo(notice.sentence());
            assertThat(waiting.notice().delayed())
                    .isEqualTo(
                            "This comes late. It was written at 2026-11-20T02:30:00Z; the try before this one failed:"
                                    + " Connection to (secret) refused.");
        });
        outbox.keep(due.get(0).notice(), "chat", away);
        clock.pass(Duration.ofSeconds(119));
        assertThat(outbox().due()).isEmpty();
        clock.pass(Duration.ofSeconds(1));
        assertThat(outbox().due()).hasSize(1);
        outbox.sent(notice, "chat");
        assertThat(outbox.all()).isEmpty();
    }

    @Test
    void who_gets_it_to_send_is_left_alone_for_a_while_and_not_for_ever() throws Exception {
        outbox.keep(notice("n1"), "chat", away);
        clock.pass(Duration.ofMinutes(1));
        assertThat(outbox.due()).hasSize(1);
        assertThat(outbox.due()).isEmpty();
        clock.pass(Duration.ofMinutes(15));
        assertThat(outbox.due()).hasSize(1);
    }

    @Test
    void a_server_that_asks_to_be_left_alone_is() throws Exception {
        outbox.keep(notice("n1"), "chat", new NotTakenException("429", Duration.ofMinutes(10)));
        clock.pass(Duration.ofMinutes(9));
        assertThat(outbox.due()).isEmpty();
        clock.pass(Duration.ofMinutes(1));
        assertThat(outbox.due()).hasSize(1);
    }

    @Test
    void no_pause_is_longer_than_six_hours_and_after_a_week_it_is_given_up() throws Exception {
        Notice notice = notice("n1");
        int tries = 0;
        outbox.keep(notice, "chat", away);
        for (int hours = 0; hours < 24 * 8; hours++) {
            clock.pass(Duration.ofHours(1));
            for (Outbox.Waiting waiting : outbox().due()) {
                tries++;
                outbox.keep(waiting.notice(), "chat", away);
            }
        }

        assertThat(tries).isBetween(28, 34);
        assertThat(outbox.all()).isEmpty();
    }

    @Test
    void two_notices_wait_side_by_side_and_a_test_waits_for_nothing() throws Exception {
        outbox.keep(notice("n1"), "chat", away);
        outbox.keep(notice("n2"), "chat", away);
        outbox.keep(
                new NoticeDraft("n3", Notice.Topic.TEST, Notice.Level.OK, "acme", "2026-11-20T02:30:00Z")
                        .notice(new Redaction(List.of())),
                "chat",
                away);

        assertThat(outbox.all()).extracting(waiting -> waiting.notice().id()).containsExactlyInAnyOrder("n1", "n2");
    }

    private static Notice notice(String id) {
        return new NoticeDraft(id, Notice.Topic.RUN, Notice.Level.PROBLEM, "acme", "2026-11-20T02:30:00Z")
                .says("Backup failed", "acme: it failed.")
                .notice(new Redaction(List.of()));
    }
}
