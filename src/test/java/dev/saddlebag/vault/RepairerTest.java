package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
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

    @ParameterizedTest
    @EnumSource(Damage.class)
    void what_lies_at_the_top_comes_back_from_another_destination_and_from_this_host(Damage damage) throws Exception {
        garden.grow();
        var sound = garden.store.copy();
        for (var other : List.of(sound, new MemoryStore())) {
            for (var file : List.of(Names.VAULT, Names.README, Names.SIGNERS)) {
                garden.store.files.compute(file, (name, content) -> damage.apply(content));

                var repaired = repair(other);

                assertThat(repaired.left()).as(file).isEmpty();
                assertThat(repaired.replaced()).hasSize(1);
                assertThat(garden.workshop.vault(garden.store).verify(Level.FULL, run -> true, List.of()))
                        .as("for a reader that trusts what the vault names")
                        .isEmpty();
                if (!file.equals(Names.SIGNERS)) {
                    assertThat(garden.store.files).containsExactlyEntriesOf(sound.files);
                }
                garden.store.files.clear();
                garden.store.files.putAll(sound.copy().files);
            }
        }
        List.of(Names.VAULT, Names.README, Names.SIGNERS).forEach(garden.store.files::remove);
        assertThat(repair(new MemoryStore()).replaced()).hasSize(3);
        assertThat(garden.store.files).containsExactlyEntriesOf(sound.files);
    }

    @Test
    void a_description_that_was_signed_by_nobody_is_not_taken() throws Exception {
        garden.grow();
        var forged = garden.store.copy();
        forged.files.compute(Names.VAULT, (name, content) -> Damage.FLIP.apply(content));
        garden.store.files.remove(Names.VAULT);
        Workshop.erase(garden.workshop.home.resolve("state/spool/vault"));

        var repaired = repair(forged);

        assertThat(repaired.replaced()).isEmpty();
        assertThat(repaired.left()).anyMatch(finding -> finding.file().equals(Names.VAULT));
    }

    @Test
    void a_file_of_keys_comes_back_only_when_all_its_keys_are_trusted() throws Exception {
        garden.grow();
        var workshop = garden.workshop;
        var stranger = SigningKey.at(workshop.home.resolve("stranger.pem"));
        var other = garden.store.copy();
        other.files.put(
                Names.SIGNERS, Workshop.text(workshop.key.allowedSigner() + "\n" + stranger.allowedSigner() + "\n"));
        garden.store.files.remove(Names.SIGNERS);

        var repaired = repair(other);

        assertThat(repaired.left()).isEmpty();
        assertThat(repaired.replaced()).containsExactly(Names.SIGNERS);
        assertThat(workshop.vault(garden.store).namedSigners().lines()).containsExactly(workshop.key.allowedSigner());
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
        var trusted = workshop.key.signers();
        return new Repairer(
                        new Vault(garden.store, trusted, workshop.scratch),
                        Map.of("other", new Vault(other, trusted, workshop.scratch)),
                        workshop.spool(),
                        "vault")
                .repair(Level.FULL);
    }
}
