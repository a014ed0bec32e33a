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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
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

    @Test
    void a_circle_of_several_cursors_is_a_cut_off_and_no_endless_loop() throws Exception {
        list.accept(json("{'results':['a'],'has_more':true,'next_cursor':'A'}"));
        list.accept(json("{'results':['b'],'has_more':true,'next_cursor':'B'}"));

        assertThatThrownBy(() -> list.accept(json("{'results':['c'],'has_more':true,'next_cursor':'A'}")))
                .isInstanceOf(ListCutOffException.class)
                .hasMessageContaining("round in a circle");
    }

    @Test
    void a_list_that_has_lost_its_place_is_read_again_from_its_beginning() throws Exception {
        list.accept(json("{'results':['a'],'has_more':true,'next_cursor':'c1'}"));
        assertThat(list.mayRestart()).isTrue();
        list.prepareForNextAttempt(Refusal.cursorLost());

        assertThat(list.isOpen()).isTrue();
        assertThat(list.request().query()).isEqualTo("page_size=100");
        // The same cursors come once more, and that is no circle.
        list.accept(json("{'results':['a'],'has_more':true,'next_cursor':'c1'}"));
        assertThat(list.request().query()).isEqualTo("page_size=100&start_cursor=c1");
    }

    @Test
    void a_list_is_begun_again_three_times_at_most() throws Exception {
        for (int time = 1; time <= 3; time++) {
            list.accept(json("{'results':['a'],'has_more':true,'next_cursor':'c1'}"));
            assertThat(list.mayRestart()).as("time %d", time).isTrue();
            list.prepareForNextAttempt(Refusal.cursorLost());
        }
        list.accept(json("{'results':['a'],'has_more':true,'next_cursor':'c1'}"));

        assertThat(list.mayRestart()).isFalse();
    }

    @Test
    void an_object_has_no_place_to_lose() {
        assertThat(Reading.one(subject("page"), NotionRequest.get("/v1/pages/p1"), answer -> {})
                        .mayRestart())
                .isFalse();
    }

    @Test
    void who_takes_a_list_is_told_that_it_begins_again() throws Exception {
        var told = new AtomicInteger();
        var reading = Reading.list(subject("page"), NotionRequest.list("/v1/x", ""), new Reading.Sink() {
            @Override
            public void accept(ObjectNode answer) {
                answer.path("results").forEach(item -> taken.add(item.asText()));
            }

            @Override
            public void restart() {
                told.incrementAndGet();
                taken.clear();
            }
        });
        reading.accept(json("{'results':['a','b'],'has_more':true,'next_cursor':'c1'}"));
        reading.prepareForNextAttempt(Refusal.busy(503));
        assertThat(told).hasValue(0);

        reading.prepareForNextAttempt(Refusal.cursorLost());
        assertThat(told).hasValue(1);
        reading.accept(json("{'results':['b','a'],'has_more':true,'next_cursor':'c1'}"));
        reading.accept(json("{'results':['c'],'has_more':false}"));
        assertThat(taken).containsExactly("b", "a", "c");
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void when_notion_takes_too_long_less_is_asked_for_down_to_one_entry(int status) throws Exception {
        list.accept(json("{'results':[],'has_more':true,'next_cursor':'c1'}"));
        List<Integer> sizes = new ArrayList<>();
        for (int time = 0; time < 8; time++) {
            list.prepareForNextAttempt(Refusal.busy(status));
            sizes.add(list.request().pageSize());
        }

        assertThat(sizes).containsExactly(50, 25, 12, 6, 3, 1, 1, 1);
        assertThat(list.request().query()).isEqualTo("page_size=1&start_cursor=c1");
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 429, 500, 529})
    void other_troubles_have_nothing_to_do_with_how_much_was_asked_for(int status) {
        list.prepareForNextAttempt(Refusal.busy(status));
        list.prepareForNextAttempt(new IOException("Connection reset"));

        assertThat(list.request().pageSize()).isEqualTo(100);
    }

    @Test
    void an_object_is_asked_for_as_it_is_however_long_it_takes() {
        var object = Reading.one(subject("page"), NotionRequest.get("/v1/pages/p1"), answer -> {});
        object.prepareForNextAttempt(Refusal.busy(503));

        assertThat(object.request()).hasToString("GET /v1/pages/p1");
    }

    @Test
    void after_three_good_pages_twice_as_much_is_asked_for_up_to_a_hundred() throws Exception {
        list.prepareForNextAttempt(Refusal.busy(503));
        list.prepareForNextAttempt(Refusal.busy(503));
        List<Integer> sizes = new ArrayList<>();
        for (int page = 1; page <= 10; page++) {
            list.accept(json("{'results':[],'has_more':true,'next_cursor':'c" + page + "'}"));
            sizes.add(list.request().pageSize());
        }

        assertThat(sizes).containsExactly(25, 25, 50, 50, 50, 100, 100, 100, 100, 100);
    }

    @Test
    void good_pages_count_only_in_a_row() throws Exception {
        list.prepareForNextAttempt(Refusal.busy(503));
        list.accept(json("{'results':[],'has_more':true,'next_cursor':'c1'}"));
        list.accept(json("{'results':[],'has_more':true,'next_cursor':'c2'}"));
        list.prepareForNextAttempt(Refusal.busy(503));
        list.accept(json("{'results':[],'has_more':true,'next_cursor':'c3'}"));
        list.accept(json("{'results':[],'has_more':true,'next_cursor':'c4'}"));

        assertThat(list.request().pageSize()).isEqualTo(25);
        list.accept(json("{'results':[],'has_more':true,'next_cursor':'c5'}"));
        assertThat(list.request().pageSize()).isEqualTo(50);
    }

    @Test
    void a_list_that_is_begun_again_keeps_to_the_size_that_notion_can_bear() throws Exception {
        list.accept(json("{'results':[],'has_more':true,'next_cursor':'c1'}"));
        list.prepareForNextAttempt(Refusal.busy(504));
        list.prepareForNextAttempt(Refusal.cursorLost());

        assertThat(list.request().query()).isEqualTo("page_size=50");
    }

    @Test
    void a_list_that_one_query_does_not_give_whole_goes_on_with_the_next() throws Exception {
        Reading reading = inTwoQueries(answer -> false);
        reading.accept(json("{'results':['a'],'has_more':true,'next_cursor':'c1'}"));
        reading.prepareForNextAttempt(Refusal.busy(503));
        reading.accept(json("{'results':['b'],'has_more':false," + INCOMPLETE + "}"));

        assertThat(reading.isOpen()).isTrue();
        assertThat(reading.request()).hasToString("GET /v1/second?page_size=50");
        // A cursor of the second query may be spelt like one of the first.
        reading.accept(json("{'results':['c'],'has_more':true,'next_cursor':'c1'}"));
        reading.accept(json("{'results':['d'],'has_more':false}"));

        assertThat(reading.isOpen()).isFalse();
        assertThat(taken).containsExactly("a", "b", "c", "d");
        assertThat(reading.requests()).isEqualTo(4);
    }

    @Test
    void the_query_that_has_lost_its_place_is_the_one_that_begins_again() throws Exception {
        Reading reading = inTwoQueries(answer -> false);
        reading.accept(json("{'results':['a'],'has_more':false," + INCOMPLETE + "}"));
        reading.accept(json("{'results':['b'],'has_more':true,'next_cursor':'c1'}"));
        reading.prepareForNextAttempt(Refusal.cursorLost());

        assertThat(reading.request()).hasToString("GET /v1/second?page_size=100");
    }

    @Test
    void the_last_query_must_make_the_list_whole() throws Exception {
        Reading cut = inTwoQueries(answer -> false);
        cut.accept(json("{'results':['a'],'has_more':false," + INCOMPLETE + "}"));
        assertThatThrownBy(() -> cut.accept(json("{'results':['b'],'has_more':false," + INCOMPLETE + "}")))
                .isInstanceOf(ListCutOffException.class);

        Reading whole = inTwoQueries(answer -> true);
        whole.accept(json("{'results':['a'],'has_more':false," + INCOMPLETE + "}"));
        whole.accept(json("{'results':['b'],'has_more':false," + INCOMPLETE + "}"));
        assertThat(whole.isOpen()).isFalse();
    }

    private Reading inTwoQueries(Predicate<ObjectNode> isWhole) {
        Reading.Continuation continuation = new Reading.Continuation() {
            private boolean first = true;

            @Override
            public Optional<NotionRequest> next(ObjectNode lastPage) {
                boolean was = first;
                first = false;
                return was ? Optional.of(NotionRequest.list("/v1/second", "")) : Optional.empty();
            }

            @Override
            public boolean isWhole(ObjectNode lastPage) {
                return !Reading.isIncomplete(lastPage) || isWhole.test(lastPage);
            }
        };
        return Reading.list(
                subject("page"),
                NotionRequest.list("/v1/first", ""),
                answer -> answer.path("results").forEach(item -> taken.add(item.asText())),
                continuation);
    }

    @Test
    void whoever_has_enough_ends_the_list_and_that_is_no_cut_off() throws Exception {
        var reading = Reading.list(subject("search"), NotionRequest.list("/v1/x", ""), new Reading.Sink() {
            @Override
            public void accept(ObjectNode answer) {
                answer.path("results").forEach(item -> taken.add(item.asText()));
            }

            @Override
            public boolean hasEnough() {
                return taken.contains("b");
            }
        });
        reading.accept(json("{'results':['a'],'has_more':true,'next_cursor':'c1'}"));
        assertThat(reading.isOpen()).isTrue();
        reading.accept(json("{'results':['b'],'has_more':true,'next_cursor':'c2'}"));

        assertThat(reading.isOpen()).isFalse();
        assertThat(gaps).isEmpty();
    }

    @Test
    void answers_are_counted_and_failures_are_not() throws Exception {
        list.prepareForNextAttempt(Refusal.busy(503));
        list.accept(json("{'results':[],'has_more':true,'next_cursor':'c1'}"));
        list.accept(json("{'results':[],'has_more':false}"));

        assertThat(list.requests()).isEqualTo(2);
    }

    private Subject subject(String object) {
        return new Subject(object, "p1", gaps::add);
    }

    private static ObjectNode json(String text) throws IOException {
        return (ObjectNode) Json.MAPPER.readTree(text.replace('\'', '"'));
    }
}
