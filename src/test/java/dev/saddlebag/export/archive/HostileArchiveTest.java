package dev.saddlebag.export.archive;

import static dev.saddlebag.export.archive.Unpacker.PART;
import static dev.saddlebag.export.archive.Unpacker.wrapped;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of archive that Notion never makes: refused with a sentence that names part and entry, nothing left behind. */
class HostileArchiveTest {
    @TempDir
    Path home;

    private Unpacker unpacker;

    @BeforeEach
    void setUp() {
        unpacker = new Unpacker(home);
    }

    @Test
    void a_name_that_leads_out_of_the_folder() {
        assertThat(refusalOf("a/../../x.md")).contains("\"a/../../x.md\" has the part \"..\"");
        assertThat(refusalOf("..")).contains("\"..\" has the part \"..\"");
        assertThat(refusalOf(Unpacker.WRAPPER + "../x.md")).contains("has the part \"..\"");
        assertThat(refusalOf("../")).contains("has the part \"..\"");
        assertThat(refusalOf("a/./x.md")).contains("has the part \".\"");
    }

    @Test
    void an_absolute_name() {
        assertThat(refusalOf("/etc/passwd")).contains("\"/etc/passwd\" is absolute");
    }

    @Test
    void a_name_with_the_letter_of_a_drive() {
        assertThat(refusalOf("C:x.md")).contains("the letter of a drive");
        assertThat(refusalOf("c:/x.md")).contains("the letter of a drive");
    }

    @Test
    void a_name_with_a_backslash() {
        assertThat(refusalOf("a\\..\\x.md")).contains("backslash");
    }

    @Test
    void a_name_with_a_nul() {
        assertThat(refusalOf("a.md\0.png")).contains("\"a.md\\u0000.png\" contains a control character");
    }

    @Test
    void a_name_with_a_control_character() {
        assertThat(refusalOf("a\n.md")).contains("control character");
        assertThat(refusalOf("a\u001b[2J.md")).contains("\\u001b[2J", "control character");
    }

    @Test
    void a_name_with_an_empty_part() {
        assertThat(refusalOf("a//b.md")).contains("an empty part");
        assertThat(refusalOf("")).contains("is empty");
    }

    @Test
    void a_name_that_is_not_the_utf_8_that_it_claims_to_be() {
        assertThat(refusalOf(entry -> entry.withName(new byte[] {'a', (byte) 0xC0, (byte) 0xAF})
                        .withFlags(1 << 11)))
                .contains("not the UTF-8 that it claims to be");
    }

    @Test
    void a_path_that_no_disk_takes() {
        assertThat(refusalOf("a/".repeat(600) + "x.md")).contains("a path of more than 1,000 bytes");
    }

    @Test
    void a_symbolic_link() {
        assertThat(refusalOf(entry -> entry.withMode(0120777))).contains("\"a.md\" is a symbolic link");
    }

    @Test
    void a_device() {
        assertThat(refusalOf(entry -> entry.withMode(0020666))).contains("another special file");
    }

    @Test
    void a_plain_file_with_the_mode_of_one_is_fine() throws Exception {
        unpacker.unpack(
                new RawZip().add("a.md", "a", entry -> entry.withMode(0100644)).bytes());

        assertThat(unpacker.files().keySet()).containsExactly("a.md");
    }

    @Test
    void the_same_name_twice_in_one_archive() {
        assertThat(unpacker.refusal(wrapped(
                        new RawZip().add("b.md", "b"),
                        new RawZip().add("a.md", "a").add("a.md", "a"))))
                .contains("Part-2.zip in download-1.zip", "\"a.md\" is there twice");
    }

    @Test
    void a_file_where_a_folder_must_be() {
        assertThat(unpacker.refusal(
                        new RawZip().add("a", "1").add("a/b.md", "2").bytes()))
                .contains("\"a\" is a folder where another entry is a file");
        assertThat(unpacker.refusal(
                        new RawZip().add("a/b.md", "2").add("a", "1").bytes()))
                .contains("\"a\" is a file where another entry needs a folder");
    }

    @Test
    void an_encrypted_entry() {
        assertThat(refusalOf(entry -> entry.withFlags(1))).contains("\"a.md\" is encrypted");
        assertThat(refusalOf(entry -> entry.withFlags(1 | (1 << 6)))).contains("is encrypted");
        assertThat(refusalOf(entry -> entry.withFlags(1 << 13))).contains("is encrypted");
    }

    @Test
    void an_unknown_method() {
        assertThat(refusalOf(entry -> entry.withMethod(14)))
                .contains("\"a.md\" is compressed by an unknown method, 14");
    }

    @Test
    void a_name_before_the_content_that_differs_from_the_listed_one() {
        assertThat(refusalOf(entry -> entry.withLocalName("b.md"))).contains("is called otherwise");
    }

    @Test
    void content_that_is_longer_than_listed() {
        assertThat(refusalOf(entry -> entry.withSize(50))).contains("\"a.md\" is longer than the 50 bytes");
    }

    @Test
    void content_that_is_shorter_than_listed() {
        assertThat(refusalOf(entry -> entry.withSize(150))).contains("\"a.md\" is shorter");
    }

    @Test
    void content_with_another_checksum() {
        assertThat(refusalOf(entry -> entry.withCrc(1)))
                .contains("\"a.md\" has another content than its checksum says");
    }

    @Test
    void content_that_ends_in_the_middle() {
        assertThat(refusalOf(entry -> entry.withCompressed(entry.compressed() - 3)))
                .contains("ends in the middle");
    }

    @Test
    void more_bytes_after_the_content() {
        assertThat(unpacker.refusal(new RawZip()
                        .add("a.md", "a".repeat(100), entry -> entry.withCompressed(entry.compressed() + 9))
                        .add("b.md", "b")
                        .bytes()))
                .contains("\"a.md\" is shorter");
    }

    @Test
    void an_entry_outside_of_the_archive() {
        assertThat(refusalOf(entry -> entry.at(1 << 20))).contains("lies outside of the archive");
        assertThat(refusalOf(entry -> entry.withCompressed(1 << 20))).contains("lies outside of the archive");
    }

    @Test
    void a_list_that_points_at_something_else() {
        assertThat(unpacker.refusal(new RawZip()
                        .add("a.md", "a".repeat(100))
                        .add("b.md", "b", entry -> entry.at(5).withCompressed(1))
                        .bytes()))
                .contains("share the same bytes");
        assertThat(unpacker.refusal(new RawZip()
                        .store("a.bin", new byte[200])
                        .add("a.md", "a", entry -> entry.at(0).withCompressed(1))
                        .bytes()))
                .contains("share the same bytes");
    }

    @Test
    void a_number_of_entries_that_is_wrong() {
        assertThat(unpacker.refusal(new RawZip().add("a.md", "a").declaring(2).bytes()))
                .contains("says that it has 2 entries, and lists another number: 1");
        assertThat(unpacker.refusal(
                        new RawZip().wide().add("a.md", "a").declaring(0).bytes()))
                .contains("lists another number");
    }

    @Test
    void more_entries_than_allowed() {
        RawZip many = new RawZip();
        for (int i = 0; i < 1001; i++) {
            many.add(i + ".md", "");
        }
        assertThat(unpacker.refusal(many.bytes())).contains("has more than 1,000 entries");
        assertThat(unpacker.refusal(many.declaring(3).bytes())).contains("entries");
    }

    @Test
    void more_entries_than_allowed_in_all_parts_together() {
        RawZip[] parts = {new RawZip(), new RawZip()};
        for (int i = 0; i < 1000; i++) {
            parts[i % 2].add(i + ".md", "");
        }
        assertThat(unpacker.refusal(wrapped(parts))).contains("Part-2.zip", "has more than 1,000 entries");
    }

    @Test
    void more_bytes_than_allowed() {
        byte[] noise = new byte[600 << 10];
        new Random(1).nextBytes(noise);
        assertThat(unpacker.refusal(
                        new RawZip().add("a.bin", noise).add("b.bin", noise).bytes()))
                .contains("would unpack to more than 1.0 MiB");
        byte[] pattern = new byte[600 << 10];
        for (int i = 0; i < pattern.length; i++) {
            pattern[i] = noise[i % 20_000];
        }
        assertThat(unpacker.refusal(wrapped(new RawZip().add("a.bin", pattern), new RawZip().add("b.bin", pattern))))
                .contains("Part-2.zip", "would unpack to more than 1.0 MiB");
    }

    @Test
    void a_bomb_of_one_entry() {
        assertThat(unpacker.refusal(new RawZip().add("a.bin", new byte[900_000]).bytes()))
                .contains("is a ZIP bomb", "more than 50 times as much");
    }

    @Test
    void a_bomb_in_a_wrapper() {
        byte[] part = new RawZip().add("a.bin", new byte[900_000]).bytes();

        assertThat(unpacker.refusal(wrapped(List.of(part)).bytes())).contains("Part-1.zip", "is a ZIP bomb");
    }

    @Test
    void a_bomb_whose_every_layer_is_harmless_by_itself() {
        // Each layer becomes some 30 times as long, both together far more than 50 times.
        RawZip inner = new RawZip();
        byte[] content = new byte[2000];
        for (int i = 0; i < 400; i++) {
            inner.add("%03d".formatted(i), content);
        }
        UnpackLimits limits = new UnpackLimits(1000, 1 << 20, 50, 1024, 1000);
        byte[] part = inner.bytes();
        assertThat(800_000 / part.length).isLessThan(50);

        assertThat(new Unpacker(home, limits).refusal(wrapped(List.of(part)).bytes()))
                .contains("download-1.zip is a ZIP bomb");
    }

    @Test
    void a_bomb_of_entries_that_share_one_content() {
        RawZip bomb = new RawZip().add("0.bin", new byte[1000]);
        for (int i = 1; i < 10; i++) {
            bomb.add(i + ".bin", new byte[1000], entry -> entry.at(0));
        }
        assertThat(unpacker.refusal(bomb.bytes())).contains("is a ZIP bomb: entries of it share the same bytes");
    }

    @Test
    void a_bomb_of_entries_that_quote_the_next_one() {
        // The first entry is a stored one that contains the whole second one, header and all.
        byte[] second = new RawZip().add("b.bin", new byte[1000]).bytes();
        RawZip bomb = new RawZip()
                .store("a.bin", second)
                .add("b.bin", new byte[1000], entry -> entry.at(30 + "a.bin".length()));

        assertThat(unpacker.refusal(bomb.bytes())).contains("share the same bytes");
    }

    @Test
    void a_part_that_is_no_zip() {
        assertThat(unpacker.refusal(new RawZip()
                        .add(PART.formatted(1), "no ZIP at all, but long enough")
                        .bytes()))
                .contains("Part-1.zip in download-1.zip is no ZIP");
    }

    @Test
    void a_web_page_instead_of_a_zip() {
        String page = "<!DOCTYPE html><title>Access denied</title>" + " ".repeat(5000);

        assertThat(unpacker.refusal(page.getBytes(StandardCharsets.UTF_8)))
                .contains("download-1.zip is no ZIP but a web page: Notion refused the download", "Download it again");
    }

    @Test
    void something_that_is_appended_or_put_in_front() {
        byte[] zip = new RawZip().add("a.md", "a").bytes();
        byte[] longer = Arrays.copyOf(zip, zip.length + 1);
        byte[] shifted = new byte[zip.length + 4];
        System.arraycopy(zip, 0, shifted, 4, zip.length);
        System.arraycopy(zip, 0, shifted, 0, 4);

        assertThat(unpacker.refusal(longer)).contains("something was added");
        assertThat(unpacker.refusal(shifted)).contains("download-1.zip");
    }

    @Test
    void nothing_is_left_of_the_parts_before_the_refused_one() {
        byte[] noise = new byte[500_000];
        new Random(1).nextBytes(noise);

        assertThat(unpacker.refusal(wrapped(
                        new RawZip().add("a.bin", noise),
                        new RawZip().add("b.md", "b"),
                        new RawZip().add("../c.md", "c"))))
                .contains("Part-3.zip in download-1.zip", "\"../c.md\"");
    }

    private String refusalOf(String name) {
        return refusalOf(entry -> entry.withName(name.getBytes(StandardCharsets.UTF_8)));
    }

    private String refusalOf(UnaryOperator<RawZip.Entry> change) {
        RawZip zip = new RawZip()
                .add("first.md", "1")
                .add("a.md", "a".repeat(100), change)
                .add("last.md", "2");
        return unpacker.refusal(wrapped(zip));
    }
}
