package dev.saddlebag.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saddlebag.vault.Store;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The kind {@code sftp} with the server that most have. */
class RealOpenSshTest implements StoreConformance {
    private static final long LARGE = 256L << 20;

    @RegisterExtension
    final OpenSsh server = new OpenSsh();

    @RegisterExtension
    final OpenedKamelets kamelets = new OpenedKamelets("sftp");

    @TempDir
    Path home;

    @Override
    public Store store() {
        return kamelets.vault(server.options());
    }

    @Override
    public boolean leaveTemporaryFile() throws Exception {
        Files.writeString(data().resolve(".tmp-torn"), "torn");
        return true;
    }

    @Test
    void a_key_opens_it_with_and_without_a_passphrase() throws Exception {
        store().put("data/plain", file("x"));
        Map<String, String> locked =
                server.options("key-file", server.file("id_locked").toString());
        locked.put("key-passphrase", OpenSsh.PASSPHRASE);
        kamelets.vault(locked).put("data/locked", file("x"));

        assertThat(store().list("data")).hasSize(2);
    }

    @Test
    void a_key_that_the_server_does_not_know_is_refused_in_words() {
        Store vault = kamelets.vault(
                server.options("key-file", server.file("another_host").toString()));

        assertThatThrownBy(() -> vault.list("data"))
                .hasMessageContaining("is refused: check user, key-file, key-passphrase and password");
    }

    @Test
    void a_server_with_another_key_than_the_known_one_gets_nothing() throws Exception {
        Store vault = kamelets.vault(
                server.options("known-hosts", server.file("of_another").toString()));

        assertThatThrownBy(() -> vault.put("data/x", file("x")))
                .hasMessageContaining("is not the one in " + server.file("of_another"))
                .hasMessageContaining("Nothing was sent");
        assertThat(server.served()).isEmptyDirectory();
    }

    @Test
    void names_with_odd_signs_arrive_as_they_are() throws Exception {
        Store vault = store();
        for (String name :
                new String[] {"data/a b", "data/ü-日本-🎒", "data/it's", "data/x?y=1&z*", "data/(1)+%[2]\"3\""}) {
            vault.put(name, file("x"));
            try (var in = vault.get(name)) {
                assertThat(in).hasContent("x");
            }
        }
        assertThat(vault.list("data")).hasSize(5);
        assertThat(data().resolve("ü-日本-🎒")).hasContent("x");
    }

    @Test
    void a_server_that_is_killed_in_the_middle_of_a_file_shows_no_half_of_it_and_the_next_try_is_whole()
            throws Exception {
        Store vault = store();
        vault.put("data/before", file("x"));
        Path large = home.resolve("large");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(LARGE);
        }

        CompletableFuture<Void> put = CompletableFuture.runAsync(() -> {
            try {
                vault.put("data/large", large);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        });
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofMinutes(1))
                .until(() -> sizeOfTemporary() > 1 << 20);
        server.stop();

        assertThatThrownBy(put::join).hasMessageContaining("cannot be reached");
        assertThat(sizeOfTemporary()).isLessThan(LARGE);
        assertThat(data().resolve("large")).doesNotExist();
        assertThatThrownBy(() -> vault.list("data")).hasMessageContaining("cannot be reached");

        server.start("internal-sftp");
        assertThat(vault.list("data")).containsExactly(new Store.Stored("data/before", 1));
        vault.put("data/large", large);
        assertThat(Files.mismatch(large, data().resolve("large"))).isEqualTo(-1);
    }

    @Test
    void a_file_is_forced_to_the_disk_before_it_gets_its_name() throws Exception {
        server.stop();
        server.start(RealServers.path("sftp-server") + " -e -l VERBOSE 2>>" + server.log());

        store().put("data/x", file("x"));

        assertThat(Files.readString(server.log()))
                .containsSubsequence("open \"", "fsync \"", "rename old \"", "/data/x\"");
    }

    private long sizeOfTemporary() throws IOException {
        try (Stream<Path> files = Files.list(data())) {
            return files.filter(file -> file.getFileName().toString().startsWith(".tmp-"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private Path data() {
        return server.served().resolve("back/ups/acme/data");
    }

    private Path file(String content) throws IOException {
        return OpenedKamelets.file(home, content);
    }
}
