package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is lost at one destination and sound at another comes back (facts/vault-study.md §4.8). */
class RepairerTest {
    private final Garden garden = new Garden();

    @AfterEach
    void clear() throws Exception {
        garden.close();
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void each_file_of_a_snapshot_comes_back_from_another_destination(Damage damage) throws Exception {
        garden.grow();
        garden.grow();
        var other = garden.store.copy();
        for (var file : other.files.keySet()) {
            if (file.indexOf('/') > 0) {
                garden.store.files.compute(file, (name, content) -> damage.apply(content));

                var repaired = repair(other);

                assertThat(repaired.left()).as(file).noneMatch(Finding::isDamage);
                assertThat(repaired.replaced()).contains(file);
                assertThat(new TreeMap<>(garden.store.files).keySet()).isEqualTo(other.files.keySet());
                assertThat(garden.store.files.get(file)).isEqualTo(other.files.get(file));
            }
        }
    }

    @Test
    void what_no_place_has_is_named_and_what_is_damaged_elsewhere_is_not_taken() throws Exception {
        var run = garden.grow();
        var file = garden.store.files.keySet().stream()
                .filter(name -> name.startsWith("data/" + run) && Names.isPack(name))
                .findFirst()
                .orElseThrow();
        garden.store.files.computeIfPresent(file, (name, content) -> Damage.FLIP.apply(content));
        var other = garden.store.copy();
        var before = new TreeMap<>(garden.store.files);

        var repaired = repair(other);

        assertThat(repaired.replaced()).isEmpty();
        assertThat(repaired.left())
                .anyMatch(finding -> finding.isDamage() && finding.file().equals(file) && finding.affected() > 0);
        assertThat(garden.store.files).containsExactlyEntriesOf(before);
    }

    @Test
    void what_waits_in_the_spool_comes_back_from_there() throws Exception {
        var sealed = garden.seal();
        garden.workshop.ship(sealed, garden.store);
        var before = new TreeMap<>(garden.store.files);
        garden.store.files.keySet().removeIf(name -> name.startsWith("data/"));

        assertThat(repair(new MemoryStore()).left()).isEmpty();
        assertThat(garden.store.files).containsExactlyEntriesOf(before);
    }

    private Repairer.Repaired repair(Store other) throws Exception {
        var workshop = garden.workshop;
        return new Repairer(workshop.vault(garden.store), List.of(workshop.vault(other)), workshop.spool(), "vault")
                .repair(Level.FULL);
    }
}
