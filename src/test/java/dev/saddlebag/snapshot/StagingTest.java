package dev.saddlebag.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a run puts its snapshot together. */
class StagingTest {
    private static final ObjectRef PAGE = new ObjectRef(Kind.PAGE, "00000000-0000-4000-8000-000000000001");

    @TempDir
    Path home;

    private Staging staging;

    @BeforeEach
    void begin() {
        staging = new Staging(home.resolve("staging"));
    }

    @Test
    void what_is_written_is_in_the_tree_as_one_line_and_the_very_bytes_are_returned() throws Exception {
        ObjectNode content = Json.MAPPER.createObjectNode().put("title", "Žluť");
        byte[] bytes = staging.write("objects/pages/p1.json", content);

        Path file = staging.tree().resolve("objects/pages/p1.json");
        assertThat(file).hasContent("{\"title\":\"Žluť\"}\n").hasBinaryContent(bytes);
    }

    @Test
    void a_number_is_written_with_the_digits_it_came_with() throws Exception {
        String json = "{\"a\":1.0,\"b\":12345678901234567890,\"c\":0.10}";

        assertThat(staging.write("x.json", Json.MAPPER.readTree(json)))
                .asString()
                .isEqualTo(json + "\n");
    }

    @Test
    void a_block_tree_may_be_deeper_than_the_library_likes() throws Exception {
        ObjectNode top = Json.MAPPER.createObjectNode();
        ArrayNode children = top.putArray("blocks");
        for (int level = 0; level < 700; level++) {
            children = children.addObject().putArray("children");
        }
        staging.keepSeen(PAGE, top);

        assertThat(staging.takeSeen(PAGE)).contains(top);
    }

    @Test
    void what_a_listing_showed_can_be_taken_once() throws Exception {
        ObjectNode page = Json.MAPPER.createObjectNode().put("id", "x");
        staging.keepSeen(PAGE, page);

        assertThat(staging.takeSeen(new ObjectRef(Kind.DATABASE, PAGE.id()))).isEmpty();
        assertThat(staging.takeSeen(PAGE)).contains(page);
        assertThat(staging.takeSeen(PAGE)).isEmpty();
    }

    @Test
    void what_was_only_seen_is_no_part_of_the_snapshot() throws Exception {
        staging.keepSeen(PAGE, Json.MAPPER.createObjectNode());
        Files.writeString(staging.temporary("half"), "half a file");
        staging.write("workspace.json", Json.MAPPER.createObjectNode());

        assertThat(staging.tree()).isDirectoryRecursivelyContaining("glob:**/workspace.json");
        try (var files = Files.walk(staging.tree())) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    @Test
    void deleting_leaves_nothing_and_may_be_repeated() throws Exception {
        staging.keepSeen(PAGE, Json.MAPPER.createObjectNode());
        staging.write("a/b/c.json", Json.MAPPER.createObjectNode());
        staging.delete();

        assertThat(home).isEmptyDirectory();
        assertThatCode(staging::delete).doesNotThrowAnyException();
    }

    @Test
    void a_disk_in_trouble_is_explained_with_what_to_look_at() {
        var full = new StagingException("page p1 cannot be stored", new IOException("No space left on device"));

        assertThat(full)
                .hasMessage("page p1 cannot be stored (IOException: No space left on device). "
                        + "Is the disk of saddlebag.state-directory full or read-only?");
    }
}
