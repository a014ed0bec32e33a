package dev.saddlebag.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.notion.NotionRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A search that gives only so many results is read from both ends, until both have met. */
class SearchWindowsTest {
    private final List<String> asked = new ArrayList<>();
    private final Set<Integer> shown = new TreeSet<>();

    @Test
    void a_search_that_ends_by_itself_is_asked_once() throws Exception {
        search(List.of(1, 2, 3), 10, false);

        assertThat(shown).containsExactly(0, 1, 2);
        assertThat(asked)
                .containsExactly("POST /v1/search {\"sort\":{\"timestamp\":\"last_edited_time\","
                        + "\"direction\":\"descending\"},\"page_size\":100}");
    }

    @Test
    void the_trash_is_searched_for_itself() throws Exception {
        search(List.of(1, 2, 3, 4), 3, true);

        assertThat(shown).containsExactly(0, 1, 2, 3);
        assertThat(asked)
                .containsExactly(
                        "POST /v1/search {\"filter\":{\"in_trash\":true},\"sort\":{\"timestamp\":\"last_edited_time\","
                                + "\"direction\":\"descending\"},\"page_size\":100}",
                        "POST /v1/search {\"filter\":{\"in_trash\":true},\"sort\":{\"timestamp\":\"last_edited_time\","
                                + "\"direction\":\"ascending\"},\"page_size\":100}");
    }

    @Test
    void a_search_that_ends_too_early_is_asked_from_the_other_end_too() throws Exception {
        search(IntStream.range(0, 18).boxed().toList(), 10, false);

        assertThat(shown).hasSize(18);
        assertThat(asked).hasSize(2);
    }

    @Test
    void both_ends_that_have_not_met_are_a_cut_off() {
        assertThatThrownBy(() -> search(IntStream.range(0, 21).boxed().toList(), 10, false))
                .isInstanceOf(ListCutOffException.class)
                .hasMessageContaining("there is no other way to the rest");
        assertThat(shown).hasSize(20);
    }

    @Test
    void both_ends_that_end_in_the_same_minute_may_have_missed_what_lies_between() {
        List<Integer> minutes = new ArrayList<>(Collections.nCopies(21, 5));

        assertThatThrownBy(() -> search(minutes, 10, false)).isInstanceOf(ListCutOffException.class);
        assertThat(shown).hasSizeLessThan(21);
    }

    @Property(tries = 500)
    void a_search_that_is_not_cut_off_has_shown_everything(
            @ForAll @Size(max = 25) List<@IntRange(max = 8) Integer> minutes,
            @ForAll @IntRange(min = 1, max = 20) int cap)
            throws Exception {
        shown.clear();
        asked.clear();
        try {
            search(minutes, cap, false);
        } catch (ListCutOffException named) {
            assertThat(minutes).hasSizeGreaterThan(cap);
            return;
        }
        assertThat(shown).hasSize(minutes.size());
    }

    private void search(List<Integer> minutes, int cap, boolean inTrash) throws Exception {
        Reading reading = Reading.list(
                new Subject("search", "acme", gap -> {}),
                SearchWindows.newestFirst(inTrash),
                answer -> answer.path("results")
                        .forEach(object -> shown.add(object.path("id").asInt())),
                new SearchWindows(inTrash));
        while (reading.isOpen()) {
            asked.add(reading.request().toString());
            reading.accept(answer(reading.request(), minutes, cap));
        }
    }

    /** Objects of the same minute come in the same order from either end. */
    private static ObjectNode answer(NotionRequest request, List<Integer> minutes, int cap) throws IOException {
        JsonNode body = Json.MAPPER.readTree(request.bodyText());
        Comparator<Integer> order = Comparator.comparing(minutes::get);
        boolean descending = body.at("/sort/direction").asText().equals("descending");
        List<Integer> found = IntStream.range(0, minutes.size())
                .boxed()
                .sorted(descending ? order.reversed() : order)
                .toList();
        ObjectNode answer = Json.MAPPER.createObjectNode();
        answer.putArray("results");
        for (int object : found.subList(0, Math.min(cap, found.size()))) {
            answer.withArray("/results")
                    .addObject()
                    .put("id", object)
                    .put("last_edited_time", "2026-01-01T00:%02d:00.000Z".formatted(minutes.get(object)));
        }
        answer.put("has_more", false);
        if (found.size() > cap) {
            answer.putObject("request_status").put("type", "incomplete").put("incomplete_reason", "limit");
        }
        return answer;
    }
}
