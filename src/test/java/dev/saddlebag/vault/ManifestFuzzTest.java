package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Manifests that somebody with the signing key has made up: whatever they say, they are refused with an
 * {@link IOException} or followed to the letter, and nothing is ever written outside of the target
 * (facts/vault-study.md §5 "manifest fuzz").
 */
class ManifestFuzzTest {
    private static final byte[] CONTENT = Workshop.text("content");

    private static Workshop workshop;
    private static MemoryStore sound;
    private static RunId run;

    @BeforeContainer
    static void fill() throws IOException {
        workshop = new Workshop();
        sound = new MemoryStore();
        var sealed = workshop.seal(Map.of("one.md", CONTENT));
        workshop.ship(sealed, sound);
        run = sealed.id();
    }

    @AfterContainer
    static void clear() throws IOException {
        workshop.close();
    }

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void a_hostile_path_is_refused_or_written_where_it_says_inside_the_target(@ForAll("paths") String path)
            throws Exception {
        var store = sound.copy();
        new Forger(store, workshop.key, run)
                .forgeManifest(lines -> List.of(
                        lines.get(0),
                        lines.get(1).replace("\"p\":\"one.md\"", "\"p\":" + json(path) + ",\"e\":\"one.md\"")));

        var written = export(store);

        assertThat(written.isEmpty() || written.equals(List.of(path)))
                .as("%s gave %s", path, written)
                .isTrue();
        if (path.contains("..") && List.of(path.split("/", -1)).contains("..")) {
            assertThat(written).isEmpty();
        }
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void two_paths_that_a_file_system_could_take_for_one_are_refused(
            @ForAll("paths") String one, @ForAll("paths") String other) throws Exception {
        var store = sound.copy();
        new Forger(store, workshop.key, run).forgeManifest(lines -> {
            var entries = new ArrayList<>(List.of(
                    lines.get(0).replace("\"entries\":1", "\"entries\":2").replace("\"bytes\":7", "\"bytes\":14")));
            for (var path : List.of(one, other)) {
                entries.add(lines.get(1).replace("\"p\":\"one.md\"", "\"p\":" + json(path) + ",\"e\":\"one.md\""));
            }
            return entries;
        });

        var written = export(store);

        assertThat(written.isEmpty() || written.size() == 2).isTrue();
        if (PathRule.fold(one).equals(PathRule.fold(other))) {
            assertThat(written).isEmpty();
        }
    }

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void a_manifest_of_random_bytes_is_refused(@ForAll @Size(max = 200) byte[] bytes) throws Exception {
        var store = sound.copy();
        new Forger(store, workshop.key, run).forge(Names.manifest(run), bytes);

        assertThat(export(store)).isEmpty();
    }

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void a_manifest_with_altered_bytes_is_refused_or_gives_what_is_in_the_pack(
            @ForAll @Size(min = 1, max = 4) List<Integer> places, @ForAll byte with) throws Exception {
        var store = sound.copy();
        new Forger(store, workshop.key, run).forgeManifest(lines -> {
            var text = new StringBuilder(String.join("\n", lines));
            places.forEach(place -> text.setCharAt(Math.floorMod(place, text.length()), (char) (with & 0x7f)));
            return List.of(text.toString().split("\n", -1));
        });

        assertThat(export(store).size()).isLessThanOrEqualTo(1);
    }

    /** Parts that lead up, away, nowhere, or to what some system keeps for itself, and ordinary ones. */
    @Provide
    Arbitrary<String> paths() {
        var parts = Arbitraries.of(
                "..",
                ".",
                "",
                "~",
                "a",
                "A",
                "b",
                "straße",
                "STRASSE",
                "é",
                "e\u0301",
                "nul\u0000l",
                "line\nbreak",
                "back\\slash",
                "C:",
                "con",
                "NUL.txt",
                "aux",
                "com1.md",
                "a:stream",
                "dot.",
                "space ",
                " lead",
                "...",
                "\u202egnp.exe",
                "\ud800",
                "日本",
                "x".repeat(240),
                "x".repeat(241),
                "é".repeat(150),
                ".tmp-x",
                ".export-x",
                "%2e%2e",
                "$HOME");
        return parts.list().ofMinSize(1).ofMaxSize(5).map(list -> String.join("/", list));
    }

    /** What came out, by its path; empty when the manifest was refused. */
    private static List<String> export(Store store) throws IOException {
        var room = Files.createTempDirectory(workshop.home, "room-");
        var target = Files.createDirectories(room.resolve("a/b/target"));
        var vault = workshop.vault(store);
        try {
            vault.export(vault.find("latest"), target, entry -> true, Progress.NONE);
        } catch (IOException refused) {
            assertThat(vault.verify(Level.FULL, id -> true, List.of())).isNotEmpty();
        }
        var outside = new TreeSet<>(Workshop.read(room).keySet());
        outside.removeIf(name -> name.startsWith("a/b/target/"));
        assertThat(outside).isEmpty();
        assertThat(Path.of("/").resolve("one.md")).doesNotExist();
        var inside = List.copyOf(Workshop.read(target).keySet());
        Workshop.erase(room);
        return inside;
    }

    private static String json(String text) {
        var json = new StringBuilder("\"");
        text.chars().forEach(unit -> json.append("\\u%04x".formatted(unit)));
        return json.append('"').toString();
    }
}
