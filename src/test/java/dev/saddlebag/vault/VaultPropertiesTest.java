package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saddlebag.destination.Folder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

/** What holds for every tree and every history (facts/vault-study.md §4.12). */
class VaultPropertiesTest {

    @Property(tries = 40, shrinking = ShrinkingMode.BOUNDED)
    void every_generation_comes_back_as_it_was(
            @ForAll("trees") Map<String, byte[]> one,
            @ForAll("trees") Map<String, byte[]> two,
            @ForAll("trees") Map<String, byte[]> three)
            throws Exception {
        try (var workshop = new Workshop()) {
            var store = new MemoryStore();
            var merged = new TreeMap<>(two);
            one.keySet().stream().limit(3).forEach(path -> merged.put(path, one.get(path)));
            Map<RunId, Map<String, byte[]>> history = new TreeMap<>();
            for (var tree : List.of(one, two, compatible(merged), three, one)) {
                var sealed = workshop.seal(tree);
                assertThat(workshop.ship(sealed, store).error()).isEmpty();
                history.put(sealed.id(), tree);
            }
            for (var generation : history.entrySet()) {
                assertThat(workshop.export(store, generation.getKey()))
                        .containsExactlyEntriesOf(new TreeMap<>(generation.getValue()));
            }
            assertThat(workshop.vault(store).verify(Level.FULL, run -> true, history.keySet()))
                    .isEmpty();
        }
    }

    @Property(tries = 30, shrinking = ShrinkingMode.BOUNDED)
    void what_is_there_is_never_written_again(@ForAll("trees") Map<String, byte[]> tree) throws Exception {
        try (var workshop = new Workshop()) {
            workshop.seal(tree);
            var same = workshop.seal(tree);
            var moved = new HashMap<String, byte[]>();
            tree.forEach((path, content) -> moved.put("moved/" + path, content));
            var elsewhere = workshop.seal(moved);

            assertThat(same.file("data")).isEmptyDirectory();
            assertThat(elsewhere.file("data")).isEmptyDirectory();
        }
    }

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void the_same_tree_parent_id_and_key_give_the_same_bytes(
            @ForAll("trees") Map<String, byte[]> one, @ForAll("trees") Map<String, byte[]> two) throws Exception {
        try (var left = new Workshop();
                var right = new Workshop()) {
            Files.createDirectories(right.home.resolve("state"));
            Files.writeString(
                    right.home.resolve("state/same.pem"), Files.readString(left.home.resolve("state/signing-key.pem")));
            var key = SigningKey.at(right.home.resolve("state/same.pem"));
            for (var tree : List.of(one, two)) {
                var sealed = left.seal(tree);
                right.now = left.now;
                var twin = new Sealer(right.spool(), key, right.limits)
                        .seal(sealed.id(), right.stage(tree), Workshop.facts(), Notes.NONE);
                var expected = Workshop.read(sealed.directory());
                assertThat(Workshop.read(twin.directory())).containsExactlyEntriesOf(expected);
            }
        }
    }

    @Property(tries = 300)
    void random_bytes_are_never_more_than_a_clear_refusal(@ForAll @Size(max = 300) byte[] bytes) throws Exception {
        var file = Files.createTempFile("manifest", "");
        try {
            Files.write(file, bytes);
            assertThatThrownBy(() -> {
                        try (var reader = ManifestReader.plain("manifest", file)) {
                            reader.next();
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("manifest: ");
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 12, shrinking = ShrinkingMode.OFF)
    void a_shell_restores_any_tree(@ForAll("trees") Map<String, byte[]> one, @ForAll("trees") Map<String, byte[]> two)
            throws Exception {
        Tools.require("sh", "jq", "unzip", "ssh-keygen", "gunzip", "sha256sum");
        try (var workshop = new Workshop()) {
            var root = workshop.home.resolve("vault");
            var store = new Folder(root);
            workshop.ship(workshop.seal(one), store);
            var sealed = workshop.seal(two);
            workshop.ship(sealed, store);
            var readme = Files.readString(root.resolve("README.txt"));
            var script = Files.writeString(
                    workshop.home.resolve("restore.sh"), readme.substring(readme.indexOf("#!/bin/sh")));

            var restored = Tools.run(
                    workshop.home,
                    null,
                    "sh",
                    script.toString(),
                    "vault",
                    sealed.id().value(),
                    "out");

            assertThat(restored.output()).contains("restored " + two.size() + " files");
            assertThat(Workshop.read(workshop.home.resolve("out"))).containsExactlyEntriesOf(two);
        }
    }

    @Provide
    Arbitrary<Map<String, byte[]>> trees() {
        var characters = Arbitraries.of(
                "a", "b", "B", "Z", "0", " x", "-", "!", "#", "[", "*", "?", "'", "\"", "$", ";1", "é", "ß", "İ", "Á",
                "日本", "🎒", "\uff0e", "\ue000", ".x");
        var segment = characters.list().ofMinSize(1).ofMaxSize(4).map(parts -> String.join("", parts));
        var path = segment.list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(segments -> String.join("/", segments))
                .map(name -> java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFC))
                .flatMap(name -> Arbitraries.of("", ".md", ".json", ".png", ".zip", ".age", ".001")
                        .map(name::concat))
                .filter(name -> PathRule.objection(name).isEmpty());
        var content = Arbitraries.oneOf(
                Arbitraries.of(0, 1, 100, 4095, 4096, 4097, 8192, 9_999, 20_000)
                        .flatMap(size -> Arbitraries.longs().between(1, 3).map(seed -> Workshop.noise(size, seed))),
                Arbitraries.strings().ofMaxLength(40).map(Workshop::text));
        return path.flatMap(name -> content.map(bytes -> Tuple.of(name, bytes)))
                .list()
                .ofMaxSize(25)
                .map(files -> {
                    Map<String, byte[]> tree = new TreeMap<>();
                    files.forEach(file -> tree.put(file.get1(), file.get2()));
                    return compatible(tree);
                });
    }

    /** Leaves out what cannot stand beside the rest: twins when case is ignored, files where folders are. */
    private static Map<String, byte[]> compatible(Map<String, byte[]> tree) {
        Map<String, byte[]> kept = new TreeMap<>();
        Set<String> files = new HashSet<>();
        Set<String> folders = new HashSet<>();
        tree.forEach((path, content) -> {
            var folded = PathRule.fold(path);
            var above = new HashSet<String>();
            for (int slash = folded.indexOf('/'); slash >= 0; slash = folded.indexOf('/', slash + 1)) {
                above.add(folded.substring(0, slash));
            }
            if (!files.contains(folded)
                    && !folders.contains(folded)
                    && above.stream().noneMatch(files::contains)) {
                files.add(folded);
                folders.addAll(above);
                kept.put(path, content);
            }
        });
        return kept;
    }
}
