package dev.saddlebag.notion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Lists are asked for a hundred at a time, and go on where Notion says. */
class NotionRequestTest {

    @Test
    void one_object_is_asked_for_without_any_parameter() {
        var request = NotionRequest.get("/v1/pages/p1");

        assertThat(request).hasToString("GET /v1/pages/p1");
        assertThat(request.bodyText()).isNull();
    }

    @Test
    void a_list_asks_for_a_hundred_entries_in_every_request() {
        var first = NotionRequest.list("/v1/users", "");
        var second = first.at(Optional.of("c1"));
        var third = second.at(Optional.of("c2"));

        assertThat(first.query()).isEqualTo("page_size=100");
        assertThat(second.query()).isEqualTo("page_size=100&start_cursor=c1");
        assertThat(third.query()).isEqualTo("page_size=100&start_cursor=c2");
        assertThat(third.at(Optional.empty())).isEqualTo(first);
    }

    @Test
    void the_other_parameters_of_a_list_stay() {
        var request = NotionRequest.list("/v1/comments", "block_id=b1").at(Optional.of("c1"));

        assertThat(request).hasToString("GET /v1/comments?block_id=b1&page_size=100&start_cursor=c1");
    }

    @Property
    void every_cursor_arrives_as_it_was_whatever_is_in_it(
            @ForAll
                    @AlphaChars
                    @NumericChars
                    @Chars({':', '+', '/', '=', '&', '%', ' ', '#', '?', '$', '\\'})
                    @CharRange(from = 'à', to = 'ÿ')
                    @StringLength(min = 1, max = 80)
                    String cursor,
            @ForAll @AlphaChars @StringLength(min = 1) String next) {
        var request = NotionRequest.list("/v1/comments", "block_id=b1").at(Optional.of(cursor));
        String start = "block_id=b1&page_size=100&start_cursor=";

        assertThat(request.query()).startsWith(start);
        String encoded = request.query().substring(start.length());
        assertThat(encoded).matches("[A-Za-z0-9.*_+%-]+");
        assertThat(URLDecoder.decode(encoded, StandardCharsets.UTF_8)).isEqualTo(cursor);
        assertThat(request.at(Optional.of(next)).query()).isEqualTo(start + next);
    }

    @Test
    void a_list_by_post_carries_size_and_cursor_in_its_body() {
        ObjectNode filter = Json.MAPPER.createObjectNode().put("query", "x").put("page_size", 7);
        var first = NotionRequest.postList("/v1/search", filter);
        var second = first.at(Optional.of("s:1:2"));

        assertThat(first.bodyText()).isEqualTo("{\"query\":\"x\",\"page_size\":100}");
        assertThat(second.bodyText()).isEqualTo("{\"query\":\"x\",\"page_size\":100,\"start_cursor\":\"s:1:2\"}");
        assertThat(second.at(Optional.empty())).isEqualTo(first);
        assertThat(second.query()).isEmpty();
        assertThat(filter).hasToString("{\"query\":\"x\",\"page_size\":7}");
    }

    @Test
    void a_property_id_stays_percent_encoded_as_notion_gave_it() {
        var request = NotionRequest.list("/v1/pages/p1/properties/v_%5D%3C", "").at(Optional.of("c1"));

        assertThat(request.path()).isEqualTo("/v1/pages/p1/properties/v_%5D%3C");
    }
}
