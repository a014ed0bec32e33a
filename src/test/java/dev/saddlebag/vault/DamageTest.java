package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every alteration of every stored file is found, and named (facts/vault-study.md §5 "damage"). */
class DamageTest {
    private final Workshop workshop = new Workshop();
    private final MemoryStore sound = new MemoryStore();
    private Sealed first;
    private Sealed second;

    @BeforeEach
    void fill() throws Exception {
        first = workshop.seal(Workshop.sample());
        workshop.ship(first, sound);
        second = workshop.seal(CrashTest.changed());
        workshop.ship(second, sound);
    }

    @AfterEach
    void clear() throws Exception {
        workshop.close();
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void is_found_and_named(Damage damage) throws Exception {
        assertThat(verify(sound, Level.FULL)).isEmpty();
        assertThat(sound.files).hasSizeGreaterThan(15);
        for (var name : sound.files.keySet()) {
            for (var level : List.of(Level.STORED, Level.FULL)) {
                var findings = verify(damaged(name, damage), level);

                assertThat(findings)
                        .as("%s of %s at %s", damage, name, level)
                        .anyMatch(finding -> finding.isDamage() && names(finding, name));
            }
        }
    }

    @Test
    void that_shows_in_sizes_and_signatures_is_found_without_reading_data() throws Exception {
        for (var damage : List.of(Damage.TRUNCATE, Damage.APPEND, Damage.DELETE)) {
            for (var name : sound.files.keySet()) {
                assertThat(verify(damaged(name, damage), Level.QUICK))
                        .as("%s of %s", damage, name)
                        .anyMatch(finding -> finding.isDamage() && names(finding, name));
            }
        }
    }

    @Test
    void names_the_snapshots_and_paths_that_cannot_be_read_back() throws Exception {
        var vault = workshop.vault(sound);
        for (var file : sound.list("data")) {
            var findings = verify(damaged(file.name(), Damage.FLIP), Level.FULL);
            for (var finding : findings) {
                var snapshot = vault.find(finding.snapshot().value());
                var paths = new ArrayList<String>();
                vault.paths(snapshot, file.name(), paths::add);

                assertThat(finding.file()).isEqualTo(file.name());
                assertThat(finding.paths()).isNotEmpty().isEqualTo(paths);
                assertThat(finding.affected()).isEqualTo(paths.size());
                assertThat(finding.toString()).contains(file.name()).contains(paths.get(0));
            }
        }
    }

    @Test
    void of_one_pack_loses_only_what_is_in_it() throws Exception {
        for (var file : sound.list("data")) {
            var store = damaged(file.name(), Damage.FLIP);
            var vault = workshop.vault(store);
            var snapshot = vault.find(second.id().value());
            var lost = new TreeSet<String>();
            vault.paths(snapshot, file.name(), lost::add);
            if (lost.isEmpty()) {
                continue;
            }
            var target = Files.createTempDirectory(workshop.home, "export-");

            assertThatThrownBy(() -> vault.export(snapshot, target, entry -> true, Progress.NONE))
                    .isInstanceOfSatisfying(DamageException.class, e -> {
                        assertThat(e.findings()).hasSize(1);
                        assertThat(e.findings().get(0).paths()).containsExactlyInAnyOrderElementsOf(lost);
                    });
            var expected = CrashTest.changed();
            expected.keySet().removeAll(lost);
            assertThat(Workshop.read(target)).containsExactlyEntriesOf(expected);
        }
    }

    @Test
    void of_a_snapshots_description_stops_whoever_asks_for_it() throws Exception {
        var store = damaged(Names.list(second.id()), Damage.FLIP);

        assertThatThrownBy(() -> workshop.vault(store).find("latest"))
                .isInstanceOf(DamageException.class)
                .hasMessageContaining(second.id().value());
        assertThat(workshop.vault(store).snapshots()).extracting(Snapshot::id).containsExactly(first.id());
        assertThat(workshop.vault(store).survey().findings()).hasSize(1);
    }

    @Test
    void a_newest_snapshot_that_vanished_is_missed_by_the_ledger() throws Exception {
        var store = sound.copy();
        store.files.keySet().removeIf(name -> name.contains(second.id().value()));

        assertThat(workshop.vault(store)
                        .verify(Level.QUICK, run -> true, workshop.spool().delivered("vault")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.isDamage()).isTrue();
                    assertThat(finding.snapshot()).isEqualTo(second.id());
                    assertThat(finding.what()).contains("had committed");
                });
    }

    @Test
    void a_snapshot_that_was_never_delivered_here_is_only_worth_a_note() throws Exception {
        var store = new MemoryStore();
        workshop.ship(second, store);

        assertThat(workshop.vault(store).verify(Level.FULL, run -> true, List.of(second.id())))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.isDamage()).isFalse();
                    assertThat(finding.snapshot()).isEqualTo(first.id());
                });
    }

    @Test
    void a_forged_signature_is_no_signature() throws Exception {
        var stranger = SigningKey.at(workshop.home.resolve("stranger.pem"));
        var store = sound.copy();
        store.files.put(Names.signature(second.id()), stranger.sign(store.files.get(Names.list(second.id()))));

        assertThatThrownBy(() -> workshop.vault(store).find("latest"))
                .isInstanceOf(DamageException.class)
                .hasMessageContaining("allowed_signers does not name");
    }

    @Test
    void a_listing_that_is_cut_never_makes_a_delivery_or_a_verification_succeed_falsely() throws Exception {
        var third = workshop.seal(Workshop.sample());
        for (var folder : List.of("", "data", "meta")) {
            for (int length = 0; length < sound.list(folder).size() + 3; length++) {
                var truth = sound.copy();
                var receipt = workshop.ship(third, new CutListing(truth, folder, length));
                if (receipt.delivered()) {
                    assertThat(verify(truth, Level.FULL))
                            .as("%s cut at %s", folder, length)
                            .isEmpty();
                } else {
                    assertThat(receipt.error()).isNotEmpty();
                }
                if (length < sound.list(folder).size()) {
                    assertThat(workshop.vault(new CutListing(sound, folder, length))
                                    .verify(Level.QUICK, run -> true, List.of(first.id(), second.id())))
                            .as("%s cut at %s", folder, length)
                            .isNotEmpty();
                }
            }
        }
    }

    private List<Finding> verify(Store store, Level level) throws Exception {
        return workshop.vault(store).verify(level, run -> true, List.of(first.id(), second.id()));
    }

    private MemoryStore damaged(String name, Damage damage) {
        var store = sound.copy();
        var content = damage.apply(store.files.get(name));
        if (content == null) {
            store.files.remove(name);
        } else {
            store.files.put(name, content);
        }
        return store;
    }

    private static boolean names(Finding finding, String name) {
        return finding.file().equals(name) || finding.what().contains(name);
    }

    /** A destination whose listing of one folder ends too early, as Camel's own do. */
    private record CutListing(Store store, String folder, int length) implements Store {
        @Override
        public void put(String name, Path file) throws java.io.IOException {
            store.put(name, file);
        }

        @Override
        public java.io.InputStream get(String name) throws java.io.IOException {
            return store.get(name);
        }

        @Override
        public List<Stored> list(String asked) throws java.io.IOException {
            var all = store.list(asked);
            return asked.equals(folder) ? all.subList(0, Math.min(length, all.size())) : all;
        }

        @Override
        public void delete(String name) throws java.io.IOException {
            store.delete(name);
        }
    }
}
