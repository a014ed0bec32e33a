package dev.saddlebag.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestLogTest {
    private final NotionSimulator notion = NotionSimulator.start(SampleWorkspace.of(5, 60), Behaviour.standard());
    private final SimulatorClient client = new SimulatorClient(notion);
    private final RequestLog log = notion.requests();

    @AfterEach
    void stop() {
        notion.close();
    }

    private static ObjectNode body() {
        return Json.MAPPER.createObjectNode();
    }

    @Test
    void requests_are_counted_by_kind() {
        String page = notion.workspace().standalonePages().get(1);
        client.get("/v1/users/me");
        client.get("/v1/users?page_size=1");
        client.get("/v1/users?page_size=2");
        client.post("/v1/search", body());
        client.get("/v1/comments?block_id=" + page);
        client.get("/v1/comments/" + page);
        client.get("/v1/nothing");
        assertThat(log.counts())
                .isEqualTo(Map.of("me", 1, "users", 2, "search", 1, "comments", 1, "comment", 1, "other", 1));
        assertThat(log.count("users")).isEqualTo(2);
        assertThat(log.total()).isEqualTo(7);
    }

    @Test
    void pages_of_a_list_are_different_requests() {
        client.all("/v1/search", body());
        client.all("/v1/users");
        client.post("/v1/search", body().put("page_size", 10));
        client.post("/v1/search", body().put("page_size", 11));
        assertThat(log.count("search")).isGreaterThan(2);
        assertThat(log.repeated()).isEmpty();
    }

    @Test
    void what_was_answered_and_is_asked_again_is_repeated() {
        for (int times = 0; times < 3; times++) {
            client.post("/v1/search", body().put("page_size", 10));
        }
        client.get("/v1/users/me");
        client.get("/v1/users/me");
        client.get("/v1/users");
        assertThat(log.repeated())
                .containsExactly(
                        new RequestLog.Repeat("POST", "/v1/search", "{\"page_size\":10}", "search", 3),
                        new RequestLog.Repeat("GET", "/v1/users/me", "", "me", 2));
        log.reset();
        assertThat(log.repeated()).isEmpty();
    }

    @Test
    void a_request_that_failed_may_be_made_again() {
        for (Fault fault : new Fault[] {Fault.UNAVAILABLE, Fault.RATE_LIMITED, Fault.SHORT_BODY, Fault.CUT_CHUNKS}) {
            notion.faults().fail(call -> true, fault, 1);
            try {
                client.get("/v1/users/me");
            } catch (UncheckedIOException e) {
                // The client saw no answer, which is what the fault is for.
            }
        }
        assertThat(client.get("/v1/users/me").status()).isEqualTo(200);
        assertThat(client.get("/v1/users/me/nothing").status()).isEqualTo(400);
        assertThat(client.get("/v1/users/me/nothing").status()).isEqualTo(400);
        assertThat(log.repeated()).isEmpty();
        client.get("/v1/users/me");
        assertThat(log.repeated()).hasSize(1);
    }
}
