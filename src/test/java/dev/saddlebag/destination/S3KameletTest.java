package dev.saddlebag.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saddlebag.vault.Store;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kind {@code s3}, as routes use it, with a server that checks what it is sent. */
class S3KameletTest implements StoreConformance {
    @RegisterExtension
    final S3Server server = new S3Server();

    @RegisterExtension
    final OpenedKamelets kamelets = new OpenedKamelets("s3");

    @TempDir
    Path home;

    @Override
    public Store store() {
        return vault(server.options());
    }

    @Override
    public boolean leaveTemporaryFile() {
        return false;
    }

    @Test
    void each_workspace_has_a_folder_of_its_own_below_the_prefix() throws Exception {
        store().put("data/x", file("x"));

        assertThat(server.keys()).containsExactly("back/ups/acme/data/x");
        assertThat(kamelets.vault(server.options(), "other").list("data")).isEmpty();
    }

    @Test
    void without_a_prefix_the_vaults_lie_at_the_top() throws Exception {
        Store vault = vault(server.options("prefix", ""));
        vault.put("vault.json", file("x"));

        assertThat(server.keys()).containsExactly("acme/vault.json");
        assertThat(vault.list("")).containsExactly(new Store.Stored("vault.json", 1));
    }

    @ParameterizedTest
    @CsvSource({"when-supported,true", "when-supported,false", "when-required,true", "when-required,false"})
    void a_large_file_goes_in_parts_and_comes_back_whole(String checksums, boolean conditional) throws Exception {
        Map<String, String> options = server.options("part-size", "5");
        options.put("request-checksums", checksums);
        options.put("conditional-writes", String.valueOf(conditional));
        Store vault = vault(options);
        byte[] content = new byte[(11 << 20) + 7];
        new Random(2).nextBytes(content);
        Path large = Files.write(home.resolve("large"), content);

        vault.put("data/large", large);
        vault.put("data/large", large);
        vault.put("data/small", file("x"));
        vault.put("data/small", file("x"));

        try (var in = vault.get("data/large")) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
        assertThatThrownBy(() -> vault.put("data/large", file("other")))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("it was left as it is");
        assertThatThrownBy(() -> vault.put("data/small", large)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(server.openUploads()).isZero();
        assertThat(vault.list("data"))
                .containsExactlyInAnyOrder(
                        new Store.Stored("data/large", content.length), new Store.Stored("data/small", 1));
    }

    @Test
    void names_with_every_sign_that_routes_could_take_for_their_own_arrive_as_they_are() throws Exception {
        Store vault = store();
        for (String name :
                new String[] {"data/a,b", "data/${body}", "data/it's", "data/a b", "data/x?y=1&z", "data/(1)+%"}) {
            vault.put(name, file("x"));
            try (var in = vault.get(name)) {
                assertThat(in).hasContent("x");
            }
        }
        assertThat(vault.list("data")).hasSize(6);
    }

    @Test
    void a_name_does_not_lead_out_of_it() {
        Store vault = store();
        assertThatThrownBy(() -> vault.put("../x", file("x"))).hasMessageContaining("no name that a vault has");
        assertThatThrownBy(() -> vault.get("data/../../x")).hasMessageContaining("no name that a vault has");
    }

    @Test
    void wrong_credentials_are_said_in_words_and_are_not_taken_for_a_missing_file() {
        Store vault = vault(server.options("secret-key", "not the secret"));

        for (var attempt : List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                () -> vault.get("data/x"), () -> vault.list("data"), () -> vault.put("data/x", file("x")))) {
            assertThatThrownBy(attempt)
                    .isNotInstanceOf(NoSuchFileException.class)
                    .hasMessageContaining("The bucket vaults at http")
                    .hasMessageContaining("403 SignatureDoesNotMatch")
                    .hasMessageContaining("check access-key and secret-key")
                    .hasMessageNotContaining("not the secret");
        }
    }

    @Test
    void a_bucket_that_is_not_there_is_no_missing_file() {
        Store vault = vault(server.options("bucket", "another"));

        assertThatThrownBy(() -> vault.get("data/x"))
                .isNotInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("404 NoSuchBucket")
                .hasMessageContaining("Saddlebag makes no buckets");
        assertThatThrownBy(() -> vault.list("data")).hasMessageContaining("404 NoSuchBucket");
    }

    @Test
    void a_store_that_cannot_be_reached_keeps_nothing_from_starting_and_is_said_in_words() {
        Store vault = vault(server.options("endpoint", "http://127.0.0.1:1"));

        assertThatThrownBy(() -> vault.list("data"))
                .hasMessageContaining("The bucket vaults at http://127.0.0.1:1 cannot be reached")
                .hasMessageContaining("refused")
                .hasMessageContaining("Check endpoint");
    }

    @ParameterizedTest
    @CsvSource({
        "endpoint,s3.example.org,must be an address such as https://s3.example.org",
        "part-size,4,must be a whole number from 5 on",
        "object-lock-mode,governance,need each other",
        "access-key,'',access-key is missing"
    })
    void options_that_do_not_fit_are_said_in_words(String option, String value, String sentence) {
        Store vault = vault(server.options(option, value));

        assertThatThrownBy(() -> vault.list("data"))
                .hasMessageContaining("The settings of the destination do not fit")
                .hasMessageContaining(sentence);
    }

    @Test
    void what_the_store_cannot_do_is_said_with_what_to_try() {
        Map<String, String> options = server.options("object-lock-mode", "governance");
        options.put("object-lock-days", "30");

        assertThatThrownBy(() -> vault(options).put("data/x", file("x")))
                .hasMessageContaining("501 NotImplemented")
                .hasMessageContaining("object-lock-mode");
    }

    private Store vault(Map<String, String> options) {
        return kamelets.vault(options);
    }

    private Path file(String content) throws Exception {
        return OpenedKamelets.file(home, content);
    }
}
