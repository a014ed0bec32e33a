package dev.saddlebag.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saddlebag.vault.Store;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every kind of destination must do: implement this in a test of the kind (facts/vault-study.md §5 "conformance of
 * every destination").
 */
public interface StoreConformance {
    /** A destination with nothing in it. */
    Store store() throws Exception;

    /** Puts what an interrupted write would have left, so that the listing can be looked at; false when there is none. */
    boolean leaveTemporaryFile() throws Exception;

    @Test
    default void gives_back_what_was_put(@TempDir Path local) throws Exception {
        var store = store();
        store.put("vault.json", file(local, "top"));
        store.put("meta/20261120T020005Z-7f3a91.json", file(local, "inside"));
        store.put("a/b/c.txt", file(local, ""));

        assertThat(read(store, "vault.json")).asString().isEqualTo("top");
        assertThat(read(store, "meta/20261120T020005Z-7f3a91.json")).asString().isEqualTo("inside");
        assertThat(read(store, "a/b/c.txt")).isEmpty();
        assertThat(store.list("")).containsExactly(new Store.Stored("vault.json", 3));
        assertThat(store.list("meta")).containsExactly(new Store.Stored("meta/20261120T020005Z-7f3a91.json", 6));
        assertThat(store.list("a")).containsExactly(new Store.Stored("a/b/c.txt", 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 99, 101, 1_001, 2_500})
    default void lists_all_names_however_many(int count, @TempDir Path local) throws Exception {
        var store = store();
        var file = file(local, "x");
        for (int i = 0; i < count; i++) {
            store.put("data/n" + i, file);
        }
        store.put("dataset/other", file);

        assertThat(store.list("data"))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, count)
                        .mapToObj(i -> new Store.Stored("data/n" + i, 1))
                        .toList());
    }

    @Test
    default void accepts_the_same_bytes_again_and_no_others(@TempDir Path local) throws Exception {
        var store = store();
        store.put("data/x", file(local, "same"));
        store.put("data/x", file(local, "same"));

        assertThatThrownBy(() -> store.put("data/x", file(local, "longer than before")))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("data/x");
        assertThat(read(store, "data/x")).asString().isEqualTo("same");
    }

    @Test
    default void says_what_is_missing() throws Exception {
        var store = store();
        assertThatThrownBy(() -> read(store, "data/none")).isInstanceOf(NoSuchFileException.class);
        assertThat(store.list("nothing")).isEmpty();
    }

    @Test
    default void deletes_and_does_not_mind_what_is_not_there(@TempDir Path local) throws Exception {
        var store = store();
        store.put("data/x", file(local, "x"));
        store.delete("data/x");
        store.delete("data/x");
        store.delete("never/was");

        assertThat(store.list("data")).isEmpty();
        store.put("data/x", file(local, "other content"));
        assertThat(read(store, "data/x")).asString().isEqualTo("other content");
    }

    @Test
    default void hides_what_is_still_being_written(@TempDir Path local) throws Exception {
        var store = store();
        store.put("data/x", file(local, "x"));
        if (leaveTemporaryFile()) {
            assertThat(store.list("data")).containsExactly(new Store.Stored("data/x", 1));
        }
    }

    @Test
    default void carries_64_mebibytes(@TempDir Path local) throws Exception {
        var store = store();
        var content = new byte[64 << 20];
        new Random(1).nextBytes(content);
        var big = local.resolve("big");
        Files.write(big, content);

        store.put("data/big", big);

        assertThat(Arrays.equals(read(store, "data/big"), content)).isTrue();
        assertThat(store.list("data")).containsExactly(new Store.Stored("data/big", content.length));
    }

    private static Path file(Path local, String content) throws Exception {
        var file = Files.createTempFile(local, "put", "");
        return Files.writeString(file, content);
    }

    private static byte[] read(Store store, String name) throws Exception {
        try (var in = store.get(name)) {
            return in.readAllBytes();
        }
    }
}
