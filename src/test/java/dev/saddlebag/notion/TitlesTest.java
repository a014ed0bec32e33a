package dev.saddlebag.notion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Titles as people see them. */
class TitlesTest {
    private static final String TEXT = "[{\"plain_text\":\"Road \"},{\"plain_text\":\"map\"}]";

    @Test
    void a_database_and_a_data_source_have_theirs_at_the_top() throws Exception {
        assertThat(title("{\"object\":\"database\",\"title\":" + TEXT + "}")).isEqualTo("Road map");
    }

    @Test
    void a_page_has_it_in_the_property_of_that_type_whatever_its_name() throws Exception {
        assertThat(title("{\"object\":\"page\",\"properties\":{\"title\":{\"type\":\"rich_text\",\"rich_text\":[]},"
                        + "\"Name\":{\"type\":\"title\",\"title\":" + TEXT + "}}}"))
                .isEqualTo("Road map");
    }

    @Test
    void an_object_without_one_has_an_empty_one() throws Exception {
        assertThat(title("{\"object\":\"page\",\"id\":\"p1\"}")).isEmpty();
        assertThat(title("{\"object\":\"database\",\"title\":[]}")).isEmpty();
        assertThat(title("{\"object\":\"database\",\"title\":null}")).isEmpty();
        assertThat(title("{\"object\":\"database\",\"title\":[{\"plain_text\":null},{\"type\":\"text\"}]}"))
                .isEmpty();
    }

    private static String title(String object) throws Exception {
        return Titles.of(Json.MAPPER.readTree(object));
    }
}
