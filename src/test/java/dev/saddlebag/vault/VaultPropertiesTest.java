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
import java.util.Random;
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
            var key = twinKey(left, right);
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

    @Property(tries = 25, shrinking = ShrinkingMode.BOUNDED)
    void carrying_over_gives_the_same_bytes_as_reading_everything(
            @ForAll("trees") Map<String, byte[]> one, @ForAll("trees") Map<String, byte[]> other, @ForAll long seed)
            throws Exception {
        try (var reading = new Workshop();
                var carrying = new Workshop()) {
            var store = new MemoryStore();
            var key = twinKey(reading, carrying);
            var random = new Random(seed);
            var tree = one;
            var first = reading.seal(tree).id();
            carrying.now = reading.now;
            var parent = new Sealer(carrying.spool(), key, carrying.limits)
                    .seal(first, carrying.stage(tree), Workshop.facts(), Notes.NONE);
            var shipper = new Shipper(carrying.spool(), key, true);
            assertThat(shipper.ship(parent, "vault", store, List.of()).error()).isEmpty();
            for (int generation = 0; generation < 2; generation++) {
                tree = edited(tree, other, random);
                var whole = reading.seal(tree);
                var unchanged = Unchanged.between(carrying.spool().baseline().orElseThrow(), tree);
                unchanged.hashes().keySet().removeIf(path -> random.nextInt(4) == 0);
                carrying.now = reading.now;
                var carried = new Sealer(carrying.spool(), key, carrying.limits)
                        .seal(
                                whole.id(),
                                carrying.stage(unchanged.rest(tree)),
                                Workshop.facts(),
                                Notes.NONE,
                                unchanged);

                assertThat(Workshop.read(carried.directory()))
                        .containsExactlyEntriesOf(Workshop.read(whole.directory()));
                assertThat(CarriedOverTest.used(carried)).isEqualTo(CarriedOverTest.data(carried));
                assertThat(shipper.ship(carried, "vault", store, List.of()).error())
                        .isEmpty();
                assertThat(carrying.export(store, carried.id())).containsExactlyEntriesOf(new TreeMap<>(tree));
            }
            for (var level : Level.values()) {
                assertThat(carrying.vault(store).verify(level, run -> true, List.of()))
                        .noneMatch(
                                finding -> finding.isDamage() && !finding.what().contains("testifies that it existed"));
            }
        }
    }

    /** Keeps most, and changes, moves and removes some; adds some of {@code other}. */
    private static Map<String, byte[]> edited(Map<String, byte[]> tree, Map<String, byte[]> other, Random random) {
        Map<String, byte[]> edited = new TreeMap<>();
        tree.forEach((path, content) -> {
            switch (random.nextInt(8)) {
                case 0 -> edited.put(path, Workshop.noise(1 + random.nextInt(9_000), random.nextLong()));
                case 1 -> edited.put("moved/" + path, content);
                case 2 -> edited.remove(path);
                default -> edited.put(path, content);
            }
        });
        other.forEach((path, content) -> {
            if (random.nextInt(3) == 0) {
                edited.putIfAbsent(path, content);
            }
        });
        return compatible(edited);
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

    /** The key of {@code left}, for {@code right} to sign with. */
    private static SigningKey twinKey(Workshop left, Workshop right) throws IOException {
        var same = right.home.resolve("state/same.pem");
        Files.createDirectories(same.getParent());
        Files.writeString(same, Files.readString(left.home.resolve("state/signing-key.pem")));
        return SigningKey.at(same);
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
