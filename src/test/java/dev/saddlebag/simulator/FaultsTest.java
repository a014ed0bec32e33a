package dev.saddlebag.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FaultsTest {
    private final NotionSimulator notion = NotionSimulator.start(SampleWorkspace.of(5, 60), Behaviour.standard());
    private final SimulatorClient client = new SimulatorClient(notion);

    @AfterEach
    void stop() {
        notion.close();
    }

    @ParameterizedTest
    @CsvSource({
        "RATE_LIMITED, 429, rate_limited",
        "INTERNAL_ERROR, 500, internal_server_error",
        "BAD_GATEWAY, 502, bad_gateway",
        "UNAVAILABLE, 503, service_unavailable",
        "GATEWAY_TIMEOUT, 504, gateway_timeout",
        "OVERLOADED, 529, service_overload"
    })
    void refusalsComeInNotionsWords(Fault fault, int status, String code) {
        notion.faults().fail(call -> call.path().equals("/v1/users/me"), fault, 1);
        SimulatorClient.Answer answer = client.get("/v1/users/me");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().get("code").asText()).isEqualTo(code);
        boolean waits = status == 429 || status == 529;
        assertThat(answer.response().headers().firstValue("retry-after").isPresent())
                .isEqualTo(waits);
        assertThat(client.get("/v1/users/me").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET", "RESET_IN_BODY", "SHORT_BODY", "CUT_CHUNKS"})
    void connectionsBreak(Fault fault) {
        // Five times, because a client may silently try again on a kept connection.
        notion.faults().fail(call -> call.path().equals("/v1/users"), fault, 5);
        assertThatThrownBy(() -> client.get("/v1/users")).isInstanceOf(UncheckedIOException.class);
        notion.faults().clear();
        assertThat(client.get("/v1/users").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"HTML_PAGE, 502", "EDGE_BLOCK, 403"})
    void what_stands_between_answers_in_html(Fault fault, int status) {
        notion.faults().fail(call -> true, fault, 1);
        SimulatorClient.Answer answer = client.get("/v1/users");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.response().headers().firstValue("content-type")).contains("text/html");
        assertThat(answer.response().headers().firstValue("cf-ray")).isPresent();
        assertThat(answer.response().headers().firstValue("x-notion-request-id"))
                .isEmpty();
        assertThat(client.get("/v1/users").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "public_api_space_request_rate_limit, 90",
        "public_api_space_request_rate_limit, 1",
        "public_api_endpoint_rate_limit, 2"
    })
    void other_limits_than_the_budget_say_what_they_are(String reason, int seconds) {
        notion.faults().limit(call -> call.path().startsWith("/v1/users"), reason, seconds, 2);
        for (int times = 0; times < 2; times++) {
            SimulatorClient.Answer refused = client.get("/v1/users");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.body().get("code").asText()).isEqualTo("rate_limited");
            assertThat(refused.body().at("/additional_data/rate_limit_reason").asText())
                    .isEqualTo(reason);
            assertThat(refused.body().at("/additional_data/retry_after").asText())
                    .isEqualTo(Integer.toString(seconds));
            assertThat(refused.response().headers().firstValue("retry-after")).contains(Integer.toString(seconds));
            assertThat(client.get("/v1/custom_emojis").status()).isEqualTo(200);
        }
        assertThat(client.get("/v1/users").status()).isEqualTo(200);
        assertThat(notion.requests().rateLimited()).isEqualTo(2);
    }

    @Test
    void a_mix_has_no_trouble_that_does_not_pass() {
        notion.faults().mix(9, 100);
        notion.faults().mostInARow(1_000);
        notion.faults().slowness(Duration.ZERO);
        Set<Integer> statuses = new TreeSet<>();
        for (int request = 0; request < 300; request++) {
            try {
                statuses.add(client.get("/v1/users").status());
            } catch (UncheckedIOException e) {
                statuses.add(0);
            }
        }
        assertThat(statuses).contains(0, 200, 429, 500, 502, 503, 504, 529).doesNotContain(403);
    }

    @Test
    void aBlockedConnectionAndADeadTokenStayAsTheyAre() {
        notion.faults().block(true);
        JsonNode blocked = client.get("/v1/users").body();
        assertThat(blocked.at("/additional_data/rate_limit_reason").asText()).isEqualTo("public_api_request_blocked");
        notion.faults().block(false);
        notion.faults().killToken(true);
        assertThat(client.get("/v1/users").status()).isEqualTo(401);
        notion.faults().clear();
        assertThat(client.get("/v1/users").status()).isEqualTo(200);
        assertThat(notion.requests().total()).isEqualTo(3);
        assertThat(notion.requests().rateLimited()).isEqualTo(1);
        assertThat(notion.requests().count("users")).isEqualTo(3);
        notion.requests().reset();
        assertThat(notion.requests().total()).isZero();
    }

    @Test
    void aMixLetsEveryRequestThroughInTheEnd() {
        notion.faults().mix(9, 60);
        notion.faults().slowness(Duration.ZERO);
        int failures = 0;
        for (int request = 0; request < 60; request++) {
            boolean good = false;
            for (int attempt = 0; attempt < 8 && !good; attempt++) {
                try {
                    good = client.get("/v1/users?page_size=" + (request % 20 + 1))
                                    .status()
                            == 200;
                } catch (UncheckedIOException e) {
                    good = false;
                }
                failures += good ? 0 : 1;
            }
            assertThat(good).isTrue();
        }
        assertThat(failures).isGreaterThan(20);
    }

    @Test
    void aWindowHasItsBudget() {
        var clock = Clock.fixed(Instant.parse("2026-11-20T12:00:20Z"), ZoneOffset.UTC);
        Behaviour limited =
                Behaviour.standard().withClock(clock).withRateLimit(3, Duration.ofSeconds(60), Duration.ofSeconds(5));
        try (var slow = NotionSimulator.start(SampleWorkspace.of(1, 5), limited)) {
            var slowClient = new SimulatorClient(slow);
            for (int request = 0; request < 3; request++) {
                assertThat(slowClient.get("/v1/users/me").status()).isEqualTo(200);
            }
            SimulatorClient.Answer refused = slowClient.get("/v1/users/me");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.response().headers().firstValue("retry-after")).contains("45");
            assertThat(refused.body().at("/additional_data/retry_after").asText())
                    .isEqualTo("45");
            assertThat(slow.requests().counts()).isEqualTo(Map.of("me", 4));
        }
    }
}
