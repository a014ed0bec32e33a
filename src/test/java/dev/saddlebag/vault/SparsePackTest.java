package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Old packs of which little is still needed are emptied by the way, and never rewritten (facts/vault-study.md §2.3). */
class SparsePackTest {
    private static final int FILES = 40;

    private final Workshop workshop = new Workshop(Limits.STANDARD);
    private final MemoryStore store = new MemoryStore();

    @AfterEach
    void clear() throws Exception {
        workshop.close();
    }

    @Test
    void what_is_left_in_a_pack_that_is_hardly_needed_moves_on_with_the_next_reading() throws Exception {
        var first = ship(files(0));
        var second = ship(files(37));
        assertThat(uses(second, first))
                .as("nobody knew at that time that the pack would be sparse")
                .isTrue();

        var third = ship(files(37));

        assertThat(uses(third, first)).isFalse();
        assertThat(uses(third, second)).isTrue();
        assertThat(workshop.export(store, third.id())).containsExactlyInAnyOrderEntriesOf(files(37));
        var fourth = ship(files(37));
        assertThat(fourth.snapshot().list().hashes().keySet())
                .as("once is enough")
                .noneMatch(
                        name -> Names.isData(name) && name.contains(fourth.id().value()));
        assertThat(uses(fourth, first)).isFalse();
    }

    @Test
    void a_pack_of_which_a_tenth_is_needed_stays() throws Exception {
        var first = ship(files(0));
        ship(files(36));

        assertThat(uses(ship(files(36)), first)).isTrue();
    }

    @Test
    void what_is_carried_over_stays_where_it_is_since_nobody_has_it_in_clear() throws Exception {
        var first = ship(files(0));
        ship(files(37));
        var third = workshop.sealChanges(files(37));
        workshop.ship(third, store);

        assertThat(uses(third, first)).isTrue();
        assertThat(uses(ship(files(37)), first))
                .as("a later reading still knows")
                .isFalse();
    }

    @Test
    void small_packs_are_left_alone() throws Exception {
        var small = new TreeMap<String, byte[]>();
        for (int i = 0; i < FILES; i++) {
            small.put("files/%02d.png".formatted(i), Workshop.noise(1000, i));
        }
        var first = ship(small);
        for (int i = 0; i < 39; i++) {
            small.put("files/%02d.png".formatted(i), Workshop.noise(1000, i + 1000));
        }
        ship(small);

        assertThat(uses(ship(small), first)).isTrue();
    }

    /** Forty pictures in one pack of 1.2 MB, the first of them edited. */
    private static Map<String, byte[]> files(int edited) {
        var files = new TreeMap<String, byte[]>();
        for (int i = 0; i < FILES; i++) {
            files.put("files/%02d.png".formatted(i), Workshop.noise(30_000, i < edited ? i + 1000 : i));
        }
        return files;
    }

    private Sealed ship(Map<String, byte[]> files) throws Exception {
        var run = workshop.seal(files);
        assertThat(workshop.ship(run, store).delivered()).isTrue();
        return run;
    }

    private static boolean uses(Sealed later, Sealed earlier) {
        var names = new TreeSet<>(later.snapshot().list().hashes().keySet());
        names.removeIf(name -> !Names.isData(name));
        return names.stream().anyMatch(name -> name.contains(earlier.id().value()));
    }
}
