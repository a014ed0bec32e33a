package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What was not read again is in the snapshot all the same, or there is no snapshot. */
class CarriedOverTest {
    private final Workshop workshop = new Workshop();
    private final MemoryStore store = new MemoryStore();

    @AfterEach
    void clear() throws Exception {
        workshop.close();
    }

    @ParameterizedTest
    @EnumSource(Level.class)
    void an_unchanged_tree_that_is_carried_over_wholly_is_its_parent_again(Level level) throws Exception {
        var first = delivered(workshop.seal(Workshop.sample()));

        var second = delivered(workshop.sealChanges(Workshop.sample()));

        assertThat(second.snapshot().parent()).contains(first.id());
        assertThat(entries(second)).isEqualTo(entries(first));
        assertThat(second.snapshot().entries()).isEqualTo(Workshop.sample().size());
        assertThat(second.snapshot().bytes()).isEqualTo(first.snapshot().bytes());
        assertThat(data(second)).isEqualTo(data(first));
        assertThat(workshop.export(store, second.id())).containsExactlyEntriesOf(Workshop.sample());
        assertThat(workshop.vault(store).verify(level, run -> true, List.of())).isEmpty();
    }

    @Test
    void changes_and_what_is_carried_over_make_one_snapshot() throws Exception {
        delivered(workshop.seal(Workshop.sample()));
        var tree = CrashTest.changed();

        var second = delivered(workshop.sealChanges(tree));

        assertThat(workshop.export(store, second.id())).containsExactlyEntriesOf(tree);
        assertThat(workshop.vault(store).verify(Level.FULL, run -> true, List.of()))
                .isEmpty();
        assertThat(second.snapshot().entries()).isEqualTo(tree.size());
        assertThat(second.snapshot().bytes())
                .isEqualTo(
                        tree.values().stream().mapToLong(bytes -> bytes.length).sum());
    }

    @Test
    void a_host_that_keeps_no_data_of_the_parent_carries_over_all_the_same() throws Exception {
        var first = delivered(workshop.seal(Workshop.sample()));
        workshop.spool().clear(List.of("vault"));
        assertThat(workshop.home.resolve("state/spool/kept/" + first.id() + "/data"))
                .doesNotExist();

        var second = delivered(workshop.sealChanges(CrashTest.changed()));

        assertThat(workshop.export(store, second.id())).containsExactlyEntriesOf(CrashTest.changed());
    }

    @Test
    void a_carried_entry_keeps_its_note_and_its_name_in_the_pack() throws Exception {
        var note = new Note("1", "Onboarding", "2026-11-19T10:11:00.000Z");
        var sealer = new Sealer(workshop.spool(), workshop.key, workshop.limits);
        var first = sealer.seal(
                RunId.parse("20261120T020005Z-7f3a91"),
                workshop.stage(Workshop.sample()),
                Workshop.facts(),
                path -> path.equals("objects/pages/1.json") ? note : Note.NONE);

        var second = workshop.sealChanges(Workshop.sample());

        assertThat(entries(second)).isEqualTo(entries(first));
        assertThat(entry(second, "objects/pages/1.json").note()).isEqualTo(note);
        assertThat(entry(second, "files/twin.png").inside()).isEqualTo("files/small.png");
    }

    @Test
    void the_staged_tree_wins_over_what_is_carried_over_and_does_not_count() throws Exception {
        delivered(workshop.seal(Workshop.sample()));
        var staged = Map.of(
                "workspace.json",
                Workshop.text("{\"workspace\":\"changed\"}"),
                "objects/pages/1.json",
                Workshop.sample().get("objects/pages/1.json"));

        var second =
                delivered(workshop.seal(staged, everything(Workshop.sample().size() - 2)));

        var tree = Workshop.sample();
        tree.putAll(staged);
        assertThat(workshop.export(store, second.id())).containsExactlyEntriesOf(tree);
    }

    @Test
    void staged_content_that_is_carried_over_elsewhere_is_not_stored_again() throws Exception {
        delivered(workshop.seal(Workshop.sample()));
        var tree = Workshop.sample();
        tree.put("files/again.png", tree.get("files/small.png"));
        tree.put("files/zz.bin", tree.get("files/parts.bin"));

        var second = delivered(workshop.sealChanges(tree));

        assertThat(second.file("data")).isEmptyDirectory();
        assertThat(entry(second, "files/again.png").inside()).isEqualTo("files/small.png");
        assertThat(workshop.export(store, second.id())).containsExactlyEntriesOf(tree);
    }

    @Test
    void stored_files_that_no_entry_uses_any_more_are_not_named() throws Exception {
        var first = delivered(workshop.seal(Workshop.sample()));
        var tree = Workshop.sample();
        tree.remove("files/parts.bin");
        tree.remove("files/loose.zip");

        var second = delivered(workshop.sealChanges(tree));

        assertThat(data(first)).hasSizeGreaterThan(data(second).size());
        assertThat(data(second)).isEqualTo(used(second)).allMatch(Names::isPack);
    }

    @Test
    void content_that_is_not_the_expected_is_not_carried_over_and_nothing_is_changed() throws Exception {
        var first = delivered(workshop.seal(Workshop.sample()));
        var unchanged = Unchanged.between(first, Workshop.sample());
        unchanged.hashes().put("files/loose.zip", "0".repeat(64));
        unchanged.hashes().put("files/never-there.zip", "0".repeat(64));
        var before = spooled();

        assertThatThrownBy(() -> workshop.seal(Map.of("new.md", Workshop.text("new")), unchanged))
                .hasMessageContaining("of the 14 unchanged files that were to be carried over from " + first.id()
                        + ", 2 are not there with the content that was expected")
                .hasMessageContaining("All earlier snapshots are as they were")
                .hasMessageContaining("a run of depth sweep reads everything again");

        assertThat(spooled()).containsExactlyEntriesOf(before);
        assertThat(workshop.seal(CrashTest.changed()).snapshot().parent()).contains(first.id());
    }

    @Test
    void more_than_was_expected_is_refused_too() throws Exception {
        var first = workshop.seal(Workshop.sample());

        assertThatThrownBy(() -> workshop.seal(Map.of(), everything(12)))
                .hasMessageContaining(
                        "12 unchanged files were to be carried over from " + first.id() + ", and 13 would have been");
        assertThat(workshop.spool().waiting()).hasSize(1);
    }

    @Test
    void nothing_can_be_carried_over_without_an_earlier_snapshot() throws Exception {
        assertThatThrownBy(() -> workshop.seal(Workshop.sample(), everything(3)))
                .hasMessageContaining(
                        "3 unchanged files were to be carried over, and there is no earlier snapshot here")
                .hasMessageContaining("a run of depth sweep reads everything again");

        assertThat(workshop.spool().waiting()).isEmpty();
        assertThat(workshop.seal(Workshop.sample(), CarriedOver.NOTHING)
                        .snapshot()
                        .parent())
                .isEmpty();
    }

    @Test
    void a_parent_whose_manifest_was_altered_is_none() throws Exception {
        var first = workshop.seal(Workshop.sample());
        Files.writeString(
                first.manifest(), Files.readString(first.manifest()).replace("files/loose.zip", "files/l00se.zip"));

        assertThat(workshop.spool().baseline()).isEmpty();
        assertThatThrownBy(() -> workshop.seal(Map.of(), everything(13)))
                .hasMessageContaining("there is no earlier snapshot here");
    }

    @ParameterizedTest
    @CsvSource({
        "FILES/loose.zip, equals another path",
        "files, lies under a path that is a file",
        "files/loose.zip/part, lies under a path that is a file",
        "workspace.json/x, lies under a path that is a file",
    })
    void what_cannot_stand_beside_a_carried_path_is_refused(String path, String why) throws Exception {
        workshop.seal(Workshop.sample());
        var before = spooled();

        assertThatThrownBy(() -> workshop.seal(Map.of(path, Workshop.text("x")), everything(13)))
                .hasMessageContaining("the staged tree with what is carried over")
                .hasMessageContaining(why)
                .hasMessageContaining("a run of depth sweep reads everything again");
        assertThat(spooled()).containsExactlyEntriesOf(before);
    }

    private Sealed delivered(Sealed run) throws Exception {
        assertThat(workshop.ship(run, store).error()).isEmpty();
        return run;
    }

    private Map<String, byte[]> spooled() throws Exception {
        return Workshop.read(workshop.home.resolve("state/spool"));
    }

    private static CarriedOver everything(long expected) {
        return new CarriedOver() {
            @Override
            public boolean contains(String path, String sha256) {
                return true;
            }

            @Override
            public long expected() {
                return expected;
            }
        };
    }

    private static Entry entry(Sealed run, String path) throws Exception {
        return entries(run).stream()
                .filter(entry -> entry.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static List<Entry> entries(Sealed run) throws Exception {
        List<Entry> all = new ArrayList<>();
        try (var entries = run.entries()) {
            for (var entry = entries.next(); entry.isPresent(); entry = entries.next()) {
                all.add(entry.get());
            }
        }
        return all;
    }

    /** The data files that the signed list names. */
    static Set<String> data(Sealed run) {
        var names = new TreeSet<>(run.snapshot().list().hashes().keySet());
        names.removeIf(name -> !Names.isData(name));
        return names;
    }

    /** The data files that an entry of the manifest points to; the manifest itself must name no others. */
    static Set<String> used(Sealed run) throws Exception {
        var used = new TreeSet<String>();
        try (var reader = run.manifestReader()) {
            var files = reader.header().files();
            for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                entry.get().files().forEach(file -> used.add(files.get(file)));
            }
            assertThat(run.snapshot().record().sizes().keySet().containsAll(files))
                    .isTrue();
            assertThat(files).containsExactlyInAnyOrderElementsOf(used);
        }
        return used;
    }
}
