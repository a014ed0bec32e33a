package dev.saddlebag.notion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Notion adds types and keys without telling (facts/notion-api.md §0 fact 10): each is named, with its place, once. */
class DriftTest {
    /** Places of known objects: the name of the place, the kind, and the object with {@code @} where the key goes. */
    private static final List<String> PLACES = """
            page | page | {'object':'page','id':'p','properties':{},@}
            page | page | {'object':'page','id':'p','archived':false,'request_id':'r',@}
            database | database | {'object':'database','id':'d','is_inline':false,@}
            data_source | data_source | {'object':'data_source','id':'d','is_inline':false,@}
            view | view | {'object':'view','id':'v','type':'board','configuration':{'type':'board','new':1},@}
            comment | comment | {'object':'comment','id':'c','rich_text':[],@}
            user | user | {'object':'user','id':'u',@}
            user.person | user | {'object':'user','type':'person','person':{'email':'e',@}}
            user.bot | user | {'object':'user','type':'bot','bot':{'owner':{'type':'new','new':{}},@}}
            custom_emoji | custom_emoji | {'id':'e','name':'n','url':'u',@}
            user | page | {'created_by':{'object':'user','id':'u',@}}
            user | view | {'last_edited_by':{'object':'user','id':'u',@}}
            parent | page | {'parent':{'type':'data_source_id','data_source_id':'s','database_id':'d',@}}
            parent | data_source | {'database_parent':{'type':'workspace','workspace':true,@}}
            icon | page | {'icon':{'type':'emoji','emoji':'x',@}}
            icon.icon | database | {'icon':{'type':'icon','icon':{'name':'pizza','color':'red',@}}}
            custom_emoji | data_source | {'icon':{'type':'custom_emoji','custom_emoji':{'id':'e',@}}}
            external | page | {'icon':{'type':'external','external':{'url':'u',@}}}
            cover | page | {'cover':{'type':'external','external':{'url':'u'},@}}
            file | page | {'cover':{'type':'file','file':{'url':'u','expiry_time':'t',@}}}
            file | page | {'cover':{'type':'file','file':{'path':'u','sha256':'s','size':1,@}}}
            source_name | database | {'data_sources':[{'id':'a','name':'n'},{'id':'b','name':'n',@}]}
            attachment | comment | {'attachments':[{'category':'image','file':{'url':'u'},@}]}
            file | comment | {'attachments':[{'category':'image','file':{'url':'u',@}}]}
            display_name | comment | {'display_name':{'type':'integration','resolved_name':'n',@}}
            rich_text | database | {'title':[{'type':'text','plain_text':'t','text':{'content':'t'},@}]}
            rich_text.text | data_source | {'description':[{'type':'text','text':{'content':'t','link':null,@}}]}
            link | comment | {'rich_text':[{'type':'text','text':{'content':'t','link':{'url':'u',@}}}]}
            annotations | comment | {'rich_text':[{'type':'text','annotations':{'bold':true,@}}]}
            rich_text.equation | comment | {'rich_text':[{'type':'equation','equation':{'expression':'x',@}}]}
            mention | comment | {'rich_text':[{'type':'mention','mention':{'type':'page','page':{'id':'p'},@}}]}
            mention.page | comment | {'rich_text':[{'type':'mention','mention':{'type':'page','page':{'id':'p',@}}}]}
            user | comment | {'rich_text':[{'type':'mention','mention':{'type':'user','user':{'id':'u',@}}}]}
            date | comment | {'rich_text':[{'type':'mention','mention':{'type':'date','date':{'start':'s',@}}}]}
            property | page | {'properties':{'A':{'id':'a','type':'number','number':1,@}}}
            property | page | {'properties':{'A':{'id':'a','type':'relation','relation':[],'has_more':true,@}}}
            property | page | {'properties':{'A':{'type':'rollup','rollup':{'type':'n','n':1},'rollup_items':[{}],@}}}
            property | page | {'properties':{'A':{'type':'formula','formula':{'type':'n','n':{}},@}}}
            rich_text | page | {'properties':{'A':{'type':'title','title':[{'type':'text','text':{},@}]}}}
            property.select | page | {'properties':{'A':{'type':'select','select':{'id':'a','name':'n',@}}}}
            property.status | page | {'properties':{'A':{'type':'status','status':{'id':'a','name':'n',@}}}}
            property.multi_select | page | {'properties':{'A':{'type':'multi_select','multi_select':[{'id':'a',@}]}}}
            property.relation | page | {'properties':{'A':{'type':'relation','relation':[{'id':'a'},{'id':'b',@}]}}}
            property.files | page | {'properties':{'A':{'type':'files','files':[{'name':'n','type':'file',@}]}}}
            property.unique_id | page | {'properties':{'A':{'type':'unique_id','unique_id':{'number':1,@}}}}
            property.place | page | {'properties':{'A':{'type':'place','place':{'lat':1,'lon':2,@}}}}
            property.button | page | {'properties':{'A':{'type':'button','button':{@}}}}
            property.verification | page | {'properties':{'A':{'type':'verification','verification':{'state':'x',@}}}}
            user | page | {'properties':{'A':{'type':'people','people':[{'object':'group','id':'g',@}]}}}
            user.person | page | {'properties':{'A':{'type':'created_by','created_by':{'type':'person','person':{@}}}}}
            schema | data_source | {'properties':{'A':{'id':'a','name':'A','type':'title','title':{},@}}}
            schema.title | data_source | {'properties':{'A':{'type':'title','title':{@}}}}
            schema.number | data_source | {'properties':{'A':{'type':'number','number':{'format':'euro',@}}}}
            schema.select | data_source | {'properties':{'A':{'type':'select','select':{'options':[],@}}}}
            option | data_source | {'properties':{'A':{'type':'select','select':{'options':[{'id':'o',@}]}}}}
            group | data_source | {'properties':{'A':{'type':'status','status':{'groups':[{'id':'g',@}]}}}}
            schema.formula | data_source | {'properties':{'A':{'type':'formula','formula':{'expression':'x',@}}}}
            schema.rollup | data_source | {'properties':{'A':{'type':'rollup','rollup':{'function':'sum',@}}}}
            schema.relation | data_source | {'properties':{'A':{'type':'relation','relation':{'type':'single_property',@}}}}
            dual_property | data_source | {'properties':{'A':{'type':'relation','relation':{'dual_property':{@}}}}}
            block | block | {'object':'block','type':'divider','divider':{},@}
            block.divider | block | {'type':'divider','divider':{@}}
            block.paragraph | block | {'type':'paragraph','paragraph':{'rich_text':[],'icon':null,'color':'default',@}}
            icon | block | {'type':'callout','callout':{'icon':{'type':'emoji','emoji':'x',@}}}
            block.numbered_list_item | block | {'type':'numbered_list_item','numbered_list_item':{'list_format':'roman',@}}
            rich_text.text | block | {'type':'code','code':{'caption':[{'type':'text','text':{'content':'t',@}}]}}
            rich_text | block | {'type':'table_row','table_row':{'cells':[[],[{'type':'text','text':{},@}]]}}
            block.image | block | {'type':'image','image':{'type':'file','file':{},'caption':[],@}}
            file | block | {'type':'file','file':{'type':'file','file':{'path':'p',@},'name':'n'}}
            external | block | {'type':'video','video':{'type':'external','external':{'url':'u',@}}}
            block.embed | block | {'type':'embed','embed':{'url':'u','caption':[],@}}
            block.link_to_page | block | {'type':'link_to_page','link_to_page':{'type':'page_id','page_id':'p',@}}
            synced_from | block | {'type':'synced_block','synced_block':{'synced_from':{'type':'block_id','block_id':'b',@}}}
            block.child_page | block | {'type':'child_page','child_page':{'title':'t',@}}
            block.unsupported | block | {'type':'unsupported','unsupported':{'block_type':'new',@}}
            meeting_notes | block | {'type':'meeting_notes','meeting_notes':{'status':'notes_ready',@}}
            meeting_sections | block | {'type':'meeting_notes','meeting_notes':{'children':{'notes_block_id':'b',@}}}
            calendar_event | block | {'type':'meeting_notes','meeting_notes':{'calendar_event':{'attendees':[],@}}}
            block | block | {'type':'drive','drive':{'new':{}},'children':[{'type':'tab','tab':{},@}]}~block type drive
            """.lines().toList();

    private record Place(String name, String kind, String template, List<String> besides) {
        static Place of(String line) {
            String[] parts = line.split(" \\| ", 3);
            String[] object = parts[2].split("~", 2);
            List<String> besides = object.length == 1 ? List.of() : List.of(object[1]);
            return new Place(parts[0], parts[1], object[0], besides);
        }

        JsonNode without() {
            return parse(template.replace(",@", "").replace("@", ""));
        }

        JsonNode with(String key, JsonNode value) {
            return parse(template.replace("@", quoted(key) + ":" + value));
        }
    }

    @Test
    void what_is_known_is_no_drift() {
        for (String line : PLACES) {
            Place place = Place.of(line);
            assertThat(Drift.in(place.kind(), place.without())).as(line).isEqualTo(place.besides());
        }
    }

    /** Words of facts/notion-api.md that neither recordings nor the simulator have. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "database    | {'database_type':null}",
                "data_source | {'database_type':'tasks','properties':{'A':{'type':'location','location':{}}}}",
                "data_source | {'properties':{'A':{'type':'last_visited_time','last_visited_time':{}}}}",
                "view        | {'type':'form','created_by':{'object':'user'},'last_edited_time':'t','request_id':'r'}",
                "view        | {'type':'chart','dashboard_view_id':'v','last_edited_by':{'object':'user'}}",
                "view        | {'type':'map'}",
                "view        | {'type':'feed'}",
                "user        | {'type':'person','person':{'email':'e','email_verified':true}}",
                "custom_emoji| {'object':'custom_emoji','id':'e','name':'n','url':'u','request_id':'r'}",
                "comment     | {'display_name':{'type':'custom','resolved_name':null}}",
                "page        | {'parent':{'type':'agent_id','agent_id':'a'}}",
                "page        | {'icon':{'type':'file_upload','file_upload':{'id':'f'}}}",
                "page        | {'cover':{'type':'file_upload','file_upload':{'id':'f'}}}",
                "page        | {'properties':{'A':{'type':'files','files':[{'type':'file_upload','file_upload':{}}]}}}",
                "page        | {'properties':{'A':{'type':'location','location':{}}}}",
                "page        | {'properties':{'A':{'type':'last_visited_time','last_visited_time':'t'}}}",
                "block       | {'type':'embed','embed':{'type':'external','external':{'url':'u'}}}",
                "block       | {'type':'embed','embed':{'type':'file','file':{'url':'u','expiry_time':'t'}}}",
                "block       | {'type':'embed','embed':{'type':'file_upload','file_upload':{'id':'f'}}}",
                "block       | {'type':'image','image':{'type':'file_upload','file_upload':{'id':'f'}}}",
                "block       | {'type':'video','video':{'type':'file_upload','file_upload':{'id':'f'}}}",
                "block       | {'type':'audio','audio':{'type':'file_upload','file_upload':{'id':'f'}}}",
                "block       | {'type':'pdf','pdf':{'type':'file_upload','file_upload':{'id':'f'}}}",
                "block       | {'type':'file','file':{'type':'file_upload','file_upload':{'id':'f'}}}",
                "block       | {'type':'link_to_page','link_to_page':{'type':'comment_id','comment_id':'c'}}",
                "block       | {'type':'transcription','transcription':{'status':'s','title':[]}}",
            })
    void what_nobody_recorded_is_known_too(String kind, String object) {
        assertThat(Drift.in(kind, parse(object))).isEmpty();
    }

    @Property(tries = 2000)
    void a_new_key_is_named_once_with_its_place(
            @ForAll("places") Place place,
            @ForAll("words") String key,
            @ForAll("values") JsonNode value,
            @ForAll @IntRange(max = 3) int depth) {
        JsonNode object = place.with(key, value);
        if (place.kind().equals("block")) {
            object = below(object, depth);
        }

        assertThat(Drift.in(place.kind(), object))
                .containsOnlyOnce("key " + place.name() + "." + key)
                .hasSize(1 + place.besides().size())
                .containsAll(place.besides());
    }

    @Property
    void a_new_type_of_block_is_named_and_its_payload_is_not(
            @ForAll("words") String type, @ForAll("values") JsonNode payload, @ForAll @IntRange(max = 3) int depth) {
        JsonNode block = parse("{'object':'block','id':'b','type':" + quoted(type) + "," + quoted(type) + ":" + payload
                + ",'children':[{'type':'quote','quote':{}}]}");

        assertThat(Drift.in("block", below(block, depth))).containsExactly("block type " + type);
    }

    @Property
    void a_new_type_of_property_is_named_and_its_value_is_not(
            @ForAll("words") String type, @ForAll("values") JsonNode value) {
        JsonNode page = parse("{'properties':{'A':{'id':'a','type':" + quoted(type) + "," + quoted(type) + ":" + value
                + "},'B':{'id':'b','type':'number','number':1}}}");

        assertThat(Drift.in("page", page)).containsExactly("property type " + type);
        assertThat(Drift.in("data_source", page)).contains("schema type " + type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "view type qux            | view    | {'type':'qux','configuration':{'type':'qux'}}",
                "user type robot          | user    | {'type':'robot','robot':{'new':1}}",
                "parent type baz          | page    | {'parent':{'type':'baz','baz':'b'}}",
                "icon type bar            | page    | {'icon':{'type':'bar','bar':{'new':1}}}",
                "cover type bar           | page    | {'cover':{'type':'bar','bar':{'new':1}}}",
                "rich_text type spell     | comment | {'rich_text':[{'type':'spell','spell':{'new':1}}]}",
                "mention type foo         | comment"
                        + " | {'rich_text':[{'type':'mention','mention':{'type':'foo','foo':{'new':1}}}]}",
                "block.image type stream  | block   | {'type':'image','image':{'type':'stream','stream':{'new':1}}}",
                "schema type button2      | data_source | {'properties':{'A':{'type':'button2','button2':{'new':1}}}}",
                "schema.relation type web | data_source"
                        + " | {'properties':{'A':{'type':'relation','relation':{'type':'web','web':{'new':1}}}}}",
                "key view.table           | view    | {'type':'table','table':{}}",
                "key block.quote          | block   | {'type':'divider','divider':{},'quote':{}}",
            })
    void other_new_types_are_named_by_what_they_are_types_of(String name, String kind, String object) {
        assertThat(Drift.in(kind, parse(object))).containsExactly(name);
    }

    @Test
    void what_has_no_fixed_form_is_not_looked_into() {
        JsonNode page = parse("""
                {'properties':{
                  'A':{'type':'formula','formula':{'type':'list','list':[{'new':1}]}},
                  'B':{'type':'rollup','rollup':{'type':'array','array':[{'type':'new','new':1}],'function':'new'},
                       'rollup_items':[{'type':'new'}]},
                  'C':{'type':'location','location':{'new':1}},
                  'D':{'type':'title','title':[
                       {'type':'mention','mention':{'type':'link_mention','link_mention':{'new':{'new':1}}}}]}}}
                """);
        JsonNode view =
                parse("{'type':'form','configuration':{'new':1},'filter':{'or':[{'new':1}]},'quick_filters':{'n':{}}}");

        assertThat(Drift.in("page", page)).isEmpty();
        assertThat(Drift.in("view", view)).isEmpty();
    }

    @Test
    void names_are_sorted_and_as_many_as_there_are_occurrences() {
        JsonNode block = parse("{'type':'toggle','toggle':{},'zz':1,'aa':1,'children':["
                + "{'type':'drive','drive':{}},{'type':'divider','divider':{}},{'type':'drive','drive':{}}]}");

        assertThat(Drift.in("block", block))
                .containsExactly("block type drive", "block type drive", "key block.aa", "key block.zz");
    }

    @Test
    void names_of_properties_are_no_keys_of_notion() {
        assertThat(Drift.in("page", parse("{'properties':{'new_key':{'id':'a','type':'url','url':null}}}")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "{}", "1", "{'object':'page','id':'p'}"})
    void what_has_little_or_nothing_in_it_is_no_drift(String object) {
        assertThat(Drift.in("page", parse(object))).isEmpty();
    }

    @Test
    void a_value_of_another_form_than_expected_is_no_reason_to_fail() {
        assertThat(Drift.in("page", parse("{'properties':[1,[]],'icon':'x','parent':{'type':{}},'cover':[[null]]}")))
                .isEmpty();
    }

    @Test
    void a_tree_deeper_than_the_stack_is_walked() {
        ObjectNode block = Json.MAPPER.createObjectNode().put("type", "drive");
        for (int i = 0; i < 100_000; i++) {
            ObjectNode above = Json.MAPPER.createObjectNode().put("type", "toggle");
            above.putArray("children").add(block);
            block = above;
        }

        assertThat(Drift.in("block", block)).containsExactly("block type drive");
    }

    @Test
    void a_kind_that_is_none_is_refused_by_name() {
        assertThatThrownBy(() -> Drift.in("rich_text", parse("{}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Notion has no objects of the kind rich_text.");
    }

    @Provide
    Arbitrary<Place> places() {
        return Arbitraries.of(PLACES.stream().map(Place::of).toList());
    }

    /** No word of the fact sheet begins with an x; what comes after it can be anything. */
    @Provide
    Arbitrary<String> words() {
        Arbitrary<String> plain = Arbitraries.strings().withCharRange('a', 'z').withChars('_', '.');
        return Arbitraries.oneOf(plain, Arbitraries.strings().ofMaxLength(8)).map(word -> "x" + word);
    }

    /** What may stand below a new key, words that would be drift in a known place among it. */
    @Provide
    Arbitrary<JsonNode> values() {
        return Arbitraries.of(
                        "1", "null", "'x'", "[]", "{}", "{'x':{'x':1}}", "[{'type':'x','x':1}]", "{'type':'paragraph'}")
                .map(DriftTest::parse);
    }

    /** The block as the last of the blocks below another one, so many times. */
    private static JsonNode below(JsonNode block, int depth) {
        JsonNode tree = block;
        for (int i = 0; i < depth; i++) {
            ObjectNode above = (ObjectNode) parse("{'type':'toggle','toggle':{},'has_children':true}");
            ArrayNode children = above.putArray("children");
            children.add(parse("{'type':'divider','divider':{}}")).add(tree);
            tree = above;
        }
        return tree;
    }

    /** As it may stand in the text that {@link #parse} takes. */
    private static String quoted(String text) {
        return Json.MAPPER.getNodeFactory().textNode(text).toString().replace("'", "\\u0027");
    }

    private static JsonNode parse(String json) {
        try {
            return Json.MAPPER.readTree(json.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
