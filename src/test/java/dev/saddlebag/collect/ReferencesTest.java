package dev.saddlebag.collect;

import static dev.saddlebag.collect.FileLinkTest.json;
import static dev.saddlebag.snapshot.SampleAccount.ref;
import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.snapshot.Kind;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What only another object names is found all the same. */
class ReferencesTest {
    @Test
    void mentions_and_links_name_pages_and_databases() throws Exception {
        var found = References.in(json("{'blocks':["
                + "{'type':'paragraph','paragraph':{'rich_text':["
                + "{'type':'mention','mention':{'type':'page','page':{'id':'" + id(1) + "'}}},"
                + "{'type':'mention','mention':{'type':'database','database':{'id':'" + id(2) + "'}}},"
                + "{'type':'mention','mention':{'type':'user','user':{'id':'" + id(3) + "'}}}]}},"
                + "{'type':'link_to_page','link_to_page':{'type':'page_id','page_id':'" + id(4) + "'}},"
                + "{'type':'link_to_page','link_to_page':{'type':'database_id','database_id':'" + id(5) + "'}}]}"));

        assertThat(found.named())
                .containsExactly(ref(Kind.PAGE, 1), ref(Kind.DATABASE, 2), ref(Kind.PAGE, 4), ref(Kind.DATABASE, 5));
    }

    @Test
    void relations_name_rows_in_a_value_and_a_data_source_in_a_schema() throws Exception {
        var found = References.in(json("{'properties':{"
                + "'A':{'type':'relation','relation':[{'id':'" + id(1) + "'},{'id':'" + id(2) + "'}]},"
                + "'B':{'type':'relation','relation':{'database_id':'" + id(3) + "','data_source_id':'" + id(4)
                + "'}}}}"));

        assertThat(found.named()).containsExactly(ref(Kind.PAGE, 1), ref(Kind.PAGE, 2), ref(Kind.DATA_SOURCE, 4));
    }

    @Test
    void the_parent_is_named_whatever_it_is() throws Exception {
        assertThat(References.in(json("{'page':{'parent':{'type':'page_id','page_id':'" + id(1) + "'}}}"))
                        .named())
                .containsExactly(ref(Kind.PAGE, 1));
        assertThat(References.in(json("{'page':{'parent':{'type':'data_source_id','data_source_id':'" + id(1)
                                + "','database_id':'" + id(2) + "'}}}"))
                        .named())
                .containsExactlyInAnyOrder(ref(Kind.DATA_SOURCE, 1), ref(Kind.DATABASE, 2));
        assertThat(References.in(json("{'page':{'parent':{'type':'workspace','workspace':true}}}"))
                        .named())
                .isEmpty();
    }

    @Test
    void a_synced_copy_names_its_original_and_an_original_knows_itself() throws Exception {
        var found = References.in(json("{'blocks':["
                + "{'id':'" + id(1) + "','type':'synced_block','synced_block':{'synced_from':{'block_id':'" + id(2)
                + "'}}},"
                + "{'id':'" + id(3) + "','type':'synced_block','synced_block':{'synced_from':null}}]}"));

        assertThat(found.named()).containsExactly(ref(Kind.BLOCK, 2));
        assertThat(found.originals()).containsExactly(ref(Kind.BLOCK, 3));
    }

    private static String id(int number) {
        return new UUID(0, number).toString();
    }
}
