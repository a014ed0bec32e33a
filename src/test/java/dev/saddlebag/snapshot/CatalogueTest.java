package dev.saddlebag.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.vault.Note;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One line for each object, in an order that the course of the run has no part in. */
class CatalogueTest {
    @TempDir
    Path home;

    @Test
    void the_lines_are_sorted_by_path_whatever_the_order_in_which_objects_were_finished() throws Exception {
        List<String> ids = new ArrayList<>(List.of("b", "a", "d", "c", "e"));
        for (int seed = 0; seed < 10; seed++) {
            Collections.shuffle(ids, new Random(seed));
            var catalogue = new Catalogue(home.resolve("unsorted" + seed));
            for (String id : ids) {
                catalogue.add("objects/pages/" + id + ".json", line(id, "Title of " + id));
            }
            Path sorted = home.resolve("catalogue" + seed + ".jsonl");
            catalogue.write(sorted);

            assertThat(Files.readAllLines(sorted))
                    .containsExactly(
                            line("a", "Title of a").toString(),
                            line("b", "Title of b").toString(),
                            line("c", "Title of c").toString(),
                            line("d", "Title of d").toString(),
                            line("e", "Title of e").toString());
        }
    }

    @Test
    void each_line_ends_with_a_line_feed_and_keeps_every_letter() throws Exception {
        var catalogue = new Catalogue(home.resolve("unsorted"));
        catalogue.add("p", line("p", "Žluťoučký 🐎\nline"));
        Path sorted = home.resolve("catalogue.jsonl");
        catalogue.write(sorted);

        assertThat(sorted).hasContent("{\"id\":\"p\",\"title\":\"Žluťoučký 🐎\\nline\",\"last_edited_time\":\"t\"}\n");
    }

    @Test
    void a_note_repeats_id_title_and_time_of_its_line() throws Exception {
        var catalogue = new Catalogue(home.resolve("unsorted"));
        for (String id : List.of("c", "a", "b")) {
            catalogue.add("objects/pages/" + id + ".json", line(id, "Title of " + id));
        }
        catalogue.write(home.resolve("catalogue.jsonl"));

        assertThat(catalogue.note("objects/pages/a.json")).isEqualTo(new Note("a", "Title of a", "t"));
        assertThat(catalogue.note("objects/pages/c.json")).isEqualTo(new Note("c", "Title of c", "t"));
        assertThat(catalogue.note("completeness.json")).isEqualTo(Note.NONE);
        assertThat(catalogue.note("objects/pages/aa.json")).isEqualTo(Note.NONE);
    }

    @Test
    void a_title_or_a_time_that_is_not_there_is_not_invented() throws Exception {
        var catalogue = new Catalogue(home.resolve("unsorted"));
        catalogue.add("x", Json.MAPPER.createObjectNode().put("id", "x").putNull("title"));
        catalogue.write(home.resolve("catalogue.jsonl"));

        assertThat(catalogue.note("x")).isEqualTo(new Note("x", null, null));
    }

    @Test
    void what_an_earlier_run_left_behind_is_forgotten() throws Exception {
        Path unsorted = Files.writeString(home.resolve("unsorted"), "left over\n");
        var catalogue = new Catalogue(unsorted);
        catalogue.add("x", line("x", "X"));
        Path sorted = home.resolve("catalogue.jsonl");
        catalogue.write(sorted);

        assertThat(Files.readAllLines(sorted)).containsExactly(line("x", "X").toString());
    }

    private static ObjectNode line(String id, String title) {
        return Json.MAPPER.createObjectNode().put("id", id).put("title", title).put("last_edited_time", "t");
    }
}
