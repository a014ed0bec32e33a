package dev.saddlebag.collect;

import static dev.saddlebag.collect.FileLinkTest.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.snapshot.Catalogue;
import dev.saddlebag.snapshot.Counts;
import dev.saddlebag.snapshot.Gap;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.SampleRun;
import dev.saddlebag.snapshot.State;
import dev.saddlebag.vault.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An object is stored whole: what Notion shows in parts is read to the end and put in its place. */
class ObjectsTest {
    private static final String PAGE = id(1);
    private static final String LIST = "?page_size=100";

    @TempDir
    Path home;

    private final TinyNotion notion = new TinyNotion();
    private Run run;
    private Frontier frontier;

    @BeforeEach
    void begin() throws IOException {
        run = SampleRun.in(home);
        frontier = new Frontier(8, run.ledger());
    }

    @Test
    void a_page_is_stored_with_all_its_keys_and_its_blocks_in_order() throws Exception {
        shows("{}");
        children(PAGE, block(11, "paragraph", false), block(12, "toggle", true), block(13, "divider", false));
        children(id(12), block(21, "column_list", true), block(22, "to_do", false));
        children(id(21), block(31, "hologram", true));
        children(id(31), block(41, "paragraph", false));

        collect();

        ObjectNode stored = stored();
        assertThat(stored.fieldNames()).toIterable().containsExactly("page", "blocks");
        assertThat(stored.path("page").hasNonNull("parent")).isTrue();
        assertThat(outline(stored.path("blocks"))).isEqualTo("11 12(21(31(41)) 22) 13");
        assertThat(stored.at("/blocks/0").has("children")).isFalse();
        assertThat(run.ledger().counts()).isEqualTo(new Counts(1, 0, 0, 0, 7, 0, 0, 0));
    }

    @Test
    void a_list_of_several_pages_is_put_together_in_order() throws Exception {
        shows("{}");
        String path = "GET /v1/blocks/" + PAGE + "/children" + LIST;
        notion.answer(path, list("true,'next_cursor':'c:1'", block(11, "paragraph", false)));
        notion.answer(path + "&start_cursor=c%3A1", list("false", block(12, "paragraph", false)));

        collect();

        assertThat(outline(stored().path("blocks"))).isEqualTo("11 12");
    }

    @Test
    void objects_of_their_own_go_to_the_frontier_and_are_not_descended() throws Exception {
        shows("{}");
        children(
                PAGE,
                block(11, "child_page", true),
                block(12, "child_database", true),
                block(13, "unsupported", true),
                block(14, "link_to_page", true),
                json("{'object':'block','id':'" + id(15) + "','type':'synced_block','has_children':true,"
                        + "'synced_block':{'synced_from':{'block_id':'" + id(16) + "'}}}"),
                json("{'object':'block','id':'" + id(17) + "','type':'synced_block','has_children':true,"
                        + "'synced_block':{'synced_from':null}}"));

        collect();

        assertThat(notion.asked())
                .containsExactly(
                        "GET /v1/pages/" + PAGE,
                        "GET /v1/blocks/" + PAGE + "/children" + LIST,
                        "GET /v1/blocks/" + id(17) + "/children" + LIST);
        assertThat(run.ledger().of(page(1)).orElseThrow().children()).containsExactly(page(11), ref(Kind.DATABASE, 12));
        assertThat(notion.walk(run, frontier)).containsExactly(ref(Kind.DATABASE, 12), page(11), ref(Kind.BLOCK, 16));
    }

    @Test
    void a_block_tree_may_be_hundreds_of_levels_deep() throws Exception {
        shows("{}");
        int depth = 400;
        children(PAGE, block(1001, "toggle", true));
        for (int level = 1; level < depth; level++) {
            children(id(1000 + level), block(1001 + level, "toggle", true));
        }

        Draft draft = collect();

        assertThat(run.ledger().counts().blocks()).isEqualTo(depth);
        assertThat(new FileDownloads().links(run, draft)).isEmpty();
        JsonNode deepest = stored().path("blocks");
        for (int level = 1; level < depth; level++) {
            deepest = deepest.path(0).path("children");
        }
        assertThat(deepest.path(0).path("id").asText()).isEqualTo(id(1000 + depth));
    }

    @Test
    void types_that_nobody_knows_yet_are_kept() throws Exception {
        shows("{'Odd':{'id':'o','type':'aura','aura':{'colour':'blue'}},'Twin':{'id':'t','type':'aura','aura':null}}");
        children(
                PAGE, json("{'object':'block','id':'" + id(11) + "','type':'hologram','hologram':{'lit':[1.0,null]}}"));

        collect();

        assertThat(stored().at("/page/properties/Odd/aura/colour").asText()).isEqualTo("blue");
        assertThat(stored().at("/blocks/0/hologram")).hasToString("{\"lit\":[1.0,null]}");
        assertThat(run.ledger().complete()).isTrue();
    }

    @Test
    void a_relation_that_was_cut_is_completed_in_its_place() throws Exception {
        shows("{'Before':{'id':'b','type':'checkbox','checkbox':true},"
                + "'Rel':{'id':'v_%5D%3C','type':'relation','relation':[{'id':'00000000-0000-4000-8000-0000000000a1'}],'has_more':true},"
                + "'After':{'id':'a','type':'number','number':1.50}}");
        String path = "GET /v1/pages/" + PAGE + "/properties/v_%5D%3C" + LIST;
        notion.answer(
                path,
                items(
                        "relation",
                        "true,'next_cursor':'n'",
                        "{'id':'00000000-0000-4000-8000-0000000000a1'}",
                        "{'id':'00000000-0000-4000-8000-0000000000a2'}"));
        notion.answer(
                path + "&start_cursor=n", items("relation", "false", "{'id':'00000000-0000-4000-8000-0000000000a3'}"));

        collect();

        assertThat(stored().at("/page/properties"))
                .hasToString("{\"Before\":{\"id\":\"b\",\"type\":\"checkbox\",\"checkbox\":true},"
                        + "\"Rel\":{\"id\":\"v_%5D%3C\",\"type\":\"relation\",\"relation\":"
                        + "[{\"id\":\"00000000-0000-4000-8000-0000000000a1\"},"
                        + "{\"id\":\"00000000-0000-4000-8000-0000000000a2\"},"
                        + "{\"id\":\"00000000-0000-4000-8000-0000000000a3\"}],\"has_more\":false},"
                        + "\"After\":{\"id\":\"a\",\"type\":\"number\",\"number\":1.50}}");
    }

    @Test
    void a_long_list_of_people_is_read_again_because_notion_does_not_say_that_it_was_cut() throws Exception {
        shows("{'Who':{'id':'w','type':'people','people':" + many(25, i -> "{'object':'user','id':'u" + i + "'}") + "},"
                + "'Few':{'id':'f','type':'people','people':" + many(24, i -> "{'id':'u" + i + "'}") + "}}");
        String[] people = IntStream.range(0, 30)
                .mapToObj(i -> "{'object':'user','id':'u" + i + "'}")
                .toArray(String[]::new);
        notion.answer("GET /v1/pages/" + PAGE + "/properties/w" + LIST, items("people", "false", people));

        collect();

        assertThat(stored().at("/page/properties/Who/people")).hasSize(30);
        assertThat(stored().at("/page/properties/Who/people/29/id").asText()).isEqualTo("u29");
        assertThat(stored().at("/page/properties/Who").has("has_more")).isFalse();
        assertThat(stored().at("/page/properties/Few/people")).hasSize(24);
        assertThat(notion.asked()).noneMatch(request -> request.contains("/properties/f"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"title", "rich_text"})
    void a_text_with_many_mentions_is_read_again(String type) throws Exception {
        shows("{'Text':{'id':'t','type':'" + type + "','" + type + "':"
                + many(25, i -> "{'type':'mention','plain_text':'" + i + "'}") + "},"
                + "'Plain':{'id':'p','type':'rich_text','rich_text':"
                + many(60, i -> "{'type':'text','plain_text':'x'}") + "}}");
        notion.answer(
                "GET /v1/pages/" + PAGE + "/properties/t" + LIST,
                items(type, "false", "{'type':'text','plain_text':'whole'}"));

        collect();

        assertThat(stored().at("/page/properties/Text/" + type))
                .hasToString("[{\"type\":\"text\",\"plain_text\":\"whole\"}]");
        assertThat(stored().at("/page/properties/Plain/rich_text")).hasSize(60);
        assertThat(notion.asked()).noneMatch(request -> request.contains("/properties/p"));
    }

    @Test
    void a_value_that_cannot_be_completed_stays_as_it_was_shown() throws Exception {
        shows(
                "{'Rel':{'id':'r','type':'relation','relation':[{'id':'00000000-0000-4000-8000-0000000000a1'}],'has_more':true}}");
        notion.refuse("GET /v1/pages/" + PAGE + "/properties/r" + LIST, new IOException("Connection reset"));

        collect();

        assertThat(stored().at("/page/properties/Rel/relation"))
                .hasToString("[{\"id\":\"00000000-0000-4000-8000-0000000000a1\"}]");
        assertThat(stored().at("/page/properties/Rel/has_more").booleanValue()).isTrue();
        assertThat(run.ledger().complete()).isFalse();
    }

    @Test
    void what_a_listing_showed_in_full_is_not_asked_for_again() throws Exception {
        var listings = new Listings(run, frontier);
        listings.takeObjects(list(
                "false",
                json("{'object':'page','id':'" + PAGE + "','properties':{},'cover':null}"),
                json("{'object':'data_source','id':'" + id(2) + "','properties':{}," + "'parent':{'database_id':'"
                        + id(3) + "'}}"),
                json("{'object':'page','id':'" + id(4) + "'}")));

        notion.walk(run, frontier);

        assertThat(notion.asked())
                .contains("GET /v1/databases/" + id(3), "GET /v1/pages/" + id(4))
                .doesNotContain("GET /v1/pages/" + PAGE, "GET /v1/data_sources/" + id(2))
                .contains(rows(id(2), false), rows(id(2), true));
        assertThat(stored().path("page"))
                .hasToString("{\"object\":\"page\",\"id\":\"" + PAGE + "\",\"properties\":{},\"cover\":null}");
    }

    @Test
    void a_database_reveals_its_data_sources_and_these_their_rows_and_their_database() throws Exception {
        notion.answer(
                "GET /v1/databases/" + id(1),
                json("{'object':'database','id':'" + id(1) + "','data_sources':[{'id':'" + id(2)
                        + "','name':'A'},{'id':'" + id(3) + "','name':'B'}]}"));
        notion.answer(
                "GET /v1/data_sources/" + id(2),
                json("{'object':'data_source','id':'" + id(2) + "','parent':{'type':'database_id','database_id':'"
                        + id(9) + "'},'properties':{}}"));
        notion.answer(
                rows(id(2), false),
                list(
                        "false",
                        json("{'object':'page','id':'" + id(5) + "','properties':{}}"),
                        json("{'object':'data_source','id':'" + id(6) + "','properties':{}}")));

        notion.collect(run, frontier, new ObjectRef(Kind.DATABASE, id(1)));
        notion.collect(run, frontier, new ObjectRef(Kind.DATA_SOURCE, id(2)));

        assertThat(frontier.knows(new ObjectRef(Kind.DATA_SOURCE, id(2)))).isTrue();
        assertThat(frontier.knows(new ObjectRef(Kind.DATA_SOURCE, id(3)))).isTrue();
        assertThat(frontier.knows(new ObjectRef(Kind.DATABASE, id(9)))).isTrue();
        assertThat(frontier.knows(new ObjectRef(Kind.PAGE, id(5)))).isTrue();
        assertThat(frontier.knows(new ObjectRef(Kind.DATA_SOURCE, id(6)))).isTrue();
        assertThat(run.ledger().counts()).isEqualTo(new Counts(0, 1, 1, 0, 0, 0, 0, 0));
    }

    @Test
    void an_object_that_could_not_be_read_is_not_stored() throws Exception {
        notion.refuse("GET /v1/pages/" + PAGE, new IOException("Connection reset"));
        collect();

        assertThat(run.ledger().count(Kind.PAGE, State.FAILED)).isEqualTo(1);
        assertThat(run.ledger().gaps()).containsExactly(new Gap("page", PAGE, Gap.Reason.FAILED, "Connection reset"));
        assertThat(run.staging().tree().resolve("objects")).doesNotExist();
        assertThat(run.ledger().counts().pages()).isZero();
    }

    @Test
    void the_catalogue_has_a_line_for_each_object() throws Exception {
        shows("{'Name':{'id':'title','type':'title','title':[{'plain_text':'Road map'}]}}");
        collect();
        Path catalogue = home.resolve("catalogue.jsonl");
        new Catalogue(run.ledger().accounts()).write(catalogue);

        String path = "objects/pages/" + PAGE + ".json";
        byte[] bytes = Files.readAllBytes(run.staging().tree().resolve(path));
        assertThat(Files.readString(catalogue))
                .isEqualTo("{\"id\":\"" + PAGE + "\",\"type\":\"page\",\"title\":\"Road map\","
                        + "\"parent\":{\"type\":\"workspace\",\"workspace\":true},\"path\":\"" + path
                        + "\",\"created_time\":\"2026-01-01T00:00:00.000Z\",\"last_edited_time\":"
                        + "\"2026-02-01T00:00:00.000Z\",\"sha256\":\"" + Hashes.of(bytes)
                        + "\",\"files\":[]}\n");
    }

    private void shows(String properties) throws IOException {
        notion.answer(
                "GET /v1/pages/" + PAGE,
                json("{'object':'page','id':'" + PAGE
                        + "','created_time':'2026-01-01T00:00:00.000Z','last_edited_time':'2026-02-01T00:00:00.000Z',"
                        + "'parent':{'type':'workspace','workspace':true},'properties':" + properties + "}"));
    }

    private void children(String parent, ObjectNode... blocks) throws IOException {
        notion.answer("GET /v1/blocks/" + parent + "/children" + LIST, list("false", blocks));
    }

    private Draft collect() throws Exception {
        return notion.collect(run, frontier, new ObjectRef(Kind.PAGE, PAGE));
    }

    private ObjectNode stored() throws Exception {
        return TinyNotion.stored(run, new ObjectRef(Kind.PAGE, PAGE));
    }

    private static ObjectRef page(int number) {
        return ref(Kind.PAGE, number);
    }

    private static ObjectRef ref(Kind kind, int number) {
        return new ObjectRef(kind, id(number));
    }

    private static String rows(String dataSource, boolean archived) {
        return "POST /v1/data_sources/" + dataSource
                + "/query {\"sorts\":[{\"timestamp\":\"created_time\",\"direction\":\"ascending\"}],"
                + (archived ? "\"is_archived\":true," : "") + "\"page_size\":100}";
    }

    private static String id(int number) {
        return new UUID(0, number).toString();
    }

    private static ObjectNode block(int number, String type, boolean hasChildren) throws IOException {
        return json("{'object':'block','id':'" + id(number) + "','has_children':" + hasChildren + ",'type':'" + type
                + "','" + type + "':{}}");
    }

    private static ObjectNode list(String hasMore, ObjectNode... results) throws IOException {
        ObjectNode list = json("{'object':'list','results':[],'has_more':" + hasMore + "}");
        for (ObjectNode result : results) {
            list.withArray("/results").add(result);
        }
        return list;
    }

    private static ObjectNode items(String type, String hasMore, String... values) throws IOException {
        ObjectNode list = list(hasMore);
        for (String value : values) {
            list.withArray("/results")
                    .add(json(
                            "{'object':'property_item','id':'x','type':'" + type + "','" + type + "':" + value + "}"));
        }
        return list;
    }

    private static String many(int count, IntFunction<String> entry) {
        return IntStream.range(0, count).mapToObj(entry).collect(Collectors.joining(",", "[", "]"));
    }

    /** The numbers of the blocks, children in brackets. */
    private static String outline(JsonNode blocks) {
        StringBuilder text = new StringBuilder();
        for (JsonNode block : blocks) {
            long number = UUID.fromString(block.path("id").asText()).getLeastSignificantBits();
            text.append(text.isEmpty() ? "" : " ").append(number);
            if (block.has("children")) {
                text.append("(").append(outline(block.path("children"))).append(")");
            }
        }
        return text.toString();
    }
}
