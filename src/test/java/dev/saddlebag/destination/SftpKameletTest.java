package dev.saddlebag.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.saddlebag.vault.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kind {@code sftp}, as routes use it, with a real server. */
class SftpKameletTest implements StoreConformance {
    @RegisterExtension
    final SftpServer server = new SftpServer();

    @RegisterExtension
    final OpenedKamelets kamelets = new OpenedKamelets("sftp");

    @TempDir
    Path home;

    @Override
    public Store store() {
        return vault(server.options());
    }

    @Override
    public boolean leaveTemporaryFile() throws Exception {
        Files.writeString(server.served().resolve("back/ups/acme/data/.tmp-torn"), "torn");
        return true;
    }

    @Test
    void a_key_opens_it_with_and_without_a_passphrase() throws Exception {
        Map<String, String> options = server.options("key-file", server.file("id"));
        options.remove("password");
        vault(options).put("data/plain", file("x"));
        options.put("key-file", server.file("id_locked"));
        options.put("key-passphrase", SftpServer.PASSPHRASE);
        vault(options).put("data/locked", file("x"));

        assertThat(store().list("data")).hasSize(2);
    }

    @Test
    void a_passphrase_that_is_wrong_is_said_in_words() {
        Map<String, String> options = server.options("key-file", server.file("id_locked"));
        options.put("key-passphrase", "another");

        assertThatThrownBy(() -> vault(options).list("data"))
                .hasMessageContaining("id_locked cannot be used")
                .hasMessageContaining("Check key-file and key-passphrase")
                .hasMessageNotContaining("another");
    }

    @ParameterizedTest
    @ValueSource(strings = {"of_another", "empty"})
    void a_server_with_a_key_that_is_not_known_is_refused(String knownHosts) {
        Store vault = vault(server.options("known-hosts", server.file(knownHosts)));

        assertThatThrownBy(() -> vault.put("data/x", file("x")))
                .hasMessageContaining("The key of 127.0.0.1:")
                .hasMessageContaining("is not the one in " + server.file(knownHosts))
                .hasMessageContaining("Nothing was sent");
        assertThat(server.served()).isEmptyDirectory();
    }

    @Test
    void wrong_credentials_are_said_in_words() {
        Store vault = vault(server.options("password", "not the password"));

        assertThatThrownBy(() -> vault.get("data/x"))
                .isNotInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("saddle@127.0.0.1")
                .hasMessageContaining("is refused: check user, key-file, key-passphrase and password")
                .hasMessageNotContaining("not the password");
    }

    @Test
    void a_server_that_cannot_be_reached_keeps_nothing_from_starting_and_is_said_in_words() {
        Store vault = vault(server.options("port", "1"));

        assertThatThrownBy(() -> vault.get("data/x"))
                .isNotInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("saddle@127.0.0.1:1 cannot be reached")
                .hasMessageContaining("Check host, port");
    }

    @ParameterizedTest
    @CsvSource({
        "known-hosts,known_hosts,with its whole path",
        "key-file,/not/there,must be a file that can be read",
        "password,'',neither the option key-file nor the option password is set"
    })
    void options_that_do_not_fit_are_said_in_words(String option, String value, String sentence) {
        assertThatThrownBy(() -> vault(server.options(option, value)).list("data"))
                .hasMessageContaining("The settings of the destination do not fit")
                .hasMessageContaining(sentence);
    }

    @Test
    void a_connection_that_breaks_in_the_middle_leaves_nothing_under_the_name_and_the_next_try_is_whole()
            throws Exception {
        Store vault = store();
        Path large = Files.write(home.resolve("large"), new byte[3 << 20]);
        server.fault(SftpServer.WriteFault.breaksAt(1 << 20));

        assertThatThrownBy(() -> vault.put("data/large", large))
                .hasMessageContaining("data/large could not be written")
                .hasMessageContaining("The connection broke");

        assertThat(vault.list("data")).isEmpty();
        server.fault(SftpServer.WriteFault.NONE);
        vault.put("data/large", large);
        assertThat(server.served().resolve("back/ups/acme/data/large")).hasSize(3 << 20);
    }

    @Test
    void a_connection_that_breaks_twice_is_made_anew_and_the_file_gets_there() throws Exception {
        Store vault = store();
        Path large = Files.write(home.resolve("large"), new byte[3 << 20]);
        AtomicInteger breaks = new AtomicInteger(2);
        server.fault((session, offset) -> {
            if (offset > 1 << 20 && breaks.getAndDecrement() > 0) {
                session.close(true);
                throw new IOException("broken");
            }
        });

        vault.put("data/large", large);

        assertThat(server.served().resolve("back/ups/acme/data/large")).hasSize(3 << 20);
    }

    @Test
    void a_server_that_never_answers_is_given_up() throws Exception {
        Store vault = vault(server.options("timeout", "1"));
        CountDownLatch end = new CountDownLatch(1);
        server.fault((session, offset) -> await(end));
        try {
            assertThatThrownBy(() -> vault.put("data/x", file("x")))
                    .hasMessageContaining("data/x could not be written to")
                    .hasMessageContaining("The connection broke");
        } finally {
            end.countDown();
        }
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_connection_that_was_cut_in_between_is_made_anew() throws Exception {
        Store vault = store();
        vault.put("data/x", file("x"));
        server.breakAll();

        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(vault.list("data")).hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"same", "other content"})
    void a_name_that_appears_during_the_upload_is_not_replaced(String theirs) throws Exception {
        Store vault = store();
        vault.put("data/before", file("x"));
        Path data = server.served().resolve("back/ups/acme/data");
        server.atNextWrite(() -> write(data.resolve("x"), theirs));

        Throwable refused = catchThrowable(() -> vault.put("data/x", file("mine")));

        if (theirs.length() == "mine".length()) {
            assertThat(refused).isNull();
        } else {
            assertThat(refused)
                    .isInstanceOf(FileAlreadyExistsException.class)
                    .hasMessageContaining("it was left as it is");
        }
        assertThat(data.resolve("x")).hasContent(theirs);
        try (var left = Files.list(data)) {
            assertThat(left).extracting(path -> path.getFileName().toString()).containsOnly("before", "x");
        }
    }

    @Test
    void a_file_is_forced_to_the_disk_before_it_gets_its_name() throws Exception {
        store().put("data/x", file("x"));

        assertThat(server.forced()).singleElement().asString().startsWith(".tmp-");
    }

    @Test
    void what_interrupted_writes_left_goes_after_a_week() throws Exception {
        Store vault = store();
        vault.put("data/x", file("x"));
        Path data = server.served().resolve("back/ups/acme/data");
        Path old = Files.writeString(data.resolve(".tmp-old"), "torn");
        Path young = Files.writeString(data.resolve(".tmp-young"), "torn");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
        Files.setLastModifiedTime(young, FileTime.from(Instant.now().minus(Duration.ofDays(6))));

        assertThat(vault.list("data")).hasSize(1);

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void a_name_does_not_lead_out_of_it() {
        Store vault = store();
        assertThatThrownBy(() -> vault.put("../x", file("x"))).hasMessageContaining("no name that a vault has");
        assertThatThrownBy(() -> vault.get("data/../../x")).hasMessageContaining("no name that a vault has");
    }

    private Store vault(Map<String, String> options) {
        return kamelets.vault(options);
    }

    private Path file(String content) throws Exception {
        return OpenedKamelets.file(home, content);
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
