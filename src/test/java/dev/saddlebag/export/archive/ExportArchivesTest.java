package dev.saddlebag.export.archive;

import static dev.saddlebag.export.archive.Unpacker.PART;
import static dev.saddlebag.export.archive.Unpacker.WRAPPER;
import static dev.saddlebag.export.archive.Unpacker.wrapped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.saddlebag.vault.PathRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportArchivesTest {
    private static final String ID = "1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d";

    @TempDir
    Path home;

    private Unpacker unpacker;

    @BeforeEach
    void setUp() {
        unpacker = new Unpacker(home);
    }

    @Test
    void a_zip_without_a_wrapper_is_the_export_itself() throws Exception {
        Unpacked unpacked = unpacker.unpack(new RawZip()
                .add("Page " + ID + ".md", "# Page")
                .add("Page/a.png", "a")
                .bytes());

        assertThat(unpacker.files()).containsOnly(entry("Page " + ID + ".md", "# Page"), entry("Page/a.png", "a"));
        assertThat(unpacked.root()).isEqualTo(unpacker.root());
        assertThat(unpacked.parts()).isOne();
        assertThat(unpacked.entries()).isEqualTo(2);
        assertThat(unpacked.bytes()).isEqualTo(7);
        assertThat(unpacked.format()).isEqualTo("markdown");
        assertThat(unpacked.warnings()).isEmpty();
        assertThat(unpacked.renamed()).isEmpty();
        assertThat(unpacker.working()).doesNotExist();
    }

    @Test
    void parts_are_merged_and_their_wrapper_folders_stripped() throws Exception {
        Unpacked unpacked = unpacker.unpack(wrapped(
                new RawZip().add(WRAPPER + "A/a.md", "a").add(WRAPPER + "A/b.md", "b"),
                new RawZip().add(WRAPPER + "A/c.md", "c"),
                new RawZip().add(WRAPPER + "index.html", "<ul>")));

        assertThat(unpacker.files().keySet()).containsExactly("A/a.md", "A/b.md", "A/c.md", "index.html");
        assertThat(unpacked.parts()).isEqualTo(3);
        assertThat(unpacked.entries()).isEqualTo(4);
    }

    @Test
    void an_export_that_is_wrapped_twice_is_unwrapped_twice() throws Exception {
        byte[] once = wrapped(new RawZip().add("a.md", "a"), new RawZip().add("b.md", "b"));

        unpacker.unpack(wrapped(List.of(once)).bytes());
        assertThat(unpacker.files().keySet()).containsExactly("a.md", "b.md");

        unpacker.unpack(new RawZip()
                .add(Unpacker.UUID + "_Export-" + Unpacker.UUID + ".zip", once)
                .bytes());
        assertThat(unpacker.files().keySet()).containsExactly("a.md", "b.md");
    }

    @Test
    void an_export_that_is_wrapped_three_times_is_refused() {
        byte[] twice = wrapped(List.of(wrapped(new RawZip().add("a.md", "a")))).bytes();

        assertThat(unpacker.refusal(wrapped(List.of(twice)).bytes())).contains("Part-1.zip", "wrapped in more");
    }

    @Test
    void a_part_that_its_wrapper_keeps_uncompressed_is_read_where_it_lies() throws Exception {
        RawZip outer = new RawZip()
                .store(PART.formatted(2), new RawZip().add("b.md", "b").bytes())
                .store(PART.formatted(1), new RawZip().add("a.md", "a").bytes());

        unpacker.unpack(outer.bytes());

        assertThat(unpacker.files().keySet()).containsExactly("a.md", "b.md");
    }

    @Test
    void a_flipped_bit_in_the_list_of_an_uncompressed_part_is_found_by_the_checksum_of_the_part() {
        byte[] part = new RawZip().add("a.md", "a").bytes();
        byte[] outer = new RawZip().store(PART.formatted(1), part).bytes();
        int timeInTheList = indexOf(outer, new byte[] {'P', 'K', 1, 2}) + 12;
        outer[timeInTheList] ^= 1;

        assertThat(unpacker.refusal(outer)).contains("Part-1.zip", "checksum");
    }

    @Test
    void archives_among_the_attachments_stay_packed() throws Exception {
        byte[] attachment = new RawZip().add("inside.txt", "x").bytes();

        unpacker.unpack(wrapped(new RawZip()
                .add(WRAPPER + "Page " + ID + ".md", "# Page")
                .add(WRAPPER + "Page/slides.zip", attachment)
                .add(WRAPPER + "Page/" + PART.formatted(1), attachment)));

        assertThat(unpacker.files().keySet())
                .containsExactly("Page " + ID + ".md", "Page/" + PART.formatted(1), "Page/slides.zip");
    }

    @Test
    void an_archive_beside_other_files_is_an_attachment_whatever_it_is_called() throws Exception {
        unpacker.unpack(new RawZip()
                .add(PART.formatted(1), new RawZip().add("inside.txt", "x").bytes())
                .add("Page " + ID + ".md", "# Page")
                .bytes());

        assertThat(unpacker.files().keySet()).containsExactly(PART.formatted(1), "Page " + ID + ".md");
    }

    @Test
    void a_missing_part_is_named() {
        byte[] outer = new RawZip()
                .add(PART.formatted(1), new RawZip().add("a.md", "a").bytes())
                .add(PART.formatted(3), new RawZip().add("c.md", "c").bytes())
                .bytes();

        assertThat(unpacker.refusal(outer)).contains("part 2 of 3 is not in download-1.zip", "Start a new export");
    }

    @Test
    void a_missing_first_part_is_named() {
        byte[] outer = new RawZip()
                .add(PART.formatted(2), new RawZip().add("b.md", "b").bytes())
                .bytes();

        assertThat(unpacker.refusal(outer)).contains("part 1 of 2");
    }

    @Test
    void parts_that_are_handed_in_without_their_wrapper_must_be_complete_too() throws Exception {
        Path first = Files.write(
                home.resolve(PART.formatted(1)), new RawZip().add("a.md", "a").bytes());
        Path second = Files.write(
                home.resolve(PART.formatted(2)), new RawZip().add("b.md", "b").bytes());

        assertThatThrownBy(() -> unpacker.unpack(List.of(second)))
                .isInstanceOf(ArchiveRefusedException.class)
                .hasMessageContaining("part 1 of 2 is not in what was handed in");
        unpacker.unpack(List.of(second, first));

        assertThat(unpacker.files().keySet()).containsExactly("a.md", "b.md");
    }

    @Test
    void the_same_path_with_the_same_bytes_in_two_parts_is_one_file() throws Exception {
        byte[] large = new byte[300_000];
        new Random(1).nextBytes(large);

        Unpacked unpacked = unpacker.unpack(
                wrapped(new RawZip().add("a.bin", large).add("b", "b"), new RawZip().add("a.bin", large)));

        assertThat(unpacker.files().keySet()).containsExactly("a.bin", "b");
        assertThat(unpacked.entries()).isEqualTo(2);
        assertThat(unpacked.bytes()).isEqualTo(300_001);
        assertThat(unpacked.warnings()).singleElement().asString().startsWith("1 files were in two archives");
    }

    @Test
    void the_same_path_with_other_bytes_in_two_parts_is_refused() {
        byte[] large = new byte[300_000];
        new Random(1).nextBytes(large);
        byte[] other = large.clone();
        other[299_999]++;

        assertThat(unpacker.refusal(wrapped(new RawZip().add("P/a.bin", large), new RawZip().add("P/a.bin", other))))
                .contains("Part-2.zip", "\"P/a.bin\" has other bytes");
    }

    @Test
    void a_file_that_is_shorter_or_longer_in_another_part_is_refused() {
        RawZip longer = new RawZip().add("a.md", "abc");
        RawZip shorter = new RawZip().add("a.md", "ab");

        assertThat(unpacker.refusal(wrapped(longer, shorter))).contains("other bytes");
        assertThat(unpacker.refusal(wrapped(shorter, longer))).contains("other bytes");
    }

    @Test
    void exports_of_page_trees_become_one_tree_and_keep_their_indexes() throws Exception {
        Unpacked unpacked = unpacker.unpack(
                new RawZip()
                        .add("index.html", "one")
                        .add("A " + ID + ".md", "a")
                        .bytes(),
                new RawZip()
                        .add("index.html", "two")
                        .add("B " + ID + ".md", "b")
                        .bytes());

        assertThat(unpacker.files())
                .containsOnly(
                        entry("A " + ID + ".md", "a"),
                        entry("B " + ID + ".md", "b"),
                        entry("index.html", "one"),
                        entry("index-2.html", "two"));
        assertThat(unpacked.renamed()).containsExactly(entry("index-2.html", "index.html"));
        assertThat(unpacked.parts()).isEqualTo(2);
    }

    @Test
    void what_finder_adds_is_left_out_and_counted() throws Exception {
        Unpacked unpacked = unpacker.unpack(new RawZip()
                .add(WRAPPER, "")
                .add(WRAPPER + "A/", "")
                .add(WRAPPER + "A/a.md", "a")
                .add(WRAPPER + "A/.DS_Store", "x")
                .add(".DS_Store", "x")
                .add("__MACOSX/" + WRAPPER + "._a.md", "x")
                .bytes());

        assertThat(unpacker.files().keySet()).containsExactly("A/a.md");
        assertThat(unpacked.entries()).isOne();
        assertThat(unpacked.warnings())
                .containsExactly(
                        "3 files of Finder (__MACOSX, .DS_Store) were left out.",
                        "2 entries were folders; those that hold files were made.");
    }

    @Test
    void an_empty_export_is_an_empty_tree() throws Exception {
        Unpacked unpacked = unpacker.unpack(new RawZip().bytes());

        assertThat(unpacker.files()).isEmpty();
        assertThat(unpacked.format()).isEqualTo("unknown");
    }

    @Test
    void the_format_is_told_by_the_pages_and_not_by_the_attachments() throws Exception {
        assertThat(unpacker.unpack(new RawZip()
                                .add("index.html", "i")
                                .add("A " + ID + ".html", "a")
                                .add("A/readme.md", "x")
                                .bytes())
                        .format())
                .isEqualTo("html");
        assertThat(unpacker.unpack(new RawZip()
                                .add("A " + ID + ".html", "a")
                                .add("B " + ID + ".md", "b")
                                .bytes())
                        .format())
                .isEqualTo("mixed");
        assertThat(unpacker.unpack(new RawZip()
                                .add("index.html", "i")
                                .add("a.md", "a")
                                .bytes())
                        .format())
                .isEqualTo("markdown");
    }

    @Test
    void names_that_a_vault_does_not_take_are_stored_under_others_and_recorded() throws Exception {
        String decomposed = "Wo\u0308rter.md";
        String endless = "%D0%90".repeat(92) + ".png";
        String table = "😀".repeat(50) + " " + ID + "_all.csv";
        Unpacked unpacked = unpacker.unpack(new RawZip()
                .add(decomposed, "1")
                .add("P/" + endless, "2")
                .add("Done. /x.md", "3")
                .add("P/end.", "4")
                .add("P/" + table, "5")
                .bytes());

        assertThat(unpacked.renamed().values())
                .containsExactlyInAnyOrder(decomposed, "P/" + endless, "Done. /x.md", "P/end.", "P/" + table);
        assertThat(unpacked.renamed()).containsKeys("W\u00f6rter.md");
        assertThat(unpacker.files().keySet())
                .containsExactlyInAnyOrderElementsOf(unpacked.renamed().keySet())
                .allSatisfy(path -> assertThat(PathRule.objection(path)).isEmpty())
                .anySatisfy(path -> assertThat(path).matches("P/(%D0%90)+.*~[0-9a-f]{12}\\.png"))
                .anySatisfy(path -> assertThat(path).matches("Done~[0-9a-f]{12}/x\\.md"))
                .anySatisfy(path -> assertThat(path).matches("P/😀{40,}~[0-9a-f]{12} " + ID + "_all\\.csv"));
        assertThat(unpacked.warnings()).singleElement().asString().contains("4 files");
    }

    @Test
    void a_shortened_name_is_the_same_in_each_export() throws Exception {
        RawZip zip = new RawZip().add("x".repeat(554) + ".png", "1");
        unpacker.unpack(zip.bytes());
        List<String> first = List.copyOf(unpacker.files().keySet());

        unpacker.unpack(zip.add("another.md", "2").bytes());

        assertThat(unpacker.files().keySet()).containsAll(first);
    }

    @Test
    void names_that_differ_in_case_only_are_both_kept() throws Exception {
        Unpacked unpacked = unpacker.unpack(wrapped(
                new RawZip().add("P/Image.png", "1").add("P/image.png", "2").add("p/IMAGE.png", "3"),
                new RawZip().add("P/image.png", "2")));

        assertThat(unpacker.files()).hasSize(3).containsEntry("P/Image.png", "1");
        assertThat(unpacker.files().keySet().stream().map(PathRule::fold)).doesNotHaveDuplicates();
        assertThat(unpacked.renamed().values()).containsExactlyInAnyOrder("P/image.png", "p/IMAGE.png");
        assertThat(unpacked.warnings())
                .anySatisfy(warning -> assertThat(warning).contains("2 names equal others"));
    }

    @Test
    void a_file_and_a_folder_whose_names_differ_in_case_only_are_both_kept() throws Exception {
        unpacker.unpack(new RawZip()
                .add("image", "1")
                .add("Image/a.md", "2")
                .add("Notes/b.md", "3")
                .add("notes", "4")
                .bytes());

        assertThat(unpacker.files()).hasSize(4).containsEntry("image", "1").containsEntry("Notes/b.md", "3");
    }

    @Test
    void names_without_the_mark_of_utf_8_are_read_as_it_where_they_are_and_else_as_the_old_code_page()
            throws Exception {
        unpacker.unpack(new RawZip()
                .add("a", "1", entry -> entry.withName("Überschrift.md".getBytes(StandardCharsets.UTF_8)))
                .add("b", "2", entry -> entry.withName(new byte[] {(byte) 0x9A, 'b', '.', 'm', 'd'}))
                .bytes());

        assertThat(unpacker.files()).containsOnly(entry("Überschrift.md", "1"), entry("Üb.md", "2"));
    }

    @Test
    void sizes_and_places_in_64_bits_are_understood() throws Exception {
        unpacker.unpack(new RawZip()
                .wide()
                .add(
                        PART.formatted(1),
                        new RawZip().wide().add("a.md", "a").add("b.md", "b").bytes())
                .bytes());

        assertThat(unpacker.files()).containsOnly(entry("a.md", "a"), entry("b.md", "b"));
    }

    @Test
    void what_an_interrupted_unpacking_has_left_is_replaced() throws Exception {
        Files.createDirectories(unpacker.working().resolve("tree/old"));
        Files.writeString(unpacker.working().resolve("tree/old/half.md"), "ha");
        Files.createDirectories(unpacker.root());
        Files.writeString(unpacker.root().resolve("stale.md"), "old");

        unpacker.unpack(new RawZip().add("a.md", "a").bytes());

        assertThat(unpacker.files()).containsOnly(entry("a.md", "a"));
        assertThat(unpacker.working()).doesNotExist();
    }

    @Test
    void too_little_room_is_noticed_before_anything_is_written() {
        long free = (64L << 20) + 3 * 4096;
        Unpacker small = new Unpacker(home, new ExportArchives(Unpacker.LIMITS, folder -> free, 2));

        assertThatThrownBy(() -> small.unpack(new RawZip()
                        .add("a.md", "a")
                        .add("b.md", "b".repeat(9000))
                        .bytes()))
                .isInstanceOf(NoRoomException.class)
                .hasMessageContaining("64.0 MiB are free: 4,096 bytes more are needed")
                .hasMessageContaining("saddlebag.state-directory");
        small.assertNothingLeft();
    }

    @Test
    void there_must_be_room_for_the_part_and_for_what_it_holds() throws Exception {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        byte[] download = wrapped(new RawZip().add("a.bin", noise));
        long needed = (64L << 20) + 2 * 100_000;

        assertThatThrownBy(() ->
                        new Unpacker(home, new ExportArchives(Unpacker.LIMITS, folder -> needed, 2)).unpack(download))
                .isInstanceOf(NoRoomException.class);
        new Unpacker(home, new ExportArchives(Unpacker.LIMITS, folder -> needed + 10_000, 2)).unpack(download);
    }

    @Test
    void entries_are_the_same_however_many_threads_read_them() throws IOException {
        RawZip zip = new RawZip();
        Random random = new Random(3);
        for (int i = 0; i < 700; i++) {
            byte[] content = new byte[random.nextInt(2000)];
            random.nextBytes(content);
            zip.add("folder " + i % 7 + "/" + i + ".bin", content);
        }
        UnpackLimits limits = new UnpackLimits(1000, 1 << 24, 50, 4096, 1000);
        Unpacker one = new Unpacker(home, new ExportArchives(limits, Room.Free.OF_DISKS, 1));
        one.unpack(zip.bytes());
        var expected = one.files();

        Unpacker many = new Unpacker(home, new ExportArchives(limits, Room.Free.OF_DISKS, 8));
        many.unpack(zip.bytes());

        assertThat(many.files()).isEqualTo(expected).hasSize(700);
    }

    private static int indexOf(byte[] bytes, byte[] mark) {
        for (int i = 0; ; i++) {
            if (Arrays.equals(bytes, i, i + mark.length, mark, 0, mark.length)) {
                return i;
            }
        }
    }
}
