package dev.saddlebag.export.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.MemoryFolders;
import dev.saddlebag.vault.PathRule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.io.file.PathUtils;

class ArchivePropertiesTest {
    private static final UnpackLimits LIMITS = new UnpackLimits(1000, 1 << 24, 50, 1 << 22, 3000);

    @Property(tries = 500)
    void the_stored_form_of_any_name_is_one_that_a_vault_takes(@ForAll("parts") String part) {
        String stored = EntryName.portablePart(part);

        assertThat(PathRule.objection(stored)).isEmpty();
        assertThat(EntryName.portablePart(stored)).isEqualTo(stored);
        assertThat(EntryName.bytes(stored)).isLessThanOrEqualTo(240);
    }

    @Property(tries = 500)
    void a_name_that_is_not_refused_stays_below_the_root(@ForAll("wild") String name) {
        if (EntryName.objection(name).isEmpty()) {
            Path root = Path.of("/some/root");
            Path stored = root.resolve(EntryName.portable(name)).normalize();

            assertThat(stored).startsWithRaw(root).isNotEqualTo(root);
        }
    }

    @Property(tries = 60)
    void whatever_a_valid_export_holds_comes_out_again(
            @ForAll("trees") Map<String, byte[]> tree, @ForAll("shapes") Shape shape) throws IOException {
        Path home = MemoryFolders.create("archive-property");
        try {
            Unpacker unpacker = new Unpacker(home, LIMITS);
            Unpacked unpacked = unpacker.unpack(shape.pack(tree));

            SortedMap<String, String> expected = new TreeMap<>();
            tree.forEach((path, content) -> expected.put(path, new String(content, StandardCharsets.ISO_8859_1)));
            SortedMap<String, String> found = new TreeMap<>();
            unpacker.files()
                    .forEach((path, content) -> found.put(unpacked.renamed().getOrDefault(path, path), content));
            assertThat(found).isEqualTo(expected);
            assertThat(unpacked.entries()).isEqualTo(tree.size());
            Set<String> folded = new HashSet<>();
            for (String path : unpacker.files().keySet()) {
                assertThat(PathRule.objection(path)).as(path).isEmpty();
                assertThat(folded.add(PathRule.fold(path))).as(path).isTrue();
            }
        } finally {
            PathUtils.deleteDirectory(home);
        }
    }

    @Property(tries = 300)
    void bytes_that_are_no_archive_are_refused_in_words(@ForAll byte[] noise, @ForAll("trees") Map<String, byte[]> tree)
            throws IOException {
        Path home = MemoryFolders.create("archive-property");
        try {
            Unpacker unpacker = new Unpacker(home, LIMITS);
            byte[] zip = new Shape(1, 0, false, false, false).pack(tree);
            byte[] spoiled = zip.clone();
            // Puts the noise over the list of entries, where the most is believed.
            int at = Math.max(4, zip.length - 22 - noise.length);
            System.arraycopy(noise, 0, spoiled, at, Math.min(noise.length, zip.length - 22 - at));
            try {
                unpacker.unpack(spoiled);
                assertThat(readable(spoiled)).isTrue();
            } catch (ArchiveRefusedException e) {
                unpacker.assertNothingLeft();
            }
        } finally {
            PathUtils.deleteDirectory(home);
        }
    }

    private static boolean readable(byte[] zip) throws IOException {
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            while (in.getNextEntry() != null) {
                in.readAllBytes();
            }
            return true;
        }
    }

    /** How an export is packed. */
    record Shape(int parts, int wrappers, boolean folder, boolean wide, boolean stored) {
        byte[] pack(Map<String, byte[]> tree) {
            List<RawZip> zips = new ArrayList<>();
            for (int i = 0; i < (wrappers == 0 ? 1 : parts); i++) {
                zips.add(wide ? new RawZip().wide() : new RawZip());
            }
            int turn = 0;
            for (Map.Entry<String, byte[]> file : tree.entrySet()) {
                RawZip zip = zips.get(turn++ % zips.size());
                String name = (folder ? Unpacker.WRAPPER : "") + file.getKey();
                if (stored) {
                    zip.store(name, file.getValue());
                } else {
                    zip.add(name, file.getValue());
                }
            }
            List<byte[]> bytes = zips.stream().map(RawZip::bytes).toList();
            for (int i = 0; i < wrappers; i++) {
                bytes = List.of(Unpacker.wrapped(bytes).bytes());
            }
            return bytes.get(0);
        }
    }

    @Provide
    Arbitrary<Shape> shapes() {
        Arbitrary<Boolean> either = Arbitraries.of(true, false);
        return Combinators.combine(
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(0, 2),
                        either,
                        either,
                        either)
                .as(Shape::new);
    }

    /** Files in folders; never a file where a folder is. */
    @Provide
    Arbitrary<Map<String, byte[]>> trees() {
        Arbitrary<String> folder = parts().list()
                .ofMaxSize(3)
                .map(parts ->
                        String.join("/", parts.stream().map(part -> part + " d").toList()));
        Arbitrary<String> path =
                Combinators.combine(folder, parts()).as((in, file) -> (in.isEmpty() ? "" : in + "/") + file + ".f");
        Arbitrary<byte[]> content = Arbitraries.bytes().array(byte[].class).ofMaxSize(3000);
        return Arbitraries.maps(path, content).ofMinSize(1).ofMaxSize(12);
    }

    /** Names such as people give: long ones, with dots and blanks at the end, equal but for case, in both normal forms. */
    @Provide
    Arbitrary<String> parts() {
        Arbitrary<String> pieces = Arbitraries.of(
                "a",
                "A",
                "b",
                " ",
                ".",
                "ä",
                "a\u0308",
                "😀",
                "京",
                "Ж",
                "-",
                "'",
                "%20",
                "1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d",
                ".md",
                "_all.csv",
                "ſ",
                "ß",
                "İ",
                "é".repeat(60));
        return pieces.list()
                .ofMinSize(1)
                .ofMaxSize(9)
                .map(list -> String.join("", list))
                .filter(name -> !Arrays.asList(".", "..").contains(name));
    }

    @Provide
    Arbitrary<String> wild() {
        return Arbitraries.of(
                        "..",
                        ".",
                        "/",
                        "//",
                        "a",
                        "C:",
                        "\\",
                        "\0",
                        "\n",
                        "~",
                        " ",
                        "...",
                        "é",
                        "a\u0308",
                        "x".repeat(300))
                .list()
                .ofMaxSize(8)
                .map(list -> String.join("", list));
    }
}
