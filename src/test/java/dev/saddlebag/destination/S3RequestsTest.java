package dev.saddlebag.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.saddlebag.vault.Store;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bucket is asked for, and what becomes of answers that no good store gives. */
class S3RequestsTest {
    private static final String CUT = "<ListBucketResult><IsTruncated>true</IsTruncated>"
            + "<Contents><Key>acme/data/x</Key><Size>1</Size></Contents></ListBucketResult>";

    @TempDir
    Path home;

    private final Map<String, Headers> requests = new ConcurrentHashMap<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void an_object_is_written_on_condition_that_it_is_new_with_a_checksum_and_no_framing() throws Exception {
        vault(Map.of()).put("acme/data/x", file());

        Headers put = requests.get("PUT /vaults/acme/data/x");
        assertThat(put.getFirst("If-None-Match")).isEqualTo("*");
        assertThat(put.getFirst("x-amz-checksum-crc32")).isEqualTo("jNwWgw==");
        assertThat(put).doesNotContainKeys("Content-Encoding", "X-amz-trailer", "Content-MD5");
    }

    @Test
    void older_stores_get_an_md5_and_no_newer_checksum() throws Exception {
        vault(Map.of("requestChecksums", "when-required")).put("acme/data/x", file());

        Headers put = requests.get("PUT /vaults/acme/data/x");
        assertThat(put.getFirst("Content-MD5")).isEqualTo("ndTkYSaMgDT1yFZOFVxnpg==");
        assertThat(put.keySet())
                .noneMatch(header -> header.toLowerCase(java.util.Locale.ROOT).contains("crc32"));
    }

    @Test
    void locks_and_storage_classes_are_asked_for() throws Exception {
        vault(Map.of("objectLockMode", "compliance", "objectLockDays", "30", "storageClass", "STANDARD_IA"))
                .put("acme/data/x", file());

        Headers put = requests.get("PUT /vaults/acme/data/x");
        assertThat(put.getFirst("x-amz-object-lock-mode")).isEqualTo("COMPLIANCE");
        assertThat(Instant.parse(put.getFirst("x-amz-object-lock-retain-until-date")))
                .isBetween(
                        Instant.now().plus(Duration.ofDays(30)).minusSeconds(60),
                        Instant.now().plus(Duration.ofDays(30)));
        assertThat(put.getFirst("x-amz-storage-class")).isEqualTo("STANDARD_IA");
    }

    @Test
    void where_conditions_are_off_the_name_is_looked_up_before() throws Exception {
        answers.put("GET /vaults", "200 <ListBucketResult/>");
        vault(Map.of("conditionalWrites", "false")).put("acme/data/x", file());

        assertThat(requests.get("PUT /vaults/acme/data/x")).doesNotContainKey("If-None-Match");
        assertThat(requests).containsKey("GET /vaults");
    }

    @Test
    void a_listing_that_ends_before_its_end_is_a_failure_and_no_short_listing() {
        answers.put("GET /vaults", "200 " + CUT);

        assertThatThrownBy(() -> vault(Map.of()).list("acme/data"))
                .hasMessageContaining("has more names than it listed");
    }

    @Test
    void not_found_without_the_word_for_a_missing_key_is_no_missing_file() {
        answers.put("GET /vaults/acme/data/x", "404 <html>no such host</html>");

        assertThatThrownBy(() -> vault(Map.of()).get("acme/data/x"))
                .isNotInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("404")
                .hasMessageContaining("Check endpoint, bucket and path-style");
    }

    @Test
    void a_checksum_that_the_store_does_not_understand_is_said_with_the_option_that_helps() {
        answers.put(
                "PUT /vaults/acme/data/x",
                "400 <Error><Code>XAmzContentSHA256Mismatch</Code><Message>no</Message></Error>");

        assertThatThrownBy(() -> vault(Map.of()).put("acme/data/x", file()))
                .hasMessageContaining("request-checksums = when-required");
    }

    @Test
    void a_store_that_breaks_off_while_it_sends_is_a_failure_in_words() throws Exception {
        answers.put("GET /vaults/acme/data/torn", "200 torn");

        try (InputStream in = vault(Map.of()).get("acme/data/torn")) {
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("broke off while it sent acme/data/torn")
                    .hasMessageContaining("the next try asks anew");
        }
    }

    @Test
    void a_store_that_takes_no_more_bytes_is_given_up_after_a_time_that_grows_with_the_file() throws IOException {
        S3Writing writing = S3Writing.of(new Options(Map.of("timeout", 7)), Clock.systemUTC());

        assertThat(writing.patience(1)).isEqualTo(Duration.ofSeconds(7));
        assertThat(writing.patience(64 << 20)).isEqualTo(Duration.ofSeconds(7 + 2048));
    }

    private Store vault(Map<String, String> more) throws IOException {
        Map<String, Object> options = new HashMap<>(more);
        options.put("bucket", "vaults");
        options.put("endpoint", "http://127.0.0.1:" + server.getAddress().getPort());
        options.put("accessKey", "a");
        options.put("secretKey", "b");
        return S3Bucket.of(new Options(options));
    }

    private Path file() throws IOException {
        return Files.writeString(home.resolve("local"), "x");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String request =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            exchange.getRequestBody().transferTo(java.io.OutputStream.nullOutputStream());
            requests.put(request, exchange.getRequestHeaders());
            String[] answer = answers.getOrDefault(request, "200 ").split(" ", 2);
            byte[] body = answer[1].getBytes(StandardCharsets.UTF_8);
            int missing = request.endsWith("/torn") ? 10 : 0;
            exchange.sendResponseHeaders(Integer.parseInt(answer[0]), body.length == 0 ? -1 : body.length + missing);
            exchange.getResponseBody().write(body);
        }
    }
}
