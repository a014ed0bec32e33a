package dev.saddlebag.notion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes in comes out: an object that did not change is the same bytes in every run. */
class JsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "1.0",
                "1.50",
                "0.1",
                "100",
                "12345678901234567890",
                "-98765432109876543210987654321",
                "3.141592653589793238462643383279502884197",
                "0.000001"
            })
    void a_number_keeps_its_digits(String number) throws Exception {
        assertThat(through("{\"n\":" + number + "}")).isEqualTo("{\"n\":" + number + "}");
    }

    @ParameterizedTest
    @CsvSource({"1E5, 1E+5", "1e21, 1E+21", "1.50e-7, 1.50E-7", "-2.0E+30, -2.0E+30"})
    void an_exponent_keeps_its_digits_and_is_spelt_in_one_way(String number, String spelt) throws Exception {
        String written = through(number);

        assertThat(written).isEqualTo(spelt);
        assertThat(new BigDecimal(written)).isEqualTo(new BigDecimal(number));
    }

    @Property
    void every_decimal_comes_back_equal_and_settles(@ForAll BigDecimal number) throws Exception {
        String written = through(number.toString());

        assertThat(new BigDecimal(written)).isEqualByComparingTo(number);
        assertThat(through(written)).isEqualTo(written);
    }

    @Test
    void keys_keep_their_order_and_nulls_stay() throws Exception {
        String json = "{\"z\":1,\"a\":null,\"m\":{\"y\":[],\"b\":{}},\"B\":\"\",\"10\":true,\"9\":false}";

        assertThat(through(json)).isEqualTo(json);
        assertThat(Json.MAPPER.writeValueAsString(Json.MAPPER.readTree(json))).isEqualTo(json);
    }

    @Property
    void every_text_comes_back(@ForAll String text) throws Exception {
        JsonNode node = Json.MAPPER.createObjectNode().put("text", text);

        assertThat(Json.MAPPER.readTree(node.toString())).isEqualTo(node);
    }

    @Test
    void a_text_may_be_longer_than_the_library_likes() throws Exception {
        String text = "x".repeat(21_000_000);

        assertThat(Json.MAPPER.readTree("\"" + text + "\"").textValue()).hasSize(text.length());
    }

    @Test
    void a_second_document_behind_the_first_is_no_json() {
        assertThatThrownBy(() -> Json.MAPPER.readTree("{} {}")).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void pretty_json_has_the_same_line_ends_on_every_platform() throws Exception {
        JsonNode node = Json.MAPPER.readTree("{\"a\":[1,{\"b\":2}]}");

        assertThat(Json.PRETTY.writeValueAsString(node))
                .isEqualTo("{\n  \"a\" : [\n    1,\n    {\n      \"b\" : 2\n    }\n  ]\n}");
    }

    private static String through(String json) throws Exception {
        return Json.MAPPER.readTree(json).toString();
    }
}
