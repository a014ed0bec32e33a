package dev.saddlebag.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Markdown endpoint against facts/notion-api.md §2.8. */
class MarkdownTest {
    private static final Pattern STORED = Pattern.compile("http://127\\S*?/files/\\S*?x-id=GetObject");

    private static final Set<String> NOT_SHOWN =
            Set.of("bookmark", "embed", "link_preview", "breadcrumb", "template", "unsupported");

    private final SampleWorkspace workspace = SampleWorkspace.of(11, 200);
    private final NotionSimulator notion = NotionSimulator.start(workspace, Behaviour.standard());
    private final SimulatorClient client = new SimulatorClient(notion);
    private final String home = workspace.standalonePages().get(Plan.HOME);
    private final String showcase = workspace.standalonePages().get(Plan.SHOWCASE);

    @AfterEach
    void stop() {
        notion.close();
    }

    private ObjectNode markdown(String id) {
        return client.good("/v1/pages/" + id + "/markdown");
    }

    private static Set<String> unknown(JsonNode markdown) {
        Set<String> ids = new HashSet<>();
        markdown.get("unknown_block_ids").forEach(id -> ids.add(id.asText()));
        return ids;
    }

    private List<JsonNode> blocks(String parent) {
        List<JsonNode> all = new ArrayList<>();
        client.all("/v1/blocks/" + parent + "/children").forEach(all::add);
        return all;
    }

    private String block(String type) {
        return blocks(showcase).stream()
                .filter(block -> block.has(type))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asText();
    }

    @Test
    void a_page_names_the_blocks_that_it_cannot_show() {
        ObjectNode markdown = markdown(showcase);
        assertThat(markdown.properties())
                .extracting(java.util.Map.Entry::getKey)
                .containsExactly("object", "id", "markdown", "truncated", "unknown_block_ids");
        assertThat(markdown.get("object").asText()).isEqualTo("page_markdown");
        assertThat(markdown.get("truncated").asBoolean()).isFalse();
        Set<String> expected = new HashSet<>();
        collectUnknown(showcase, expected);
        assertThat(unknown(markdown)).isEqualTo(expected).hasSizeGreaterThan(6);
        assertThat(markdown.get("markdown").asText().split("<unknown ", -1)).hasSize(expected.size() + 1);
        assertThat(markdown.get("markdown").asText())
                .contains("# Heading 1\n", "- [x] Done\n", "\tthe child\n", "$$\ne^{i\\pi} + 1 = 0\n$$\n")
                // The same words stand in two originals, of which the connection may see one.
                .containsOnlyOnce("Only those who may see this page")
                .doesNotContain("Every kind of block");
    }

    private void collectUnknown(String parent, Set<String> expected) {
        for (JsonNode block : blocks(parent)) {
            String id = block.get("id").asText();
            JsonNode original = block.at("/synced_block/synced_from/block_id");
            if (NOT_SHOWN.contains(block.get("type").asText())
                    || (original.isTextual()
                            && client.get("/v1/blocks/" + original.asText()).status() == 404)) {
                expected.add(id);
            } else if (block.get("has_children").asBoolean() && !original.isTextual() && !block.has("child_page")) {
                collectUnknown(id, expected);
            }
        }
    }

    @Test
    void subpages_are_links_and_those_that_are_not_shared_are_unknown() {
        ObjectNode markdown = markdown(home);
        String hidden = workspace.unsharedPages().get(0);
        assertThat(unknown(markdown)).contains(hidden);
        assertThat(markdown.get("markdown").asText())
                .contains(">Every kind of block</page>", "<database url=", "alt=\"child_page\"/>");
        assertThat(client.get("/v1/pages/" + hidden + "/markdown").status()).isEqualTo(404);
    }

    @Test
    void a_block_is_fetched_through_the_same_endpoint_unless_it_can_never_be_shown() {
        String toggle = block("toggle");
        ObjectNode markdown = markdown(toggle);
        assertThat(markdown.get("id").asText()).isEqualTo(toggle);
        assertThat(markdown.get("markdown").asText()).isEqualTo("Open me\n\tNothing here but text\n");
        for (String type : List.of("unsupported", "bookmark")) {
            SimulatorClient.Answer refused = client.get("/v1/pages/" + block(type) + "/markdown");
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.body().get("code").asText()).isEqualTo("object_not_found");
        }
        String database = workspace.databases().get(0);
        assertThat(client.get("/v1/pages/" + database + "/markdown").status()).isEqualTo(404);
        assertThat(client.get("/v1/pages/nothing/markdown").status()).isEqualTo(400);
    }

    @Test
    void what_was_said_in_a_meeting_comes_only_when_asked_for() {
        assertThat(markdown(showcase).get("markdown").asText())
                .contains("Weekly meeting\n\tThe summary\n\t\tWhat the summary says")
                .doesNotContain("What the transcript says");
        String asked = "/v1/pages/" + showcase + "/markdown?include_transcript=true";
        assertThat(client.good(asked).get("markdown").asText()).contains("\t\tWhat the transcript says");
    }

    @Test
    void files_have_signed_addresses_that_work() {
        Matcher addresses = STORED.matcher(markdown(showcase).get("markdown").asText());
        int files = 0;
        while (addresses.find()) {
            HttpRequest download =
                    HttpRequest.newBuilder(URI.create(addresses.group())).build();
            assertThat(addresses.group()).contains("X-Amz-Signature=");
            assertThat(client.send(download).status()).isEqualTo(200);
            files++;
        }
        long stored = blocks(showcase).stream()
                .filter(block -> block.path(block.get("type").asText())
                        .path("type")
                        .asText()
                        .equals("file"))
                .count();
        assertThat(files).isEqualTo((int) stored).isPositive();
    }

    @Test
    void past_its_limit_an_answer_is_truncated_and_names_what_is_left() {
        Content content = workspace.content();
        FileLinks none = FileLinks.NONE;
        Ref page = Ref.page(Plan.DEEP);
        List<Block> blocks = content.blocks().of(Plan.DEEP, none);
        ObjectNode all = new MarkdownSketch(content, new Access(content), none, false, 100).of(page, blocks);
        assertThat(all.get("truncated").asBoolean()).isFalse();
        ObjectNode some = new MarkdownSketch(content, new Access(content), none, false, 3).of(page, blocks);
        assertThat(some.get("truncated").asBoolean()).isTrue();
        assertThat(some.get("markdown").asText()).contains("\t\t- Level 3\n").doesNotContain("Level 4");
        // The first block that is left out stands directly below the third that is shown.
        String left = some.get("unknown_block_ids").get(0).asText();
        assertThat(markdown(left).get("markdown").asText()).startsWith("- Level 4\n\t- Level 5\n");
    }
}
