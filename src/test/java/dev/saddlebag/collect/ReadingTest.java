package dev.saddlebag.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.notion.NotionRequest;
import dev.saddlebag.snapshot.Gap;
import dev.saddlebag.snapshot.StagingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A list that was opened must be closed by Notion's own word that there is no more. */
class ReadingTest {
    private static final String INCOMPLETE =
            "\"request_status\":{\"type\":\"incomplete\",\"incomplete_reason\":\"query_result_limit_reached\"}";

    private final List<String> taken = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final Reading list = Reading.list(
            new Subject("page", "p1", gaps::add),
            NotionRequest.list("/v1/blocks/p1/children", ""),
            answer -> answer.path("results").forEach(item -> taken.add(item.asText())));

    @Test
    void an_object_is_read_in_one_request() throws Exception {
        var object = Reading.one(subject("page"), NotionRequest.get("/v1/pages/p1"), answer -> taken.add("it"));
        assertThat(object.isOpen()).isTrue();
        object.accept(json("{\"object\":\"page\"}"));

        assertThat(object.isOpen()).isFalse();
        assertThat(taken).containsExactly("it");
    }

    @Test
    void a_list_is_followed_to_its_end() throws Exception {
        list.accept(json("{'results':['a','b'],'has_more':true,'next_cursor':'c1'}"));
        assertThat(list.isOpen()).isTrue();
        assertThat(list.request().query()).isEqualTo("page_size=100&start_cursor=c1");

        list.accept(json("{'results':[],'has_more':true,'next_cursor':'c2'}"));
        assertThat(list.isOpen()).isTrue();
        assertThat(list.request().query()).isEqualTo("page_size=100&start_cursor=c2");

        list.accept(json("{'results':['c'],'has_more':false,'next_cursor':null}"));
        assertThat(list.isOpen()).isFalse();
        assertThat(taken).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'results':['a'],'next_cursor':null}",
                "{'results':['a'],'has_more':null,'next_cursor':null}",
                "{'results':['a'],'has_more':'false','next_cursor':null}"
            })
    void silence_about_whether_there_is_more_closes_no_list(String answer) {
        assertThatThrownBy(() -> list.accept(json(answer)))
                .isInstanceOf(ListCutOffException.class)
                .hasMessageContaining("/v1/blocks/p1/children")
                .hasMessageContaining("whether there is more");
        assertThat(list.isOpen()).isTrue();
        assertThat(taken).containsExactly("a");
    }

    @Test
    void a_list_that_notion_calls_incomplete_is_cut_off_after_its_items_were_taken() {
        assertThatThrownBy(() -> list.accept(json("{'results':['a','b'],'has_more':false," + INCOMPLETE + "}")))
                .isInstanceOf(ListCutOffException.class)
                .hasMessage("the list /v1/blocks/p1/children of page p1 is cut off:"
                        + " Notion says query_result_limit_reached, and there is no other way to the rest");
        assertThat(taken).containsExactly("a", "b");
    }

    @Test
    void a_list_goes_on_as_long_as_there_is_more_whatever_its_status_says() throws Exception {
        list.accept(json("{'results':['a'],'has_more':true,'next_cursor':'c1'," + INCOMPLETE + "}"));

        assertThat(list.isOpen()).isTrue();
        assertThat(list.request().query()).endsWith("start_cursor=c1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",'next_cursor':null", ",'next_cursor':7"})
    void more_without_a_cursor_is_a_cut_off(String cursor) {
        assertThatThrownBy(() -> list.accept(json("{'results':['a'],'has_more':true" + cursor + "}")))
                .isInstanceOf(ListCutOffException.class)
                .hasMessageContaining("does not say where it goes on");
        assertThat(taken).containsExactly("a");
    }

    @Test
    void the_cursor_that_was_just_used_is_a_cut_off_and_no_endless_loop() throws Exception {
        list.accept(json("{'results':['a'],'has_more':true,'next_cursor':'c1'}"));

        assertThatThrownBy(() -> list.accept(json("{'results':['b'],'has_more':true,'next_cursor':'c1'}")))
                .isInstanceOf(ListCutOffException.class);
        assertThat(taken).containsExactly("a", "b");
    }

    @Test
    void a_search_goes_on_in_its_body() throws Exception {
        ObjectNode body = Json.MAPPER.createObjectNode().put("query", "x");
        var search = Reading.list(subject("search"), NotionRequest.postList("/v1/search", body), answer -> {});
        search.accept(json("{'results':[],'has_more':true,'next_cursor':'s:1'}"));

        assertThat(search.request().bodyText())
                .isEqualTo("{\"query\":\"x\",\"page_size\":100,\"start_cursor\":\"s:1\"}");
        assertThatThrownBy(() -> search.accept(json("{'results':[],'has_more':true,'next_cursor':'s:1'}")))
                .isInstanceOf(ListCutOffException.class);
    }

    @Test
    void a_disk_that_does_not_take_an_answer_is_no_fault_of_notion() {
        var reading = Reading.one(subject("page"), NotionRequest.get("/v1/pages/p1"), answer -> {
            throw new IOException("No space left on device");
        });

        assertThatThrownBy(() -> reading.accept(json("{}")))
                .isInstanceOf(StagingException.class)
                .hasMessageContaining("No space left on device");
    }

    @Test
    void a_reading_that_was_given_up_asks_for_nothing_more() {
        list.giveUp(Gap.Reason.FAILED, "Connection reset");

        assertThat(list.isOpen()).isFalse();
        assertThat(gaps).containsExactly(new Gap("page", "p1", Gap.Reason.FAILED, "Connection reset"));
    }

    private Subject subject(String object) {
        return new Subject(object, "p1", gaps::add);
    }

    private static ObjectNode json(String text) throws IOException {
        return (ObjectNode) Json.MAPPER.readTree(text.replace('\'', '"'));
    }
}
