package dev.saddlebag.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saddlebag.vault.Store;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder is a destination like any other, and more: what is there is whole, durable and the owner's only. */
class FolderTest implements StoreConformance {
    @TempDir
    Path home;

    @Override
    public Store store() {
        return new Folder(home.resolve("vault"));
    }

    @Override
    public boolean leaveTemporaryFile() throws Exception {
        Files.writeString(home.resolve("vault/data/.tmp-torn"), "torn");
        return true;
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/x", "data/../../x", "data//x", "", "data/./x", "data/", "data\\x", ".tmp-x"})
    void no_name_leads_out_of_it(String name) throws Exception {
        var file = Files.writeString(home.resolve("local"), "x");
        var store = store();

        assertThatThrownBy(() -> store.put(name, file)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> store.get(name)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> store.delete(name)).isInstanceOf(IOException.class);
        try (Stream<Path> all = Files.walk(home)) {
            assertThat(all.filter(Files::isRegularFile)).containsExactly(file);
        }
    }

    @Test
    void other_bytes_of_the_same_length_are_refused_too() throws Exception {
        var store = store();
        store.put("data/x", Files.writeString(home.resolve("a"), "one"));

        assertThatThrownBy(() -> store.put("data/x", Files.writeString(home.resolve("b"), "two")))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void is_the_owners_only() throws Exception {
        var store = store();
        store.put("data/x", Files.writeString(home.resolve("a"), "x"));

        assertThat(permissions("vault")).isEqualTo("rwx------");
        assertThat(permissions("vault/data")).isEqualTo("rwx------");
        assertThat(permissions("vault/data/x")).isEqualTo("rw-------");
    }

    @Test
    void what_interrupted_writes_left_goes_after_a_week() throws Exception {
        var now = Instant.now();
        var store = new Folder(home.resolve("vault"), Clock.fixed(now, java.time.ZoneOffset.UTC));
        store.put("data/x", Files.writeString(home.resolve("a"), "x"));
        var old = Files.writeString(home.resolve("vault/data/.tmp-old"), "torn");
        var young = Files.writeString(home.resolve("vault/data/.tmp-young"), "torn");
        Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofDays(8))));
        Files.setLastModifiedTime(young, FileTime.from(now.minus(Duration.ofDays(6))));

        store.list("data");

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void a_failed_write_leaves_nothing() throws Exception {
        var store = store();
        store.put("data/x", Files.writeString(home.resolve("a"), "x"));

        assertThatThrownBy(() -> store.put("data/y", home.resolve("is not there")))
                .isInstanceOf(IOException.class);
        try (var left = Files.list(home.resolve("vault/data"))) {
            assertThat(left).extracting(path -> path.getFileName().toString()).containsExactly("x");
        }
    }

    @Test
    void what_cannot_be_written_to_is_said_in_words() throws Exception {
        var file = Files.writeString(home.resolve("a"), "x");
        var blocked = Files.writeString(home.resolve("blocked"), "a file where the vault should be");
        var store = new Folder(blocked);

        assertThatThrownBy(() -> store.put("data/x", file))
                .hasMessageContaining("data/x cannot be written to")
                .hasMessageContaining(blocked.toString())
                .hasMessageContaining("not touched")
                .hasMessageContaining("Check");
    }

    private String permissions(String path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(path)));
    }
}
