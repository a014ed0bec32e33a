package dev.saddlebag.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleWorkspaceTest {
    private static final String BASE = "http://127.0.0.1:1";

    private static Stream<Truth.Entry> objects(SampleWorkspace workspace) {
        return workspace.truth(BASE, TruthOptions.standard()).objects();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -5, 123_456_789_012L})
    void theSameSeedIsTheSameWorkspace(long seed) {
        List<Truth.Entry> first = objects(SampleWorkspace.of(seed, 120)).toList();
        assertThat(objects(SampleWorkspace.of(seed, 120)).toList()).isEqualTo(first);
        assertThat(objects(SampleWorkspace.of(seed + 1, 120)).toList()).isNotEqualTo(first);
    }

    @Test
    void itHasEveryTypeOfBlockAndProperty() {
        Set<String> blocks = new TreeSet<>();
        Set<String> properties = new TreeSet<>();
        objects(SampleWorkspace.of(8, 300)).forEach(entry -> {
            blockTypes(entry.content().path("blocks"), blocks);
            entry.content()
                    .at("/page/properties")
                    .forEach(property -> properties.add(property.get("type").asText()));
        });
        assertThat(blocks)
                .contains(
                        "audio",
                        "bookmark",
                        "breadcrumb",
                        "bulleted_list_item",
                        "callout",
                        "child_database",
                        "child_page",
                        "code",
                        "column",
                        "column_list",
                        "divider",
                        "embed",
                        "equation",
                        "file",
                        "heading_1",
                        "heading_2",
                        "heading_3",
                        "heading_4",
                        "image",
                        "link_preview",
                        "link_to_page",
                        "meeting_notes",
                        "numbered_list_item",
                        "paragraph",
                        "pdf",
                        "quote",
                        "synced_block",
                        "tab",
                        "table",
                        "table_of_contents",
                        "table_row",
                        "template",
                        "to_do",
                        "toggle",
                        "unsupported",
                        "video");
        assertThat(properties)
                .contains(
                        "title",
                        "rich_text",
                        "number",
                        "select",
                        "multi_select",
                        "status",
                        "date",
                        "people",
                        "files",
                        "checkbox",
                        "url",
                        "email",
                        "phone_number",
                        "relation",
                        "rollup",
                        "formula",
                        "created_time",
                        "created_by",
                        "last_edited_time",
                        "last_edited_by",
                        "unique_id",
                        "button",
                        "place",
                        "verification");
    }

    @Test
    void customEmojisAreIconsOfPagesAndCalloutsAndPartsOfTexts() {
        SampleWorkspace workspace = SampleWorkspace.of(8, 5);
        Map<String, JsonNode> truth =
                objects(workspace).collect(Collectors.toMap(Truth.Entry::path, Truth.Entry::content));
        JsonNode handbook =
                truth.get("objects/pages/" + workspace.standalonePages().get(2) + ".json");
        JsonNode showcase =
                truth.get("objects/pages/" + workspace.standalonePages().get(1) + ".json");
        assertThat(stored(handbook.at("/page/icon"))).isEqualTo(1);
        assertThat(showcase.findValues("callout"))
                .anyMatch(callout -> stored(callout.get("icon")) == 1)
                .hasSize(3);
        assertThat(showcase.findValues("mention")).anyMatch(mention -> stored(mention) == 1);
        assertThat(workspace.truth(BASE, TruthOptions.standard()).customEmojis())
                .hasSize(3)
                .allMatch(emoji -> emoji.has("sha256"));
    }

    private static long stored(JsonNode named) {
        return named.findValues("custom_emoji").stream()
                .filter(emoji -> emoji.get("path").asText().startsWith(BASE + "/public/emojis/"))
                .filter(emoji -> emoji.has("sha256") && emoji.has("size") && !emoji.has("url"))
                .count();
    }

    @Test
    void aHiddenPageIsNamedByOneObjectAndShownByNoList() {
        SampleWorkspace workspace = SampleWorkspace.of(8, 20);
        List<String> pages = workspace.standalonePages();
        String showcase = "objects/pages/" + pages.get(1) + ".json";
        String row = "objects/pages/"
                + workspace.rows(workspace.dataSources().get(0)).get(0) + ".json";
        String child = "objects/pages/" + pages.get(pages.size() - 2) + ".json";
        List<String> referrers = List.of(showcase, showcase, row, showcase, child);
        List<String> kinds = List.of("mention", "link_to_page", "relation", "synced_from", "parent");
        try (var notion = NotionSimulator.start(workspace, Behaviour.standard())) {
            Map<String, JsonNode> truth = TruthTest.truth(notion, TruthOptions.complete());
            Map<String, JsonNode> search = new HashMap<>();
            new SimulatorClient(notion)
                    .all("/v1/search", Json.MAPPER.createObjectNode())
                    .forEach(hit -> search.put(hit.get("id").asText(), hit));
            assertThat(workspace.hiddenPages()).hasSize(5);
            for (int i = 0; i < 5; i++) {
                String hidden = workspace.hiddenPages().get(i);
                String path = "objects/pages/" + hidden + ".json";
                String original = truth.get(path).findValues("synced_block").isEmpty()
                        ? hidden
                        : block(truth.get(path).get("blocks"), "synced_block");
                assertThat(truth.keySet().stream()
                                .filter(other -> !other.equals(path))
                                .filter(other -> truth.get(other).toString().contains(original)))
                        .containsExactly(referrers.get(i));
                assertThat(truth.get(referrers.get(i)).findValues(kinds.get(i)))
                        .anyMatch(reference -> reference.toString().contains(original));
                assertThat(search).doesNotContainKey(hidden);
            }
            assertThat(search).containsKey(pages.get(pages.size() - 2));

            String database = workspace.hiddenDatabases().get(0);
            JsonNode sources =
                    truth.get("objects/databases/" + database + ".json").at("/database/data_sources");
            String source = sources.get(0).get("id").asText();
            assertThat(workspace.rows(source)).hasSize(3);
            assertThat(search).doesNotContainKey(source).doesNotContainKeys(array(workspace.rows(source)));
            assertThat(truth.get(showcase).findValues("mention"))
                    .anyMatch(mention -> mention.at("/database/id").asText().equals(database));
        }
    }

    private static String[] array(List<String> ids) {
        return ids.toArray(String[]::new);
    }

    /** The id of the first block of a type, or null. */
    private static String block(JsonNode blocks, String type) {
        for (JsonNode block : blocks) {
            String below = block.has(type) ? block.get("id").asText() : block(block.path("children"), type);
            if (below != null) {
                return below;
            }
        }
        return null;
    }

    @Test
    void aHiddenPageIsLostWithItsReference() throws Exception {
        SampleWorkspace workspace = SampleWorkspace.of(9, 60);
        List<String> hidden = workspace.hiddenPages();
        try (var notion = NotionSimulator.start(workspace, Behaviour.standard())) {
            workspace.deletePage(workspace.standalonePages().get(1));
            assertThat(hiddenIn(notion)).containsExactly(hidden.get(2), hidden.get(4));

            String row = workspace.rows(workspace.dataSources().get(0)).get(0);
            JsonNode other = Json.MAPPER.readTree("[{\"id\": \"" + hidden.get(0) + "\"}]");
            workspace.editProperty(row, "Related", other, SampleWorkspace.Touch.KEEPS_LAST_EDITED_TIME);
            assertThat(hiddenIn(notion)).containsExactly(hidden.get(0), hidden.get(4));

            workspace.addPage(hidden.get(1), "Below a hidden page");
            workspace.addRow(hiddenSource(notion), "In a hidden list");
            workspace.movePage(
                    hidden.get(3), workspace.standalonePages().get(0), SampleWorkspace.Touch.KEEPS_LAST_EDITED_TIME);
            assertThat(hiddenIn(notion)).containsExactly(hidden.get(0), hidden.get(1), hidden.get(3), hidden.get(4));
            assertThat(TruthTest.truth(notion, TruthOptions.standard()))
                    .containsKey(
                            "objects/databases/" + workspace.hiddenDatabases().get(0) + ".json");
        }
    }

    private static String hiddenSource(NotionSimulator notion) {
        List<String> sources = notion.workspace().dataSources();
        return sources.get(sources.size() - 1);
    }

    /** The hidden pages that the truth holds, which must be those that a walk finds. */
    private static List<String> hiddenIn(NotionSimulator notion) {
        Set<String> walked = new NaiveBackup(notion, false).run().keySet();
        assertThat(walked)
                .isEqualTo(TruthTest.truth(notion, TruthOptions.standard()).keySet());
        return notion.workspace().hiddenPages().stream()
                .filter(page -> walked.contains("objects/pages/" + page + ".json"))
                .toList();
    }

    private static void blockTypes(JsonNode blocks, Set<String> types) {
        for (JsonNode block : blocks) {
            types.add(block.get("type").asText());
            blockTypes(block.path("children"), types);
        }
    }

    @Test
    void editsShowInTheApiAndInTheTruth() {
        SampleWorkspace workspace = SampleWorkspace.of(21, 200);
        workspace.clock(Clock.fixed(Instant.parse("2026-11-21T08:15:40Z"), ZoneOffset.UTC));
        String source = workspace.dataSources().get(0);
        List<String> pages = workspace.standalonePages();
        String handbook = pages.get(2);
        String paragraph = workspace.paragraphs(pages.get(3)).get(0);
        String deleted = workspace.paragraphs(pages.get(3)).get(1);
        workspace.editTitle(handbook, "Handbook 2", SampleWorkspace.Touch.MOVES_LAST_EDITED_TIME);
        workspace.editParagraph(paragraph, "Changed", SampleWorkspace.Touch.KEEPS_LAST_EDITED_TIME);
        workspace.deleteBlock(deleted, SampleWorkspace.Touch.KEEPS_LAST_EDITED_TIME);
        workspace.addParagraph(handbook, "Appended", SampleWorkspace.Touch.KEEPS_LAST_EDITED_TIME);
        String row = workspace.rows(source).get(0);
        workspace.editProperty(row, "Amount", IntNode.valueOf(5), SampleWorkspace.Touch.MOVES_LAST_EDITED_TIME);
        String added = workspace.addPage(handbook, "Added");
        String inAdded = workspace.addPage(added, "Below the added one");
        String addedRow = workspace.addRow(source, "Added row");
        workspace.movePage(pages.get(10), added, SampleWorkspace.Touch.KEEPS_LAST_EDITED_TIME);
        String movedRow = workspace.rows(source).get(6);
        workspace.movePage(movedRow, workspace.dataSources().get(4), SampleWorkspace.Touch.MOVES_LAST_EDITED_TIME);
        workspace.deletePage(pages.get(4));
        workspace.revokeSharing(pages.get(5));
        workspace.deleteDatabase(workspace.databases().get(2));
        String comment = workspace.addComment(handbook, "Look here");

        try (var notion = NotionSimulator.start(workspace, Behaviour.standard())) {
            Map<String, JsonNode> truth = TruthTest.truth(notion, TruthOptions.standard());
            assertThat(new NaiveBackup(notion, false).run().toString()).isEqualTo(truth.toString());
            JsonNode page = truth.get("objects/pages/" + handbook + ".json");
            assertThat(page.at("/page/last_edited_time").asText()).isEqualTo("2026-11-21T08:15:00.000Z");
            assertThat(page.toString()).contains("Handbook 2", "Appended");
            assertThat(truth.get("objects/pages/" + row + ".json").at("/page/properties/Amount/number"))
                    .isEqualTo(IntNode.valueOf(5));
            assertThat(truth)
                    .containsKeys("objects/pages/" + inAdded + ".json", "objects/pages/" + addedRow + ".json")
                    .doesNotContainKeys(
                            "objects/pages/" + pages.get(4) + ".json", "objects/pages/" + pages.get(5) + ".json");
            assertThat(workspace.rows(workspace.dataSources().get(4))).contains(movedRow);
            var client = new SimulatorClient(notion);
            assertThat(client.good("/v1/blocks/" + deleted).get("in_trash").asBoolean())
                    .isTrue();
            assertThat(client.get("/v1/blocks/" + deleted + "/children").status())
                    .isEqualTo(404);
            assertThat(client.all("/v1/comments?block_id=" + handbook).toString())
                    .contains(comment, "Look here");
            assertThat(client.post("/v1/search", Json.MAPPER.createObjectNode().put("page_size", 1))
                            .body()
                            .at("/results/0/last_edited_time")
                            .asText())
                    .isEqualTo("2026-11-21T08:15:00.000Z");
        }
    }

    @Test
    void a_row_that_is_not_shared_is_in_no_query() {
        SampleWorkspace workspace = SampleWorkspace.of(4, 60);
        String source = workspace.dataSources().get(0);
        String row = workspace.rows(source).get(2);
        workspace.revokeSharing(row);
        try (var notion = NotionSimulator.start(workspace, Behaviour.standard())) {
            var client = new SimulatorClient(notion);
            assertThat(client.get("/v1/pages/" + row).status()).isEqualTo(404);
            Set<String> found = new HashSet<>();
            client.all("/v1/data_sources/" + source + "/query", Json.MAPPER.createObjectNode())
                    .forEach(hit -> found.add(hit.get("id").asText()));
            assertThat(found).isNotEmpty().doesNotContain(row);
        }
    }

    @Test
    void editsOfWhatIsAroundThePagesShowInTheApiAndInTheTruth() {
        SampleWorkspace workspace = SampleWorkspace.of(22, 200);
        workspace.clock(Clock.fixed(Instant.parse("2026-11-21T08:15:40Z"), ZoneOffset.UTC));
        String home = workspace.standalonePages().get(0);
        String showcase = workspace.standalonePages().get(1);
        String database = workspace.databases().get(0);
        String source = workspace.dataSources().get(0);
        String untouched = workspace.dataSources().get(1);
        String added = workspace.addDatabase(home, "Made later");
        workspace.editDatabaseTitle(database, "Renamed");
        workspace.editSchema(source, "New column", SampleWorkspace.Touch.MOVES_LAST_EDITED_TIME);
        workspace.editSchema(untouched, "Quiet column", SampleWorkspace.Touch.KEEPS_LAST_EDITED_TIME);
        String row = workspace.rows(source).get(3);
        workspace.editProperty(
                row, "New column", RichText.plain("filled in"), SampleWorkspace.Touch.KEEPS_LAST_EDITED_TIME);
        workspace.archiveRow(workspace.rows(source).get(1), SampleWorkspace.Touch.KEEPS_LAST_EDITED_TIME);
        try (var notion = NotionSimulator.start(workspace, Behaviour.standard())) {
            var client = new SimulatorClient(notion);
            String newSource = client.good("/v1/databases/" + added)
                    .at("/data_sources/0/id")
                    .asText();
            List<String> imported = workspace.addRows(newSource, 3);
            workspace.addRow(newSource, "One more");
            workspace.deletePage(imported.get(1));
            String view = client.all("/v1/views?database_id=" + added)
                    .get(0)
                    .get("id")
                    .asText();
            workspace.editView(view, "My view");
            JsonNode comments = client.all("/v1/comments?block_id=" + showcase);
            workspace.resolveComment(comments.get(0).get("id").asText());
            String comment = workspace.addComment(home, "Soon resolved");
            workspace.resolveComment(comment);

            Map<String, JsonNode> truth = TruthTest.truth(notion, TruthOptions.complete());
            Map<String, JsonNode> walked = new NaiveBackup(notion, true).run();
            assertThat(walked.keySet()).isEqualTo(truth.keySet());
            truth.forEach((path, content) ->
                    assertThat(walked.get(path).toString()).as(path).isEqualTo(content.toString()));

            JsonNode homePage = truth.get("objects/pages/" + home + ".json");
            assertThat(homePage.at("/page/last_edited_time").asText()).isEqualTo("2026-11-21T08:15:00.000Z");
            assertThat(homePage.get("blocks").findValuesAsText("title")).contains("Made later", "Renamed");
            assertThat(homePage.get("comments").toString()).doesNotContain(comment);
            JsonNode renamed = truth.get("objects/databases/" + database + ".json");
            assertThat(renamed.at("/database/last_edited_time").asText()).isEqualTo("2026-11-21T08:15:40.000+00:00");
            assertThat(schema(truth, source).at("/properties/New column/type").asText())
                    .isEqualTo("rich_text");
            assertThat(schema(truth, source).get("last_edited_time").asText()).isEqualTo("2026-11-21T08:15:00.000Z");
            assertThat(schema(truth, untouched).at("/properties/Quiet column").isObject())
                    .isTrue();
            assertThat(schema(truth, untouched).get("last_edited_time").asText())
                    .isLessThan("2026-11");
            assertThat(truth.get("objects/pages/" + row + ".json").at("/page/properties/New column/rich_text"))
                    .hasSize(1);
            String archived = workspace.rows(source).get(1);
            JsonNode archivedPage = truth.get("objects/pages/" + archived + ".json");
            assertThat(archivedPage.at("/page/is_archived").asBoolean()).isTrue();
            assertThat(archivedPage.at("/page/properties/New column/rich_text")).isEmpty();
            assertThat(workspace.rows(newSource)).hasSize(3).doesNotContain(imported.get(1));
            assertThat(truth.get("objects/pages/" + imported.get(2) + ".json")
                            .at("/page/created_time")
                            .asText())
                    .isEqualTo("2026-11-21T08:15:00.000Z");
            assertThat(truth.get("objects/views/" + view + ".json")
                            .at("/view/name")
                            .asText())
                    .isEqualTo("My view");
            assertThat(truth.get("objects/pages/" + showcase + ".json").get("comments"))
                    .hasSize(comments.size() - 1);
        }
        assertThatThrownBy(() -> workspace.editSchema(source, "Name", SampleWorkspace.Touch.KEEPS_LAST_EDITED_TIME))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Name");
    }

    private static JsonNode schema(Map<String, JsonNode> truth, String source) {
        return truth.get("objects/data-sources/" + source + ".json").get("data_source");
    }

    @Test
    void anImportOfManyRowsIsCheap() {
        SampleWorkspace workspace = SampleWorkspace.of(23, 200);
        String source = workspace.dataSources().get(4);
        Set<String> imported = Set.copyOf(workspace.addRows(source, 15_000));
        try (var notion = NotionSimulator.start(workspace, Behaviour.standard())) {
            notion.requests().keepEntries(false);
            var client = new SimulatorClient(notion);
            String path = "/v1/data_sources/" + source + "/query";
            JsonNode list = client.post(path, Json.MAPPER.createObjectNode()).body();
            assertThat(list.at("/request_status/type").asText()).isEqualTo("incomplete");
            Set<String> created = new HashSet<>();
            for (JsonNode row : client.all(path, Json.MAPPER.createObjectNode())) {
                if (imported.contains(row.get("id").asText())) {
                    created.add(row.get("created_time").asText());
                }
            }
            assertThat(created).hasSize(1);
            assertThat(workspace.truth(BASE, TruthOptions.standard()).objects()).hasSizeGreaterThan(15_200);
        }
    }

    @Test
    void theTrashIsWhatSearchShowsOfIt() throws Exception {
        SampleWorkspace workspace = SampleWorkspace.of(21, 60);
        workspace.deletePage(workspace.rows(workspace.dataSources().get(0)).get(5));
        workspace.deletePage(workspace.standalonePages().get(2));
        workspace.deleteDatabase(workspace.databases().get(2));
        List<SampleWorkspace.Trashed> expected = new ArrayList<>();
        try (var notion = NotionSimulator.start(workspace, Behaviour.standard())) {
            var client = new SimulatorClient(notion);
            JsonNode filter = Json.MAPPER.readTree("{\"filter\": {\"in_trash\": true}}");
            for (JsonNode hit : client.all("/v1/search", (ObjectNode) filter)) {
                expected.add(new SampleWorkspace.Trashed(
                        hit.get("id").asText(), hit.get("object").asText(), dev.saddlebag.notion.Titles.of(hit)));
            }
        }
        assertThat(workspace.trash())
                .isEqualTo(expected)
                .anyMatch(thing -> thing.kind().equals("data_source"))
                .anyMatch(thing -> thing.title().contains(" for @"));
    }

    @Test
    void theTruthHoldsMoreWhenAsked() {
        SampleWorkspace workspace = SampleWorkspace.of(4, 200);
        TruthOptions all = TruthOptions.standard()
                .withComments(TruthOptions.Comments.BLOCK)
                .withMeetingSections(true)
                .withTemplates(true)
                .withViews(true);
        Map<String, JsonNode> truth =
                workspace.truth(BASE, all).objects().collect(Collectors.toMap(Truth.Entry::path, Truth.Entry::content));
        JsonNode showcase =
                truth.get("objects/pages/" + workspace.standalonePages().get(1) + ".json");
        assertThat(showcase.get("comments")).hasSize(4);
        assertThat(showcase.get("blocks"))
                .filteredOn(block -> block.has("meeting_notes"))
                .hasSize(1)
                .allMatch(block -> block.get("children").size() == 3);
        String source = workspace.dataSources().get(0);
        assertThat(truth.get("objects/data-sources/" + source + ".json").get("templates"))
                .hasSize(2);
        assertThat(truth.keySet()).anyMatch(path -> path.startsWith("objects/views/"));
        long archived = truth.values().stream()
                .filter(object -> object.at("/page/is_archived").asBoolean())
                .count();
        assertThat(archived).isPositive();
        assertThat(workspace.truth(BASE, all.withArchivedRows(false)).objects()).hasSize(truth.size() - (int) archived);
    }

    @Test
    void searchCanBeMadeToMissMuch() {
        SampleWorkspace workspace = SampleWorkspace.of(4, 200);
        Behaviour blind = Behaviour.standard().withIncompleteSearch(Duration.ofDays(1), 100);
        try (var notion = NotionSimulator.start(workspace, blind)) {
            workspace.addPage(workspace.standalonePages().get(0), "Too young for search");
            Map<String, JsonNode> truth = TruthTest.truth(notion, TruthOptions.standard());
            assertThat(new NaiveBackup(notion, false).run().keySet()).isEqualTo(truth.keySet());
            JsonNode found = new SimulatorClient(notion).all("/v1/search", Json.MAPPER.createObjectNode());
            assertThat(found).hasSizeLessThan(40);
        }
    }

    @Test
    void copiesOfSyncedBlocksCanBeListed() {
        SampleWorkspace workspace = SampleWorkspace.of(4, 20);
        try (var notion = NotionSimulator.start(workspace, Behaviour.standard().withSyncedCopiesListed(true))) {
            var client = new SimulatorClient(notion);
            int listed = 0;
            for (JsonNode block :
                    client.all("/v1/blocks/" + workspace.standalonePages().get(1) + "/children")) {
                if (block.path("synced_block").path("synced_from").isObject()) {
                    String path = "/v1/blocks/" + block.get("id").asText() + "/children";
                    listed += client.get(path).status() == 200 ? 1 : 0;
                }
            }
            assertThat(listed).isEqualTo(2);
        }
    }

    @Test
    void aHundredThousandPagesAreMadeWhenTheyAreAskedFor() {
        System.gc();
        long before = used();
        SampleWorkspace workspace = SampleWorkspace.of(99, 100_000);
        try (var notion = NotionSimulator.start(workspace, Behaviour.standard())) {
            notion.requests().keepEntries(false);
            var client = new SimulatorClient(notion);
            Set<String> rows = new HashSet<>();
            String query = "/v1/data_sources/" + workspace.dataSources().get(0) + "/query";
            JsonNode list = client.post(query, Json.MAPPER.createObjectNode()).body();
            assertThat(list.at("/request_status/type").asText()).isEqualTo("incomplete");
            list.get("results").forEach(row -> rows.add(row.get("id").asText()));
            JsonNode found =
                    client.post("/v1/search", Json.MAPPER.createObjectNode()).body();
            for (JsonNode hit : found.get("results")) {
                if (hit.get("object").asText().equals("page")) {
                    client.all("/v1/blocks/" + hit.get("id").asText() + "/children");
                }
            }
            assertThat(rows).hasSize(100);
            System.gc();
            assertThat(used() - before).isLessThan(100_000_000L);
        }
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
