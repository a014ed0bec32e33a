package dev.saddlebag.notion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection learns from the refusals of a Notion that counts in fixed windows. Time is a number here. */
class LearnedLimitTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instant START = Instant.parse("2026-11-20T02:00:00Z");
    private static final NotionRequest REQUEST = NotionRequest.get("/v1/users/me");

    @TempDir
    Path state;

    private final AtomicLong now = new AtomicLong();
    private final NotionDoor door = new NotionDoor();
    private LearnedLimit learned;
    private RequestBudget budget;
    private NotionConnection connection;

    @BeforeEach
    void connect() {
        InstantSource source = () -> START.plusNanos(now.get());
        Clock clock = source.withZone(ZoneOffset.UTC);
        learned = new LearnedLimit(file(), clock);
        budget = new RequestBudget(learned.requests(), MINUTE, now::get);
        connection = new NotionConnection("ntn_secret", budget, learned);
    }

    @ParameterizedTest(name = "Notion allows {0}, its windows begin {1} s after the first request, {2} s a request")
    @CsvSource({
        "180, 0, 0, 180, 1",
        "180, 13.7, 0, 180, 1",
        "180, 59.9, 0, 180, 1",
        "180, 13.7, 0.15, 180, 1",
        "180, 30, 0.3, 180, 1",
        "450, 0, 0, 180, 1",
        "450, 13.7, 0, 180, 1",
        "450, 59.9, 0, 180, 1",
        "450, 59.9, 0.11, 180, 1",
        "600, 0, 0, 600, 0",
        "600, 13.7, 0, 600, 0",
        "600, 59.9, 0, 600, 0",
        "600, 13.7, 0.05, 600, 0"
    })
    void one_refusal_teaches_the_plan(int allowed, double offset, double seconds, int limit, int refusals)
            throws Exception {
        var notion = new NotionWindows(allowed, offset);
        work(notion, 5, seconds);
        long before = notion.taken();
        work(notion, 100, seconds);

        assertThat(notion.refused()).isEqualTo(refusals);
        assertThat(connection.requestsPerMinute()).isEqualTo(limit);
        assertThat(learned.requests()).isEqualTo(limit);
        assertThat(notion.taken() - before).isGreaterThanOrEqualTo(limit * 95L * 98 / 100);
    }

    @ParameterizedTest(name = "{0} a minute")
    @ValueSource(ints = {100, 60, 12})
    void a_limit_of_no_plan_is_found_as_soon_as_a_whole_window_was_watched(int allowed) throws Exception {
        var notion = new NotionWindows(allowed, 50);
        work(notion, 10, 0);
        long refused = notion.refused();
        work(notion, 100, 0);

        assertThat(notion.refused()).isEqualTo(refused).isLessThanOrEqualTo(5);
        assertThat(connection.requestsPerMinute()).isBetween(allowed * 80 / 100, allowed);
    }

    @Test
    void what_was_under_way_at_the_first_refusal_teaches_nothing_more() throws Exception {
        var notion = new NotionWindows(180, 0);
        int workers = 8;
        while (now.get() < MINUTE.toNanos() * 20) {
            int underWay = 0;
            while (underWay < workers && budget.waitNanos() <= 0) {
                door.waitForTurn(connection);
                underWay++;
            }
            // All of them are sent before the first is answered; Notion forgets to say for how long to wait.
            for (int i = 0; i < underWay; i++) {
                if (!notion.take(now.get())) {
                    refuse("0", "public_api_request_rate_limit");
                }
            }
            now.addAndGet(Math.max(Duration.ofMillis(300).toNanos(), budget.waitNanos()));
        }

        assertThat(notion.refused()).isLessThan(workers);
        assertThat(learned.requests()).isEqualTo(180);
    }

    @ParameterizedTest
    @ValueSource(strings = {"public_api_space_request_rate_limit", "public_api_endpoint_rate_limit", ""})
    void the_limits_of_others_teach_nothing(String reason) throws Exception {
        send(400);
        refuse("30", reason);

        assertThat(Duration.ofNanos(budget.waitNanos())).isEqualTo(Duration.ofSeconds(30));
        assertThat(connection.requestsPerMinute()).isEqualTo(600);
        assertThat(file()).doesNotExist();
    }

    @Test
    void a_fixed_budget_learns_nothing() throws Exception {
        connection = new NotionConnection("ntn_secret", budget);
        send(181);
        refuse("30", "public_api_request_rate_limit");

        assertThat(connection.requestsPerMinute()).isEqualTo(600);
        assertThat(file()).doesNotExist();
    }

    @Test
    void a_refusal_right_at_the_start_says_little_because_another_process_may_have_sent_before() throws Exception {
        send(20);
        refuse("1", "public_api_request_rate_limit");
        assertThat(connection.requestsPerMinute()).isEqualTo(600);

        now.addAndGet(MINUTE.multipliedBy(2).toNanos());
        send(20);
        refuse("1", "public_api_request_rate_limit");
        assertThat(connection.requestsPerMinute()).isEqualTo(18);
    }

    @Test
    void a_budget_never_falls_below_ten() throws Exception {
        now.addAndGet(MINUTE.multipliedBy(2).toNanos());
        send(1);
        refuse("1", "public_api_request_rate_limit");

        assertThat(connection.requestsPerMinute()).isEqualTo(10);
    }

    @Test
    void what_was_learned_is_known_to_the_next_process_for_a_week() throws Exception {
        send(181);
        refuse("30", "public_api_request_rate_limit");
        assertThat(Json.MAPPER.readTree(file().toFile()))
                .hasToString("{\"limit\":180,\"learned\":\"2026-11-20T02:00:00Z\"}");

        assertThat(learnedAfter(Duration.ofDays(7).minusSeconds(1)).requests()).isEqualTo(180);
        assertThat(learnedAfter(Duration.ofDays(7)).requests()).isEqualTo(600);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"limit\":18",
                "[]",
                "{\"limit\":180}",
                "{\"limit\":180,\"learned\":\"yesterday\"}",
                "{\"limit\":0,\"learned\":\"2026-11-20T01:00:00Z\"}",
                "{\"limit\":100000,\"learned\":\"2026-11-20T01:00:00Z\"}",
                "{\"limit\":180,\"learned\":\"2126-11-20T01:00:00Z\"}"
            })
    void a_file_that_makes_no_sense_teaches_nothing(String text) throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), text);

        assertThat(learned.requests()).isEqualTo(600);
    }

    @Test
    void a_limit_that_cannot_be_written_holds_nevertheless() throws Exception {
        Files.writeString(file().getParent(), "A file where the folder should be.");
        send(181);
        refuse("30", "public_api_request_rate_limit");

        assertThat(connection.requestsPerMinute()).isEqualTo(180);
        assertThat(learned.requests()).isEqualTo(600);
    }

    /** Sends as fast as the budget and the {@code seconds} that a request takes allow, until {@code minute}. */
    private void work(NotionWindows notion, int minute, double seconds) throws Exception {
        while (now.get() < MINUTE.toNanos() * minute) {
            door.waitForTurn(connection);
            if (!notion.take(now.get())) {
                refuse(notion.retryAfter(now.get()), "public_api_request_rate_limit");
            }
            now.addAndGet(Math.max((long) (seconds * 1e9), budget.waitNanos()));
        }
    }

    private void send(int requests) throws Exception {
        for (int i = 0; i < requests; i++) {
            door.waitForTurn(connection);
        }
    }

    private void refuse(String retryAfter, String reason) {
        byte[] body = ("{\"object\":\"error\",\"status\":429,\"code\":\"rate_limited\",\"message\":\"Slow down.\","
                        + "\"additional_data\":{\"rate_limit_reason\":\"" + reason + "\"}}")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(catchThrowable(
                        () -> door.read(REQUEST, connection, 429, retryAfter, new ByteArrayInputStream(body))))
                .isInstanceOf(RateLimitedException.class);
    }

    private LearnedLimit learnedAfter(Duration time) {
        return new LearnedLimit(file(), Clock.fixed(START.plus(time), ZoneOffset.UTC));
    }

    private Path file() {
        return state.resolve("acme/budget.json");
    }
}
