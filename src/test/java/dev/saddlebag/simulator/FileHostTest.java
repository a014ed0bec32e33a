package dev.saddlebag.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FileHostTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T12:00:30Z"));
    private final Clock clock = new Clock() {
        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    };
    private final NotionSimulator notion = NotionSimulator.start(
            SampleWorkspace.of(3, 200), Behaviour.standard().withClock(clock));
    private final SimulatorClient client = new SimulatorClient(notion);

    @AfterEach
    void stop() {
        notion.close();
    }

    private JsonNode cover() {
        String showcase = notion.workspace().standalonePages().get(1);
        return client.good("/v1/pages/" + showcase).at("/cover/file");
    }

    private SimulatorClient.Answer fetch(String url, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build());
    }

    @Test
    void everyListingSignsAnewAndThePathStays() {
        String first = cover().get("url").asText();
        String second = cover().get("url").asText();
        assertThat(first).isNotEqualTo(second).contains("%2F", "+", "==", "X-Amz-Expires=3600");
        assertThat(first.replaceAll("\\?.*", "")).isEqualTo(second.replaceAll("\\?.*", ""));
        assertThat(cover().get("expiry_time").asText()).isEqualTo("2026-11-20T13:00:30.000Z");
        assertThat(fetch(first).response().body())
                .isEqualTo(fetch(second).response().body());
    }

    @Test
    void anAlteredOrEncodedAnewUrlIsRefused() {
        String url = cover().get("url").asText();
        for (String altered : new String[] {
            url.replace("%2F", "/"), url.replace("+", "%2B"), url.replace("==", "%3D%3D"), url.replaceAll("\\?.*", "")
        }) {
            SimulatorClient.Answer answer = fetch(altered);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(new String(answer.response().body(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("<Code>SignatureDoesNotMatch</Code>");
        }
    }

    @Test
    void aUrlExpires() {
        String url = cover().get("url").asText();
        now.set(now.get().plus(Duration.ofMinutes(60)));
        assertThat(fetch(url).status()).isEqualTo(200);
        now.set(now.get().plusSeconds(1));
        assertThat(fetch(url).status()).isEqualTo(403);
        assertThat(fetch(cover().get("url").asText()).status()).isEqualTo(200);
    }

    @Test
    void aTokenForTheFileHostIsALeak() {
        assertThat(fetch(cover().get("url").asText(), "Authorization", "Bearer " + notion.token())
                        .status())
                .isEqualTo(400);
        assertThat(notion.requests().tokenLeaks()).isEqualTo(1);
        assertThat(notion.requests().files()).isEqualTo(1);
    }

    @Test
    void theImageOfACustomEmojiNeedsNoSignatureAndStaysWhereItIs() {
        JsonNode emojis = client.all("/v1/custom_emojis");
        assertThat(client.all("/v1/custom_emojis")).isEqualTo(emojis);
        Truth truth = notion.truth(TruthOptions.standard());
        for (JsonNode emoji : emojis) {
            String url = emoji.get("url").asText();
            assertThat(url).startsWith(notion.baseUrl() + "/public/emojis/").doesNotContain("?");
            assertThat(fetch(url).status()).isEqualTo(200);
            assertThat(truth.files().values()).anyMatch(file -> file.path().equals(url));
            assertThat(fetch(url, "Authorization", "Bearer " + notion.token()).status())
                    .isEqualTo(400);
        }
        assertThat(notion.requests().tokenLeaks()).isEqualTo(emojis.size());
        assertThat(fetch(notion.baseUrl() + "/public/emojis/none.png").status()).isEqualTo(404);
    }

    @Test
    void externalFilesAreForEverybodyAndInTheTruthWhenAskedFor() throws Exception {
        String home = notion.workspace().standalonePages().get(0);
        String image = notion.externalImage() + "?width=200";
        for (String url : List.of(image, notion.movedExternalImage(), notion.missingExternalImage())) {
            notion.workspace().addExternalImage(home, url);
        }
        SimulatorClient.Answer moved = fetch(notion.movedExternalImage());
        assertThat(moved.status()).isEqualTo(302);
        String target = moved.response().headers().firstValue("location").orElseThrow();
        assertThat(URI.create(notion.movedExternalImage()).resolve(target)).hasToString(notion.externalImage());
        byte[] bytes = fetch(image).response().body();
        assertThat(fetch(notion.missingExternalImage()).status()).isEqualTo(404);
        assertThat(fetch(notion.externalPaper()).status()).isEqualTo(200);

        Truth with = notion.truth(TruthOptions.complete().withExternalMedia(true));
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        JsonNode described = Json.MAPPER
                .createObjectNode()
                .put("url", image)
                .put("sha256", sha256)
                .put("size", bytes.length);
        List<JsonNode> images = externalImages(with, home);
        assertThat(images.get(0).toString()).isEqualTo(described.toString());
        assertThat(images.get(1).get("sha256").asText()).isEqualTo(sha256);
        assertThat(images.get(1).get("url").asText()).isEqualTo(notion.movedExternalImage());
        assertThat(images.get(2))
                .isEqualTo(externalImages(notion.truth(TruthOptions.complete()), home)
                        .get(2));
        assertThat(with.files()).containsKey(sha256);
        assertThat(notion.truth(TruthOptions.complete()).files()).doesNotContainKey(sha256);
        long inAll = with.objects()
                .flatMap(entry -> entry.content().findValues("external").stream())
                .filter(external -> external.has("sha256"))
                .count();
        assertThat(inAll).isEqualTo(2);
        assertThat(fetch(notion.externalImage(), "Authorization", "Bearer x").status())
                .isEqualTo(400);
    }

    private static List<JsonNode> externalImages(Truth truth, String page) {
        return truth.objects()
                .filter(entry -> entry.path().contains(page))
                .flatMap(entry -> entry.content().get("blocks").findValues("external").stream())
                .filter(external -> external.get("url").asText().contains("127.0.0.1"))
                .toList();
    }

    @Test
    void rangesAreGiven() {
        String url = cover().get("url").asText();
        byte[] whole = fetch(url).response().body();
        SimulatorClient.Answer rest = fetch(url, "Range", "bytes=100-");
        assertThat(rest.status()).isEqualTo(206);
        assertThat(rest.response().headers().firstValue("content-range"))
                .contains("bytes 100-" + (whole.length - 1) + "/" + whole.length);
        assertThat(rest.response().body()).isEqualTo(Arrays.copyOfRange(whole, 100, whole.length));
        assertThat(fetch(url, "Range", "bytes=99999999-").status()).isEqualTo(416);
    }

    @Test
    void theTruthKnowsEveryFileAndItsBytes() throws Exception {
        Map<String, Truth.FileEntry> files =
                notion.truth(TruthOptions.standard()).files();
        assertThat(files).hasSizeGreaterThan(50);
        assertThat(files.values()).anyMatch(file -> file.size() >= 5 * 1024 * 1024);
        for (Truth.FileEntry file : files.values()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            long size = 0;
            try (InputStream bytes = file.bytes().open()) {
                byte[] buffer = new byte[8192];
                for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                    digest.update(buffer, 0, read);
                    size += read;
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(file.sha256());
            assertThat(size).isEqualTo(file.size());
        }
    }
}
