package dev.saddlebag.collect;

import static dev.saddlebag.collect.FileLinkTest.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An object is known again when a list shows it once more, and an edit is noticed. */
class ShownHashTest {
    private static final String PAGE = "{'id':'1','last_edited_time':'2026-01-01T00:00:00.000Z','request_id':'a',"
            + "'icon':{'type':'file','file':{'url':'https://f.example/x.png?sig=1','expiry_time':'2026-01-01T01:00:00Z'}},"
            + "'properties':{'Name':{'title':[{'plain_text':'One'}]},"
            + "'Age':{'type':'formula','formula':{'number':1}},'Sum':{'type':'rollup','rollup':{'number':2}}}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'request_id':'a'/'request_id':'b'",
                "sig=1/sig=2",
                "2026-01-01T01:00:00Z/2026-01-01T02:00:00Z",
                "'number':1/'number':9",
                "'number':2/'number':9"
            })
    void what_changes_without_an_edit_does_not_count(String change) throws Exception {
        assertThat(hash(change)).isEqualTo(ShownHash.of(json(PAGE)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'One'/'Two'",
                "x.png/y.png",
                "00:00:00.000Z/00:01:00.000Z",
                "'type':'formula'/'type':'number'",
                "'Age'/'Years'"
            })
    void an_edit_counts(String change) throws Exception {
        assertThat(hash(change)).isNotEqualTo(ShownHash.of(json(PAGE)));
    }

    @Test
    void the_object_itself_stays_as_it_is() throws Exception {
        var page = json(PAGE);
        ShownHash.of(page);
        assertThat(page).isEqualTo(json(PAGE));
    }

    private static String hash(String change) throws Exception {
        int middle = change.indexOf('/');
        String changed = PAGE.replace(change.substring(0, middle), change.substring(middle + 1));
        assertThat(changed).isNotEqualTo(PAGE);
        return ShownHash.of(json(changed));
    }
}
