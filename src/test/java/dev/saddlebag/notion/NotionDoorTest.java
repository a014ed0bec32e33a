package dev.saddlebag.notion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of each answer of Notion (facts/notion-api.md §4.2). */
class NotionDoorTest {
    private static final String TOKEN = "ntn_1234567890SECRET";
    private static final NotionRequest REQUEST = NotionRequest.get("/v1/pages/p1");

    private final AtomicLong now = new AtomicLong();
    private final RequestBudget budget = new RequestBudget(5, Duration.ofMinutes(1), now::get);
    private final NotionConnection connection = new NotionConnection(TOKEN, budget);
    private final NotionDoor door = new NotionDoor();

    @Test
    void a_good_answer_is_its_json_without_what_names_the_request() throws Exception {
        ObjectNode answer = answer(200, "{\"object\":\"page\",\"id\":\"p1\",\"request_id\":\"r-1\",\"cover\":null}");

        assertThat(answer).hasToString("{\"object\":\"page\",\"id\":\"p1\",\"cover\":null}");
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_json, RequestRejectedException",
        "400, invalid_request_url, RequestRejectedException",
        "400, invalid_request, RequestRejectedException",
        "400, missing_version, RequestRejectedException",
        "400, invalid_beta, RequestRejectedException",
        "400, invalid_grant, RequestRejectedException",
        "400, validation_error, RequestRejectedException",
        "401, unauthorized, AccessRefusedException",
        "403, restricted_resource, RequestRejectedException",
        "404, object_not_found, ObjectNotVisibleException",
        "409, conflict_error, NotionBusyException",
        "413, payload_too_large, RequestRejectedException",
        "500, internal_server_error, NotionBusyException",
        "502, bad_gateway, NotionBusyException",
        "503, service_unavailable, NotionBusyException",
        "503, database_connection_unavailable, NotionBusyException",
        "504, gateway_timeout, NotionBusyException"
    })
    void every_error_of_the_table_has_its_class(int status, String code, String type) {
        Throwable error = catchThrowable(() -> answer(status, error(status, code, "Such is life.")));

        assertThat(error.getClass().getSimpleName()).isEqualTo(type);
        assertThat(error).hasMessage("Notion answered " + status + " " + code + " to GET /v1/pages/p1: Such is life.");
        assertThat(((NotionException) error).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "429, rate_limited, public_api_request_rate_limit, the limit of this connection",
        "429, rate_limited, public_api_space_request_rate_limit, "
                + "the limit that all connections of the Notion workspace share",
        "429, rate_limited, public_api_endpoint_rate_limit, the limit of this kind of request",
        "429, rate_limited, public_api_some_new_limit, Notion does not say whose limit it is",
        "529, service_overload, , Notion is overloaded"
    })
    void an_order_to_wait_is_no_fault_and_says_whose_limit_is_reached(
            int status, String code, String reason, String words) {
        Throwable error = catchThrowable(() -> answer(status, "7", error(status, code, "Slow down.", reason)));

        assertThat(error)
                .isInstanceOf(RateLimitedException.class)
                .hasMessage(
                        "Notion answered " + status + " " + code + " to GET /v1/pages/p1: Slow down. (" + words + ")");
        assertThat(((NotionException) error).status()).isEqualTo(status);
        assertThat(pause()).isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 529})
    void an_order_to_wait_may_come_from_a_proxy(int status) {
        assertThatThrownBy(() -> answer(status, "7", "<html>Too many requests</html>"))
                .isInstanceOf(RateLimitedException.class)
                .hasMessageContaining("Too many requests");
        assertThat(pause()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void a_pause_of_an_hour_is_obeyed_in_full() {
        String error = error(429, "rate_limited", "Slow down.", "public_api_space_request_rate_limit");
        assertThatThrownBy(() -> answer(429, "3600", error)).isInstanceOf(RateLimitedException.class);

        assertThat(pause()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void a_refused_token_closes_the_connection_so_that_nothing_else_is_sent() throws Exception {
        door.waitForTurn(connection);
        Throwable refusal = catchThrowable(() -> answer(401, error(401, "unauthorized", "API token is invalid.")));

        assertThatThrownBy(() -> door.waitForTurn(connection)).isSameAs(refusal);
        assertThat(connection.requests()).isEqualTo(1);
    }

    @Test
    void a_blocked_connection_is_closed_although_the_status_looks_like_a_pause() {
        String blocked = "{\"object\":\"error\",\"status\":429,\"code\":\"rate_limited\",\"message\":\"Blocked.\","
                + "\"additional_data\":{\"rate_limit_reason\":\"public_api_request_blocked\"}}";

        assertThatThrownBy(() -> answer(429, blocked)).isInstanceOf(AccessRefusedException.class);
        assertThatThrownBy(() -> door.waitForTurn(connection)).isInstanceOf(AccessRefusedException.class);
        assertThat(connection.requests()).isZero();
    }

    @Test
    void no_other_error_closes_the_connection() {
        for (int status : new int[] {400, 403, 404, 409, 500, 502, 503, 504}) {
            assertThatThrownBy(() -> answer(status, error(status, "whatever", "No.")))
                    .isInstanceOf(NotionException.class);
        }

        assertThatCode(() -> door.waitForTurn(connection)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 529})
    void everybody_pauses_for_as_long_as_the_header_says(int status) {
        assertThatThrownBy(() -> answer(status, "7", error(status, "rate_limited", "Slow down.")))
                .isInstanceOf(NotionException.class);

        assertThat(pause()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void the_pause_may_stand_in_the_body_instead() {
        String error = "{\"object\":\"error\",\"status\":429,\"code\":\"rate_limited\",\"message\":\"Slow down.\","
                + "\"additional_data\":{\"retry_after\":3.5}}";
        assertThatThrownBy(() -> answer(429, error)).isInstanceOf(NotionException.class);

        assertThat(pause()).isEqualTo(Duration.ofMillis(3500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "Wed, 21 Oct 2026 07:28:00 GMT", "NaN", "Infinity", "1e300", "-4"})
    void a_pause_that_makes_no_sense_is_a_short_one(String retryAfter) {
        Throwable error = catchThrowable(() -> answer(429, retryAfter, error(429, "rate_limited", "Slow down.")));

        assertThat(error).isInstanceOf(RateLimitedException.class);
        assertThat(pause()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void a_fault_at_notions_end_pauses_nobody() {
        assertThatThrownBy(() -> answer(503, "60", error(503, "service_unavailable", "Try again.")))
                .isInstanceOf(NotionException.class);

        assertThat(budget.waitNanos()).isNotPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void a_page_in_html_from_a_proxy_is_as_good_as_its_status(int status) {
        assertThatThrownBy(() -> answer(status, "<html><h1>Bad   gateway</h1>\n<p>nginx</p></html>"))
                .isInstanceOf(NotionBusyException.class)
                .hasMessage("Notion answered " + status + " to GET /v1/pages/p1: Bad gateway nginx");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404})
    void what_a_proxy_refuses_says_nothing_about_what_notion_has(int status) {
        assertThatThrownBy(() -> answer(status, "<html>Access denied by the network</html>"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Access denied by the network");
    }

    @Test
    void a_foreign_answer_is_quoted_in_part_only() {
        assertThatThrownBy(() -> answer(502, "x".repeat(100_000)))
                .satisfies(error -> assertThat(error.getMessage()).hasSizeLessThan(300));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"object\":\"list\",\"results\":[",
                "{\"object\":\"page\"} and more",
                "<html>Welcome to the hotel</html>",
                "[1, 2]",
                "null",
                "\"text\""
            })
    void an_answer_that_is_no_whole_json_object_is_worth_another_try(String body) {
        assertThatThrownBy(() -> answer(200, body))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("GET /v1/pages/p1");
    }

    @Test
    void an_answer_that_breaks_off_is_worth_another_try_and_is_closed() {
        var closed = new AtomicBoolean();
        var broken = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw new IOException("Connection reset");
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };

        assertThatThrownBy(() -> door.read(REQUEST, connection, 200, null, broken))
                .isInstanceOf(IOException.class)
                .hasMessage("Connection reset");
        assertThat(closed).isTrue();
    }

    @Test
    void an_error_without_a_body_is_told_by_its_status() {
        assertThatThrownBy(() -> door.read(REQUEST, connection, 500, null, null))
                .isInstanceOf(NotionBusyException.class)
                .hasMessage("Notion answered 500 to GET /v1/pages/p1");
    }

    @Test
    void the_token_is_in_no_text_even_when_an_answer_repeats_it() {
        assertThat(connection.toString()).doesNotContain(TOKEN);
        assertThat(REQUEST.toString()).doesNotContain(TOKEN);
        for (int status : new int[] {200, 400, 401, 403, 404, 407, 429, 500, 502}) {
            String page = "<pre>Your request: Authorization: Bearer " + TOKEN + "</pre>";
            assertThat(wholeText(catchThrowable(() -> answer(status, page)))).doesNotContain(TOKEN);
            String json = error(status, "some_code", "Your token " + TOKEN + " is odd.");
            if (status != 200) {
                assertThat(wholeText(catchThrowable(() -> answer(status, json))))
                        .doesNotContain(TOKEN);
            }
        }
    }

    @Test
    void the_budget_is_asked_before_each_request() throws Exception {
        for (int i = 0; i < 5; i++) {
            door.waitForTurn(connection);
        }

        assertThat(connection.requests()).isEqualTo(5);
        assertThat(budget.waitNanos()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "'Sat, 21 Nov 2026 02:00:00 GMT', PT0S",
        "'Sat, 21 Nov 2026 02:07:30 GMT', PT7M30S",
        "'Sat, 21 Nov 2026 01:00:00 GMT', PT-1H"
    })
    void the_connection_knows_by_how_much_notions_clock_is_ahead(String date, Duration ahead) {
        assertThat(connection.clockSkew()).isEmpty();

        doorAtTwo().compareClocks(connection, date);

        assertThat(connection.clockSkew()).contains(ahead);
    }

    @Test
    void what_is_no_date_is_passed_over() {
        NotionDoor two = doorAtTwo();
        two.compareClocks(connection, null);
        two.compareClocks(connection, "");
        two.compareClocks(connection, "soon");
        assertThat(connection.clockSkew()).isEmpty();

        two.compareClocks(connection, "Sat, 21 Nov 2026 02:00:09 GMT");
        two.compareClocks(connection, "soon");
        assertThat(connection.clockSkew()).contains(Duration.ofSeconds(9));
    }

    private static NotionDoor doorAtTwo() {
        return new NotionDoor(Clock.fixed(Instant.parse("2026-11-21T02:00:00Z"), ZoneOffset.UTC));
    }

    private ObjectNode answer(int status, String body) throws Exception {
        return answer(status, null, body);
    }

    private ObjectNode answer(int status, String retryAfter, String body) throws Exception {
        var bytes = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
        return door.read(REQUEST, connection, status, retryAfter, bytes);
    }

    private Duration pause() {
        return Duration.ofNanos(budget.waitNanos());
    }

    private static String error(int status, String code, String message) {
        return "{\"object\":\"error\",\"status\":" + status + ",\"code\":\"" + code + "\",\"message\":\"" + message
                + "\",\"request_id\":\"r-1\"}";
    }

    private static String error(int status, String code, String message, String reason) {
        return "{\"object\":\"error\",\"status\":" + status + ",\"code\":\"" + code + "\",\"message\":\"" + message
                + "\"" + (reason == null ? "" : ",\"additional_data\":{\"rate_limit_reason\":\"" + reason + "\"}")
                + "}";
    }

    private static String wholeText(Throwable error) {
        var text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
