package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Prune, sync, repair and undelete on a host that cannot read what it keeps in order (facts/vault-study.md §4.12, 10). */
class EncryptedUpkeepTest {
    private static final Identity OPS = Identity.create();
    private static final Identity RECOVERY = Identity.create();

    private final Garden garden = new Garden();
    private final MemoryStore offsite = new MemoryStore();
    private final List<RunId> runs = new ArrayList<>();

    @BeforeEach
    void fourDays() throws Exception {
        garden.workshop.recipients = List.of(OPS.recipient(), RECOVERY.recipient());
        for (int day = 0; day < 4; day++) {
            runs.add(garden.grow());
        }
        assertThat(garden.store.files.keySet()).filteredOn(Names::isData).allMatch(Names::isEncrypted);
    }

    @AfterEach
    void clear() throws Exception {
        garden.close();
    }

    @Test
    void a_prune_takes_only_what_nothing_needs_and_what_stays_opens_with_either_key() throws Exception {
        assertThat(garden.prune().hidden()).containsExactly(runs.get(0), runs.get(1));
        runs.add(garden.growAfterAWeek());
        var pruned = garden.prune();

        assertThat(pruned.removed()).containsExactly(runs.get(0), runs.get(1));
        assertThat(pruned.files()).isPositive();
        assertOpens(garden.store, runs.subList(3, 5));
    }

    @Test
    void a_hidden_snapshot_can_be_had_back_whole() throws Exception {
        garden.prune();

        assertThat(garden.pruner(garden.store).undelete(runs.get(0).value())).isEqualTo(runs.get(0));

        assertOpens(garden.store, List.of(runs.get(0), runs.get(2), runs.get(3)));
    }

    @Test
    void an_empty_destination_gets_every_snapshot_and_they_open_there() throws Exception {
        copy(offsite);

        assertThat(offsite.files).containsAllEntriesOf(garden.store.files);
        assertOpens(offsite, runs);
        garden.prune();
        garden.growAfterAWeek();
        garden.prune();
        assertOpens(offsite, runs);
    }

    @Test
    void every_damaged_file_comes_back_without_any_key() throws Exception {
        copy(offsite);
        for (var file : offsite.files.keySet()) {
            if (!file.contains(".copying-")) {
                garden.store.files.compute(file, (name, content) -> Damage.FLIP.apply(content));
            }
        }

        var repaired = repairer().repair(Level.FULL);

        assertThat(repaired.left()).isNotEmpty().allMatch(Finding::isUnseen);
        assertThat(repaired.lost()).isEmpty();
        assertThat(garden.store.files).containsExactlyEntriesOf(withoutMarkers(offsite));
        assertOpens(garden.store, runs);
    }

    @Test
    void what_is_lost_of_the_newest_snapshot_is_named_without_a_key_and_of_older_ones_with_one() throws Exception {
        var shared = constant(runs.get(0));
        garden.store.files.remove(shared);
        var repairer = repairer();

        var repaired = repairer.repair(Level.STORED);

        assertThat(repaired.lost()).containsExactly(shared);
        var paths = new ArrayList<String>();
        repairer.paths(runs.get(3), shared, paths::add);
        assertThat(paths).containsExactly("files/constant.bin");
        assertThatThrownBy(() -> repairer.paths(runs.get(0), shared, paths::add))
                .isInstanceOf(WrongIdentityException.class);
    }

    private void assertOpens(Store store, List<RunId> expected) throws Exception {
        for (var identity : List.of(OPS, RECOVERY)) {
            var vault = garden.workshop.vault(store).with(Age.decryption(List.of(identity)));
            assertThat(vault.snapshots()).extracting(Snapshot::id).containsAll(expected);
            assertThat(vault.verify(Level.FULL, run -> true, List.of())).isEmpty();
            for (var run : expected) {
                var target = Files.createTempDirectory(garden.workshop.home, "export-");
                vault.export(vault.find(run.value()), target, entry -> true, Progress.NONE);
                assertThat(Workshop.read(target)).containsExactlyEntriesOf(new TreeMap<>(garden.grown.get(run)));
            }
        }
    }

    /** A part of the file that every snapshot shares. */
    private String constant(RunId first) {
        return garden.store.files.keySet().stream()
                .filter(name -> name.startsWith("data/" + first) && name.endsWith(".002.age"))
                .findFirst()
                .orElseThrow();
    }

    private void copy(Store to) throws Exception {
        var workshop = garden.workshop;
        assertThat(new Copier(workshop.spool(), workshop.key, true)
                        .copy(
                                "vault",
                                workshop.vault(garden.store),
                                "offsite",
                                workshop.vault(to),
                                receipt -> assertThat(receipt.error()).isEmpty()))
                .isEmpty();
    }

    private Repairer repairer() throws Exception {
        var workshop = garden.workshop;
        var trusted = workshop.key.signers();
        return new Repairer(
                new Vault(garden.store, trusted, workshop.scratch),
                Map.of("offsite", new Vault(offsite, trusted, workshop.scratch)),
                workshop.spool(),
                "vault");
    }

    private static Map<String, byte[]> withoutMarkers(MemoryStore store) {
        var files = new TreeMap<>(store.files);
        files.keySet().removeIf(name -> name.contains(".copying-"));
        return files;
    }
}
