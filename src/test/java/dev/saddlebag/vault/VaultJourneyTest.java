package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saddlebag.destination.Folder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Seal, ship, list, verify, export: the way of a snapshot through a vault. */
class VaultJourneyTest {
    private final Workshop workshop = new Workshop();

    @AfterEach
    void clear() throws Exception {
        workshop.close();
    }

    @Test
    void what_was_staged_comes_back_from_a_folder() throws Exception {
        var store = new Folder(workshop.home.resolve("vault"));
        var sealed = workshop.seal(Workshop.sample());

        var receipt = workshop.ship(sealed, store);

        assertThat(receipt.error()).isEmpty();
        assertThat(receipt.outcome()).isEqualTo(Receipt.Outcome.COMMITTED);
        assertThat(receipt.verified()).isEqualTo(Receipt.Verified.READ_BACK);
        var vault = workshop.vault(store);
        assertThat(vault.verify(Level.FULL, run -> true, List.of())).isEmpty();
        assertThat(vault.snapshots()).extracting(Snapshot::id).containsExactly(sealed.id());
        assertThat(workshop.export(store, sealed.id())).containsExactlyEntriesOf(Workshop.sample());
    }

    @Test
    void an_unchanged_second_run_writes_no_data() throws Exception {
        var store = new MemoryStore();
        workshop.ship(workshop.seal(Workshop.sample()), store);
        var before = store.list("data");

        var second = workshop.seal(Workshop.sample());
        var receipt = workshop.ship(second, store);

        assertThat(receipt.error()).isEmpty();
        assertThat(store.list("data")).isEqualTo(before);
        assertThat(receipt.objects()).as("list, manifest, record, signature").isEqualTo(4);
        assertThat(second.snapshot().parent()).isPresent();
        assertThat(workshop.export(store, second.id())).containsExactlyEntriesOf(Workshop.sample());
    }

    @Test
    void moved_content_is_found_under_its_old_name() throws Exception {
        var store = new MemoryStore();
        workshop.ship(workshop.seal(Workshop.sample()), store);
        var before = store.list("data");
        var moved = new TreeMap<String, byte[]>();
        Workshop.sample().forEach((path, content) -> moved.put("elsewhere/" + path, content));

        var second = workshop.seal(moved);
        workshop.ship(second, store);

        assertThat(store.list("data")).isEqualTo(before);
        assertThat(workshop.export(store, second.id())).containsExactlyEntriesOf(moved);
        var third = workshop.seal(Workshop.sample());
        workshop.ship(third, store);
        assertThat(store.list("data")).isEqualTo(before);
        assertThat(workshop.export(store, third.id())).containsExactlyEntriesOf(Workshop.sample());
    }

    @Test
    void one_file_is_read_without_the_others() throws Exception {
        var store = new MemoryStore();
        workshop.ship(workshop.seal(Workshop.sample()), store);
        var vault = workshop.vault(store);
        var snapshot = vault.find("latest");

        for (var file : Workshop.sample().entrySet()) {
            try (var in = vault.open(snapshot, file.getKey())) {
                assertThat(in.readAllBytes()).as(file.getKey()).isEqualTo(file.getValue());
            }
        }
        assertThatThrownBy(() -> vault.open(snapshot, "none.md"))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("none.md")
                .hasMessageContaining(snapshot.id().value());
        assertThat(workshop.scratch).as("nothing is left behind").isEmptyDirectory();
    }

    @Test
    void a_snapshot_is_found_by_what_people_call_it() throws Exception {
        var store = new MemoryStore();
        var vault = workshop.vault(store);
        assertThatThrownBy(() -> vault.find("latest")).isInstanceOf(NoSuchSnapshotException.class);
        var first = workshop.seal(Workshop.sample());
        workshop.ship(first, store);
        var second = workshop.seal(Workshop.sample());
        workshop.ship(second, store);

        assertThat(vault.find("latest").id()).isEqualTo(second.id());
        assertThat(vault.find(first.id().value()).id()).isEqualTo(first.id());
        assertThat(vault.find("2026-11-21").id()).isEqualTo(first.id());
        assertThat(vault.find(second.id().value().substring(0, 10)).id()).isEqualTo(second.id());
        assertThatThrownBy(() -> vault.find("202611"))
                .isInstanceOf(NoSuchSnapshotException.class)
                .hasMessageContaining("several")
                .hasMessageContaining(first.id().value());
        assertThatThrownBy(() -> vault.find("2020-01-01"))
                .isInstanceOf(NoSuchSnapshotException.class)
                .hasMessageContaining("there is no snapshot \"2020-01-01\"")
                .hasMessageContaining(second.id().value());
    }

    @Test
    void a_pruned_marker_hides_a_snapshot_and_its_removal_brings_it_back() throws Exception {
        var store = new MemoryStore();
        var first = workshop.seal(Workshop.sample());
        workshop.ship(first, store);
        workshop.ship(workshop.seal(Workshop.sample()), store);
        var marker = "meta/" + first.id() + ".pruned-20261201T000000Z";
        store.files.put(marker, new byte[0]);

        assertThat(workshop.vault(store).snapshots()).hasSize(1);
        assertThat(workshop.vault(store).verify(Level.FULL, run -> true, List.of(first.id())))
                .isEmpty();
        store.files.remove(marker);
        assertThat(workshop.vault(store).snapshots()).hasSize(2);
    }

    @Test
    void the_manifest_tells_what_the_caller_noted() throws Exception {
        var store = new MemoryStore();
        var tree = workshop.stage(Workshop.sample());
        var run = RunId.create(workshop.clock(), workshop.random);
        var sealed = new Sealer(workshop.spool(), workshop.key)
                .seal(
                        run,
                        tree,
                        Workshop.facts(),
                        path -> path.equals("objects/pages/1.json")
                                ? new Note("1", "Onboarding", "2026-11-19T10:11:00.000Z")
                                : Note.NONE);
        workshop.ship(sealed, store);
        var vault = workshop.vault(store);

        try (var entries = vault.entries(vault.find("latest"));
                var local = sealed.entries()) {
            for (var entry = entries.next(); entry.isPresent(); entry = entries.next()) {
                assertThat(local.next()).isEqualTo(entry);
                assertThat(entry.get().note().title())
                        .isEqualTo(entry.get().path().equals("objects/pages/1.json") ? "Onboarding" : null);
            }
            assertThat(local.next()).isEmpty();
        }
        assertThat(vault.find("latest").entries()).isEqualTo(Workshop.sample().size());
        assertThat(new String(store.files.get("README.txt"), StandardCharsets.UTF_8))
                .contains("restore.sh");
    }
}
