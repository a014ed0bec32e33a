package dev.saddlebag.snapshot;

import static dev.saddlebag.snapshot.SampleAccount.page;
import static dev.saddlebag.snapshot.SampleAccount.ref;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.vault.Note;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One line for each object, in an order that the course of the run has no part in. */
class CatalogueTest {
    @TempDir
    Path home;

    private Accounts accounts;
    private Path target;

    @BeforeEach
    void begin() throws IOException {
        accounts = Accounts.open(home.resolve("accounts.jsonl"));
        target = home.resolve("catalogue.jsonl");
    }

    @Test
    void the_lines_are_sorted_by_path_whatever_the_order_in_which_objects_were_finished() throws Exception {
        List<ObjectRef> objects = new ArrayList<>(List.of(
                ref(Kind.DATA_SOURCE, 4),
                ref(Kind.DATABASE, 3),
                page(1),
                page(2),
                page(16),
                page(160),
                ref(Kind.VIEW, 0)));
        List<String> inOrder =
                objects.stream().map(object -> line(object, "x").toString()).toList();
        assertThat(objects)
                .isSortedAccordingTo(
                        (a, b) -> a.kind().path(a.id()).compareTo(b.kind().path(b.id())));
        for (int seed = 0; seed < 10; seed++) {
            Collections.shuffle(objects, new Random(seed));
            var shuffled = Accounts.open(home.resolve("accounts" + seed));
            for (ObjectRef object : objects) {
                shuffled.add(SampleAccount.of(object).line(line(object, "x")).account());
            }
            new Catalogue(shuffled).write(target);

            assertThat(Files.readAllLines(target)).isEqualTo(inOrder);
        }
    }

    @Test
    void ids_are_ordered_as_their_letters_are_and_not_as_signed_numbers() throws Exception {
        List<String> ids = List.of(
                "00000000-0000-4000-8000-000000000000",
                "7fffffff-0000-4000-8000-000000000000",
                "80000000-0000-4000-8000-000000000000",
                "ffffffff-0000-4000-8000-000000000000");
        for (String id : ids) {
            var ref = new ObjectRef(Kind.PAGE, id);
            accounts.add(SampleAccount.of(ref).line(line(ref, "x")).account());
        }
        new Catalogue(accounts).write(target);

        assertThat(Files.readAllLines(target))
                .extracting(line -> Json.MAPPER.readTree(line).path("id").asText())
                .isEqualTo(ids);
    }

    @Test
    void each_line_ends_with_a_line_feed_and_keeps_every_letter() throws Exception {
        add(1, "Žluťoučký 🐎\nline");
        new Catalogue(accounts).write(target);

        assertThat(target)
                .hasContent("{\"id\":\"" + page(1).id()
                        + "\",\"title\":\"Žluťoučký 🐎\\nline\",\"last_edited_time\":\"t\"}\n");
    }

    @Test
    void what_was_carried_over_has_a_line_and_what_the_snapshot_does_not_hold_has_none() throws Exception {
        int number = 0;
        for (State state : State.values()) {
            ObjectRef object = page(number++);
            accounts.add(SampleAccount.of(object)
                    .state(state)
                    .line(state.isHeld() ? line(object, state.word()) : null)
                    .account());
        }
        new Catalogue(accounts).write(target);

        assertThat(Files.readAllLines(target))
                .extracting(line -> Json.MAPPER.readTree(line).path("title").asText())
                .containsExactly("collected", "carried_over");
    }

    @Test
    void the_ledger_has_a_line_for_every_object_that_was_met_whatever_became_of_it() throws Exception {
        accounts.add(SampleAccount.of(page(2)).account());
        accounts.add(Account.without(page(1), State.NOT_SHARED, "2026-11-01T02:11:00Z", 1, List.of()));
        accounts.add(Account.without(page(3), State.FAILED, null, 0, List.of()));
        new Catalogue(accounts).writeLedger(target);

        assertThat(Files.readAllLines(target))
                .containsExactly(
                        "{\"id\":\"" + page(1).id()
                                + "\",\"type\":\"page\",\"state\":\"not_shared\",\"read\":\"2026-11-01T02:11:00Z\"}",
                        "{\"id\":\"" + page(2).id()
                                + "\",\"type\":\"page\",\"state\":\"collected\",\"read\":\"2026-11-01T02:10:00Z\"}",
                        "{\"id\":\"" + page(3).id() + "\",\"type\":\"page\",\"state\":\"failed\"}");
    }

    @Test
    void a_note_repeats_id_title_and_time_of_its_line() throws Exception {
        for (int number : IntStream.of(3, 1, 2).toArray()) {
            add(number, "Title of " + number);
        }
        var catalogue = new Catalogue(accounts);

        assertThat(catalogue.note(Kind.PAGE.path(page(1).id()))).isEqualTo(new Note(page(1).id(), "Title of 1", "t"));
        assertThat(catalogue.note(Kind.PAGE.path(page(3).id()))).isEqualTo(new Note(page(3).id(), "Title of 3", "t"));
        assertThat(catalogue.note(Kind.DATABASE.path(page(3).id()))).isEqualTo(Note.NONE);
        assertThat(catalogue.note(Kind.PAGE.path(page(4).id()))).isEqualTo(Note.NONE);
        assertThat(catalogue.note("completeness.json")).isEqualTo(Note.NONE);
        assertThat(catalogue.note("objects/pages/aa.json")).isEqualTo(Note.NONE);
    }

    @Test
    void a_title_or_a_time_that_is_not_there_is_not_invented() throws Exception {
        ObjectNode line = Json.MAPPER.createObjectNode().put("id", page(1).id()).putNull("title");
        accounts.add(SampleAccount.of(page(1)).line(line).account());

        assertThat(new Catalogue(accounts).note(Kind.PAGE.path(page(1).id())))
                .isEqualTo(new Note(page(1).id(), null, null));
    }

    private void add(int number, String title) throws IOException {
        accounts.add(
                SampleAccount.of(page(number)).line(line(page(number), title)).account());
    }

    private static ObjectNode line(ObjectRef object, String title) {
        return Json.MAPPER
                .createObjectNode()
                .put("id", object.id())
                .put("title", title)
                .put("last_edited_time", "t");
    }
}
