package dev.saddlebag.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saddlebag.vault.Hashes;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each content is in a snapshot once, whole, and under a name that every run would give it. */
class FileTreeTest {
    @TempDir
    Path home;

    private FileTree files;

    @BeforeEach
    void begin() throws IOException {
        files = new FileTree(new Staging(home));
    }

    @Test
    void a_file_is_stored_under_its_hash_and_extension() throws Exception {
        FileTree.Stored stored = store("https://host/a/photo.png", ".png", "abc");

        assertThat(stored.isNew()).isTrue();
        assertThat(stored.file())
                .isEqualTo(new StoredFile("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3));
        assertThat(names()).containsExactly(stored.file().sha256() + ".png");
        assertThat(home.resolve("tree/files").resolve(stored.file().sha256() + ".png"))
                .hasContent("abc");
        assertThat(files.at("https://host/a/photo.png")).contains(stored.file());
        assertThat(files.at("https://host/other.png")).isEmpty();
    }

    @Test
    void the_same_bytes_are_kept_once_however_many_files_hold_them() throws Exception {
        FileTree.Stored first = store("https://host/1.txt", ".txt", "same");
        FileTree.Stored second = store("https://host/2.txt", ".txt", "same");

        assertThat(second.isNew()).isFalse();
        assertThat(second.file()).isEqualTo(first.file());
        assertThat(names()).hasSize(1);
        assertThat(files.at("https://host/2.txt")).isEqualTo(files.at("https://host/1.txt"));
    }

    @Test
    void the_extension_does_not_depend_on_which_name_came_first() throws Exception {
        List<String> extensions = new ArrayList<>(List.of(".txt", ".md", ".text", ".log"));
        for (int seed = 0; seed < 10; seed++) {
            Collections.shuffle(extensions, new Random(seed));
            Path other = home.resolve("run" + seed);
            var tree = new FileTree(new Staging(other));
            for (String extension : extensions) {
                tree.store("https://host/x" + extension, extension, bytes("same"));
            }

            try (Stream<Path> kept = Files.list(other.resolve("tree/files"))) {
                assertThat(kept)
                        .singleElement()
                        .asString()
                        .as("in the order %s", extensions)
                        .endsWith(".log");
            }
        }
    }

    @Test
    void a_file_without_an_extension_has_none() throws Exception {
        FileTree.Stored stored = store("https://host/README", "", "abc");

        assertThat(names()).containsExactly(stored.file().sha256());
    }

    @Test
    void a_download_that_breaks_off_leaves_nothing_and_may_be_tried_again() throws Exception {
        var broken = new SequenceInputStream(bytes("half of"), new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw new IOException("Connection reset");
            }
        });

        assertThatThrownBy(() -> files.store("https://host/a.txt", ".txt", broken))
                .isInstanceOf(IOException.class)
                .hasMessage("Connection reset");
        assertThat(regularFiles()).isEmpty();
        assertThat(files.at("https://host/a.txt")).isEmpty();

        assertThat(store("https://host/a.txt", ".txt", "half of it").isNew()).isTrue();
        assertThat(regularFiles()).hasSize(1);
    }

    @Test
    void many_downloads_at_a_time_keep_each_content_once() throws Exception {
        int workers = 8;
        int contents = 50;
        List<String> extensions = List.of(".b", ".c", ".a", ".d");
        var together = new CyclicBarrier(workers);
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        List<Future<Integer>> counts = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            int number = worker;
            counts.add(pool.submit(() -> {
                int isNew = 0;
                for (int content = 0; content < contents; content++) {
                    together.await();
                    String extension = extensions.get(number % extensions.size());
                    String address = "https://host/" + number + "/" + content + extension;
                    isNew += store(address, extension, "content " + content).isNew() ? 1 : 0;
                }
                return isNew;
            }));
        }
        int isNew = 0;
        for (Future<Integer> count : counts) {
            isNew += count.get();
        }
        pool.shutdown();

        assertThat(isNew).isEqualTo(contents);
        assertThat(names()).hasSize(contents).allMatch(name -> name.endsWith(".a"));
        for (String name : names()) {
            byte[] kept = Files.readAllBytes(home.resolve("tree/files").resolve(name));
            assertThat(name).startsWith(Hashes.of(kept));
        }
        assertThat(regularFiles()).hasSize(contents);
    }

    @Test
    void a_run_that_was_broken_off_keeps_its_files_and_loses_the_one_that_was_cut_short() throws Exception {
        FileTree.Stored whole = store("https://host/a.png", ".png", "abc");
        FileTree.Stored plain = store("https://host/README", "", "whole");
        FileTree.Stored cut = store("https://host/b.txt", ".txt", "what a crash cuts short");
        Path folder = home.resolve("tree/files");
        Files.writeString(folder.resolve(cut.file().sha256() + ".txt"), "what a cra");

        var again = new FileTree(new Staging(home));

        assertThat(names())
                .containsExactlyInAnyOrder(
                        whole.file().sha256() + ".png", plain.file().sha256());
        assertThat(again.holds(whole.file().sha256())).isTrue();
        assertThat(again.holds(plain.file().sha256())).isTrue();
        assertThat(again.holds(cut.file().sha256())).isFalse();
        assertThat(again.at("https://host/a.png")).contains(whole.file());
        assertThat(again.at("https://host/README")).contains(plain.file());
        assertThat(again.at("https://host/b.txt")).isEmpty();
        assertThat(again.store("https://host/b.txt", ".txt", bytes("what a crash cuts short"))
                        .isNew())
                .isTrue();
        assertThat(again.store("https://host/c.PNG", ".png", bytes("abc")).isNew())
                .isFalse();
        assertThat(names()).hasSize(3);
    }

    @Test
    void a_torn_line_of_the_addresses_costs_one_address() throws Exception {
        FileTree.Stored before = store("https://host/a.png", ".png", "abc");
        Files.writeString(home.resolve("addresses.jsonl"), "{\"path\":\"htt", StandardOpenOption.APPEND);
        var again = new FileTree(new Staging(home));
        again.store("https://host/b.txt", ".txt", bytes("b"));
        FileTree.Stored after = again.store("https://host/c.txt", ".txt", bytes("c"));

        var onceMore = new FileTree(new Staging(home));

        assertThat(onceMore.at("https://host/a.png")).contains(before.file());
        assertThat(onceMore.at("https://host/b.txt")).isEmpty();
        assertThat(onceMore.at("https://host/c.txt")).contains(after.file());
    }

    @Test
    void the_extension_does_not_depend_on_whether_the_run_was_broken_off_in_between() throws Exception {
        String sha256 = store("https://host/a.txt", ".txt", "same").file().sha256();

        new FileTree(new Staging(home)).store("https://host/a.log", ".log", bytes("same"));

        assertThat(names()).containsExactly(sha256 + ".log");
    }

    @Test
    void what_is_known_from_an_earlier_snapshot_need_not_lie_in_the_folder() {
        var known = new StoredFile("ab12", 7);
        files.know("https://host/a.png", known);

        assertThat(files.at("https://host/a.png")).contains(known);
        assertThat(files.holds("ab12")).isFalse();
    }

    @Test
    void what_nothing_names_any_more_is_removed() throws Exception {
        FileTree.Stored needed = store("https://host/a.png", ".png", "needed");
        FileTree.Stored unneeded = store("https://host/b.png", ".png", "unneeded");
        store("https://host/b.jpg", ".jpg", "unneeded");

        files.keepOnly(Set.of(needed.file().sha256(), "of-an-earlier-snapshot"));

        assertThat(names()).containsExactly(needed.file().sha256() + ".png");
        assertThat(files.holds(unneeded.file().sha256())).isFalse();
        assertThat(files.holds(needed.file().sha256())).isTrue();
    }

    private FileTree.Stored store(String address, String extension, String content) throws IOException {
        return files.store(address, extension, bytes(content));
    }

    private static InputStream bytes(String content) {
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> kept = Files.list(home.resolve("tree/files"))) {
            return kept.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** All but the addresses. */
    private List<Path> regularFiles() throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.equals(home.resolve("addresses.jsonl")))
                    .toList();
        }
    }
}
