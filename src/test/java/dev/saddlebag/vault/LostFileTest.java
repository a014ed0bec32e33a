package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The only copy of a pack is gone: what still exists comes into the next snapshot anew (facts/vault-study.md §4.8). */
class LostFileTest {
    private final Garden garden = new Garden();
    private final List<RunId> runs = new ArrayList<>();
    private String lost;

    @BeforeEach
    void threeDays() throws Exception {
        for (int day = 0; day < 3; day++) {
            runs.add(garden.grow());
        }
        // The second part of the file that all of them share.
        lost = garden.store.files.keySet().stream()
                .filter(name -> name.startsWith("data/" + runs.get(0)) && name.endsWith(".002"))
                .findFirst()
                .orElseThrow();
    }

    @AfterEach
    void clear() throws Exception {
        garden.close();
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void a_repair_names_what_is_lost_and_the_next_run_is_whole_again(Damage damage) throws Exception {
        garden.store.files.compute(lost, (name, content) -> damage.apply(content));

        var repairer = repairer(Map.of());
        var repaired = repairer.repair(Level.FULL);

        assertThat(repaired.replaced()).isEmpty();
        assertThat(repaired.lost()).containsExactly(lost);
        for (var run : runs) {
            assertThat(repaired.left())
                    .anyMatch(finding -> run.equals(finding.snapshot())
                            && finding.file().equals(lost)
                            && finding.paths().equals(List.of("files/constant.bin")));
            var paths = new ArrayList<String>();
            repairer.paths(run, lost, paths::add);
            assertThat(paths).containsExactly("files/constant.bin");
        }
        var next = garden.grow();

        assertThat(garden.workshop.vault(garden.store).find("latest").list().hashes())
                .doesNotContainKey(lost);
        assertThat(garden.workshop.export(garden.store, next))
                .containsExactlyEntriesOf(new TreeMap<>(garden.grown.get(next)));
        assertThat(garden.workshop
                        .vault(garden.store)
                        .verify(
                                Level.FULL,
                                next::equals,
                                garden.workshop.spool().delivered("vault")))
                .isEmpty();
    }

    @Test
    void what_is_still_sound_is_used_again() throws Exception {
        garden.store.files.remove(lost);
        repairer(Map.of()).repair(Level.FULL);

        var next = garden.grow();

        assertThat(garden.store.files.keySet())
                .as("two files as every day, and the two parts of the lost one")
                .filteredOn(name -> name.startsWith("data/" + next))
                .hasSize(4);
    }

    @Test
    void nothing_can_be_carried_over_from_it() throws Exception {
        garden.store.files.remove(lost);
        repairer(Map.of()).repair(Level.FULL);
        var newest = garden.workshop.spool().baseline().orElseThrow();

        assertThat(garden.workshop.spool().needsLost(newest.snapshot())).isTrue();
        assertThatThrownBy(() -> garden.workshop.sealChanges(garden.grown.get(runs.get(2))))
                .hasMessageContaining("files/constant.bin")
                .hasMessageContaining("next run reads everything");
    }

    @Test
    void a_snapshot_that_waits_and_needs_it_is_given_up_when_a_later_one_is_everywhere() throws Exception {
        garden.store.files.remove(lost);
        var stuck = garden.seal();
        assertThat(garden.workshop.ship(stuck, garden.store).error())
                .contains(lost)
                .contains("saddlebag repair");
        repairer(Map.of()).repair(Level.FULL);
        var spool = garden.workshop.spool();
        assertThat(spool.clear(List.of("vault"))).isEmpty();

        var next = garden.grow();

        assertThat(garden.workshop.spool().waiting()).isEmpty();
        assertThat(garden.workshop.export(garden.store, next))
                .as("what the stuck one had brought is not lost with it")
                .containsExactlyEntriesOf(new TreeMap<>(garden.grown.get(next)));
        var findings = garden.workshop
                .vault(garden.store)
                .verify(
                        Level.FULL,
                        run -> !runs.contains(run),
                        garden.workshop.spool().delivered("vault"));
        assertThat(findings).noneMatch(Finding::isDamage);
        garden.grow();
        assertThat(garden.workshop.vault(garden.store).find("latest").record().previous())
                .doesNotContainKey(stuck.id());
    }

    @Test
    void what_comes_back_is_used_again() throws Exception {
        var copy = garden.store.copy();
        garden.store.files.remove(lost);
        assertThat(repairer(Map.of()).repair(Level.FULL).lost()).containsExactly(lost);

        var repaired = repairer(Map.of("offsite", copy)).repair(Level.FULL);

        assertThat(repaired.replaced()).containsExactly(lost);
        assertThat(repaired.lost()).isEmpty();
        assertThat(garden.workshop.spool().lost()).isEmpty();
    }

    @Test
    void a_quick_repair_that_reads_no_content_unlearns_nothing() throws Exception {
        garden.store.files.compute(lost, (name, content) -> Damage.FLIP.apply(content));
        repairer(Map.of()).repair(Level.FULL);

        repairer(Map.of()).repair(Level.QUICK);

        assertThat(garden.workshop.spool().lost("vault")).containsExactly(lost);
    }

    @Test
    void a_destination_that_does_not_answer_is_named_and_stops_nothing() throws Exception {
        garden.store.files.remove(lost);
        var silent = new FaultyStore(new MemoryStore(), FaultyStore.Fault.ERROR_BEFORE, 1);

        var repaired = new Repairer(
                        garden.workshop.vault(garden.store),
                        Map.of("offsite", garden.workshop.vault(silent)),
                        garden.workshop.spool(),
                        "vault")
                .repair(Level.FULL);

        assertThat(repaired.unanswered()).containsKey("offsite");
        assertThat(repaired.lost()).containsExactly(lost);
    }

    @Test
    void a_prune_goes_on_without_what_is_known_to_be_lost() throws Exception {
        garden.store.files.remove(lost);
        assertThatThrownBy(garden::prune).isInstanceOf(PruneRefusedException.class);
        repairer(Map.of()).repair(Level.FULL);
        var next = garden.grow();

        assertThat(garden.prune().hidden()).contains(runs.get(0), runs.get(1));

        assertThat(garden.workshop.export(garden.store, next))
                .containsExactlyEntriesOf(new TreeMap<>(garden.grown.get(next)));
    }

    private Repairer repairer(Map<String, MemoryStore> others) throws Exception {
        var workshop = garden.workshop;
        var vaults = new TreeMap<String, Vault>();
        others.forEach((name, store) -> vaults.put(name, workshop.vault(store)));
        return new Repairer(workshop.vault(garden.store), vaults, workshop.spool(), "vault");
    }
}
