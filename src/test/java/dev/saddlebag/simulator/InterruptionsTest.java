package dev.saddlebag.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.notion.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InterruptionsTest {
    private final SampleWorkspace workspace = SampleWorkspace.of(5, 60);
    private final NotionSimulator notion = NotionSimulator.start(workspace, Behaviour.standard());
    private final SimulatorClient client = new SimulatorClient(notion);

    @AfterEach
    void stop() {
        notion.close();
    }

    @Test
    void an_edit_happens_between_two_pages_of_a_list() {
        String page = workspace.standalonePages().get(Plan.LONG);
        String list = "/v1/blocks/" + page + "/children";
        List<String> before = workspace.paragraphs(page);
        notion.onRequest(
                call -> call.path().contains("start_cursor"),
                () -> workspace.addParagraph(page, "Written meanwhile", SampleWorkspace.Touch.MOVES_LAST_EDITED_TIME));
        String listed = client.all(list).toString();
        assertThat(listed).contains("Written meanwhile");
        assertThat(client.all(list)).hasSize(before.size() + 1);
    }

    @Test
    void a_page_of_a_list_whose_first_block_was_deleted_meanwhile_has_no_cursor_any_more() {
        String page = workspace.standalonePages().get(Plan.LONG);
        String list = "/v1/blocks/" + page + "/children";
        String next = workspace.paragraphs(page).get(100);
        notion.onRequest(
                call -> call.path().contains("start_cursor=" + next),
                () -> workspace.deleteBlock(next, SampleWorkspace.Touch.MOVES_LAST_EDITED_TIME));
        String cursor = client.get(list).body().get("next_cursor").asText();
        assertThat(client.get(list + "?start_cursor=" + cursor)
                        .body()
                        .get("message")
                        .asText())
                .contains("start_cursor provided is invalid");
    }

    @Test
    void it_is_done_once_and_before_the_answer() {
        var done = new AtomicInteger();
        notion.onRequest(call -> call.path().equals("/v1/users/me"), done::incrementAndGet);
        client.get("/v1/users");
        assertThat(done).hasValue(0);
        client.get("/v1/users/me");
        assertThat(done).hasValue(1);
        client.get("/v1/users/me");
        assertThat(done).hasValue(1);
    }

    @Test
    void parallel_requests_do_it_once_too() {
        var done = new AtomicInteger();
        notion.onRequest(call -> true, done::incrementAndGet);
        IntStream.range(0, 16).parallel().forEach(number -> client.get("/v1/users/me"));
        assertThat(done).hasValue(1);
    }

    @Test
    void what_waits_for_the_same_request_is_done_in_order() {
        List<String> done = new ArrayList<>();
        notion.onRequest(
                call -> call.method().equals("POST") && call.body().contains("page_size"), () -> done.add("first"));
        notion.onRequest(call -> call.path().equals("/v1/search"), () -> {
            // An action may itself ask, and set what comes next.
            client.get("/v1/users/me");
            notion.onRequest(call -> true, () -> done.add("third"));
            done.add("second");
        });
        client.post("/v1/search", Json.MAPPER.createObjectNode().put("page_size", 1));
        assertThat(done).containsExactly("first", "second");
        client.get("/v1/users/me");
        assertThat(done).containsExactly("first", "second", "third");
    }
}
