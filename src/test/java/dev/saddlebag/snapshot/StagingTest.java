package dev.saddlebag.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

        assertThat(staging.seen(PAGE)).contains(top);
    }

    @Test
    void what_a_listing_showed_stays_until_the_object_is_finished() throws Exception {
        ObjectNode page = Json.MAPPER.createObjectNode().put("id", "x");
        staging.keepSeen(PAGE, page);

        assertThat(staging.seen(new ObjectRef(Kind.DATABASE, PAGE.id()))).isEmpty();
        assertThat(staging.seen(PAGE)).contains(page);
        assertThat(new Staging(home.resolve("staging")).seen(PAGE)).contains(page);

        staging.dropSeen(PAGE);
        assertThat(staging.seen(PAGE)).isEmpty();
        assertThatCode(() -> staging.dropSeen(PAGE)).doesNotThrowAnyException();
    }

    @Test
    void what_a_later_listing_shows_takes_the_place_of_what_an_earlier_one_showed() throws Exception {
        staging.keepSeen(PAGE, Json.MAPPER.createObjectNode().put("version", 1));
        staging.keepSeen(PAGE, Json.MAPPER.createObjectNode().put("version", 2));

        assertThat(staging.seen(PAGE)).contains(Json.MAPPER.createObjectNode().put("version", 2));
        assertThat(staging.allSeen()).containsExactly(PAGE);
    }

    @Test
    void a_run_that_goes_on_finds_everything_that_was_seen() throws Exception {
        assertThat(staging.allSeen()).isEmpty();
        List<ObjectRef> seen = List.of(
                PAGE,
                new ObjectRef(Kind.PAGE, "00000000-0000-4000-8000-000000000101"),
                new ObjectRef(Kind.DATA_SOURCE, PAGE.id()));
        for (ObjectRef object : seen) {
            staging.keepSeen(object, Json.MAPPER.createObjectNode());
        }

        assertThat(new Staging(home.resolve("staging")).allSeen()).containsExactlyInAnyOrderElementsOf(seen);
    }

    @Test
    void what_a_crash_has_cut_short_is_as_good_as_not_there() throws Exception {
        staging.keepSeen(PAGE, Json.MAPPER.createObjectNode().put("id", "x"));
        staging.keepNote("workspace", Json.MAPPER.createObjectNode().put("id", "x"));
        try (var files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, "{\"id\":");
            }
        }

        assertThat(staging.seen(PAGE)).isEmpty();
        assertThat(staging.note("workspace")).isEmpty();
        try (var files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, "");
            }
        }
        assertThat(staging.seen(PAGE)).isEmpty();
        assertThat(staging.note("workspace")).isEmpty();
    }

    @Test
    void a_note_is_found_again_under_its_name() throws Exception {
        ObjectNode note = Json.MAPPER.createObjectNode().put("run", "x");
        staging.keepNote("run", note);

        assertThat(new Staging(home.resolve("staging")).note("run")).contains(note);
        assertThat(staging.note("workspace")).isEmpty();
    }

    @Test
    void nothing_that_is_not_whole_has_its_name() throws Exception {
        staging.keepSeen(PAGE, Json.MAPPER.createObjectNode());
        staging.keepNote("run", Json.MAPPER.createObjectNode());

        assertThat(staging.temporary("x").getParent()).isEmptyDirectory();
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
