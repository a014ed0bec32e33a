package dev.saddlebag.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How finished exports are given out, as facts/notion-export.md §1.8 has it. */
class DownloadHostTest {
    private final ExportClient.Watch clock = new ExportClient.Watch();
    private final NotionSimulator notion = NotionSimulator.start(
            SampleWorkspace.of(7, 40), Behaviour.standard().withClock(clock));
    private final Exports exports = notion.exports();
    private final ExportClient client = new ExportClient(exports);
    private byte[] archive;

    @BeforeEach
    void export() throws IOException {
        archive = Files.readAllBytes(finish());
    }

    private Path finish() {
        String id = client.enqueue(client.wholeWorkspace("markdown"));
        client.finished(id);
        return exports.archive(id).orElseThrow();
    }

    @AfterEach
    void stop() {
        notion.close();
    }

    @Test
    void the_whole_archive_comes_with_its_length_and_a_tag() {
        HttpResponse<byte[]> whole = client.download(client.link());
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(archive);
        assertThat(whole.headers().firstValueAsLong("content-length")).hasValue(archive.length);
        assertThat(whole.headers().firstValue("content-type")).hasValue("application/zip");
        assertThat(whole.headers().firstValue("etag"))
                .hasValueSatisfying(tag -> assertThat(tag).matches("\"[0-9a-f]{32}\""));
    }

    @Test
    void ranges_are_obeyed_as_long_as_the_archive_is_the_same() {
        String link = client.link();
        String tag = client.download(link).headers().firstValue("etag").orElseThrow();
        HttpResponse<byte[]> rest = client.download(link, "Range", "bytes=100-", "If-Range", tag);
        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.headers().firstValue("content-range"))
                .hasValue("bytes 100-" + (archive.length - 1) + "/" + archive.length);
        assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(archive, 100, archive.length));
        assertThat(client.download(link, "Range", "bytes=100-", "If-Range", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<byte[]> beyond = client.download(link, "Range", "bytes=" + archive.length + "-");
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(beyond.headers().firstValue("content-range")).hasValue("bytes */" + archive.length);
        exports.download(ExportDownload.standard().withRanges(false));
        assertThat(client.download(link, "Range", "bytes=100-").statusCode()).isEqualTo(200);
    }

    @Test
    void a_chunked_download_announces_nothing() {
        exports.play(ExportScenario.DOWNLOAD_CHUNKED);
        HttpResponse<byte[]> chunked = client.download(client.link());
        assertThat(chunked.headers().firstValue("content-length")).isEmpty();
        assertThat(chunked.headers().firstValue("etag")).isEmpty();
        assertThat(chunked.body()).isEqualTo(archive);
    }

    @Test
    void a_download_breaks_off_half_way_as_often_as_it_should() {
        String link = client.link();
        for (ExportScenario scenario :
                new ExportScenario[] {ExportScenario.DOWNLOAD_CUT, ExportScenario.DOWNLOAD_CUT_WITHOUT_RANGES}) {
            exports.play(scenario);
            assertThat(halves(link)).isEqualTo(Arrays.copyOf(archive, archive.length / 2));
            assertThatThrownBy(() -> client.download(link)).isInstanceOf(UncheckedIOException.class);
            assertThat(client.download(link).body()).isEqualTo(archive);
        }
    }

    /** What arrives of a body that breaks off. */
    private byte[] halves(String link) {
        var arrived = new ByteArrayOutputStream();
        try {
            var connection = (HttpURLConnection) URI.create(link).toURL().openConnection();
            connection.setRequestProperty("Cookie", "file_token=" + exports.fileToken());
            assertThat(connection.getContentLengthLong()).isEqualTo(archive.length);
            try (InputStream body = connection.getInputStream()) {
                for (int unit = body.read(); unit >= 0; unit = body.read()) {
                    arrived.write(unit);
                }
            }
        } catch (IOException e) {
            // As it should be.
        }
        return arrived.toByteArray();
    }

    @Test
    void the_cookie_decides() {
        String link = client.link();
        HttpResponse<byte[]> denied = client.downloadWithoutCookie(link);
        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(new String(denied.body(), UTF_8)).contains("Access denied");
        assertThat(client.downloadWithoutCookie(exports.url(ExportHost.FILES) + "/made-up")
                        .statusCode())
                .isEqualTo(403);
        assertThat(client.download(exports.url(ExportHost.FILES) + "/made-up").statusCode())
                .isEqualTo(404);

        exports.play(ExportScenario.FILE_TOKEN_UNWELCOME);
        assertThat(client.download(link).statusCode()).isEqualTo(403);
        assertThat(client.downloadWithoutCookie(link).statusCode()).isEqualTo(200);
    }

    @Test
    void links_expire_and_must_be_whole() {
        String link = client.link();
        assertThat(client.download(link.replaceFirst("&signature=.*", "")).statusCode())
                .isEqualTo(400);
        assertThat(client.download(link.replaceFirst("expirationTimestamp=\\d+", "expirationTimestamp=9999999999999"))
                        .statusCode())
                .isEqualTo(400);
        clock.set(clock.instant().plus(Duration.ofDays(7)).minusMillis(14));
        assertThat(client.download(link).statusCode()).isEqualTo(200);
        clock.set(clock.instant().plusMillis(1));
        assertThat(client.download(link).statusCode()).isEqualTo(400);

        exports.play(ExportScenario.LINK_EXPIRED);
        finish();
        assertThat(Long.parseLong(client.link().replaceFirst(".*expirationTimestamp=(\\d+).*", "$1")))
                .isLessThan(clock.millis());
    }

    @Test
    void all_hosts_can_share_an_address_with_a_cookie_of_ones_own() {
        exports.atOneAddress().acceptTokenV2("made:up");
        assertThat(exports.apiUrls()).containsOnly(URI.create(notion.baseUrl()));
        finish();
        String link = client.link();
        assertThat(link).startsWith(notion.baseUrl() + "/f/t/");
        assertThat(client.downloadWithoutCookie(link).statusCode()).isEqualTo(403);
        assertThat(client.download(link).statusCode()).isEqualTo(200);
        assertThat(exports.seen())
                .last()
                .satisfies(seen -> assertThat(seen.host()).isEqualTo(ExportHost.FILES));
    }

    @Test
    void html_can_come_in_place_of_the_archive() {
        exports.play(ExportScenario.HTML_DOWNLOAD);
        HttpResponse<byte[]> page = client.download(client.link());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).hasSizeBetween(4_500, 6_000);
        assertThat(new String(page.body(), UTF_8)).startsWith("<!DOCTYPE html>");
    }

    @Test
    void a_foreign_host_records_what_it_gets() {
        exports.play(ExportScenario.REDIRECT_TO_FOREIGN_HOST);
        HttpResponse<byte[]> moved = client.download(client.link());
        assertThat(moved.statusCode()).isEqualTo(302);
        String target = moved.headers().firstValue("location").orElseThrow();
        assertThat(target).startsWith(exports.url(ExportHost.FOREIGN).toString());
        assertThat(client.download(target).body()).isEqualTo(archive);
        assertThat(exports.seen())
                .filteredOn(seen -> seen.host() == ExportHost.FOREIGN)
                .singleElement()
                .satisfies(seen -> assertThat(seen.cookies()).containsOnlyKeys("file_token"));

        exports.play(ExportScenario.LINK_TO_FOREIGN_HOST);
        assertThat(client.link()).startsWith(exports.url(ExportHost.FOREIGN).toString());
    }
}
