package dev.saddlebag.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.Gap;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.SampleAccount;
import dev.saddlebag.snapshot.SampleRun;
import dev.saddlebag.snapshot.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every file that Notion keeps is found where it is named, fetched, and replaced there by its hash. */
class FileLinkTest {
    private static final String SIGNED =
            "'url':'https://host/%s?X-Amz-Expires=3600&X-Amz-Signature=ab','expiry_time':'2026-06-27T17:59:54.000Z'";

    @TempDir
    Path home;

    private final List<Gap> gaps = new ArrayList<>();
    private final FileDownloads downloads = new FileDownloads();
    private Run run;

    @BeforeEach
    void begin() throws IOException {
        run = SampleRun.in(home);
    }

    @Test
    void files_are_found_in_every_place_that_can_name_one() throws Exception {
        ObjectNode content = json("{'page':{'object':'page','id':'p1',"
                + "'cover':{'type':'file','file':{" + signed("cover.jpg") + "}},"
                + "'icon':{'type':'file','file':{" + signed("icon.svg") + "}},"
                + "'properties':{'Files':{'type':'files','files':["
                + "{'name':'one','type':'file','file':{" + signed("one.pdf") + "}},"
                + "{'name':'two','type':'external','external':{'url':'https://elsewhere/two.pdf'}},"
                + "{'name':'three','type':'file','file':{" + signed("three.pdf") + "}}]}}},"
                + "'blocks':[{'object':'block','id':'b1','type':'image','image':{'caption':[],'type':'file','file':{"
                + signed("image.png") + "}},"
                + "'children':[{'object':'block','id':'b2','type':'callout','callout':{'icon':{'type':'file','file':{"
                + signed("callout.png") + "}}}}]}],"
                + "'comments':[{'object':'comment','id':'c1','attachments':[{'category':'image','file':{"
                + signed("attached.png") + "}}]}]}");

        assertThat(links(content))
                .extracting(
                        FileLink::name,
                        link -> link.owner().object() + " " + link.owner().id())
                .containsExactly(
                        tuple("cover.jpg", "page p1"),
                        tuple("icon.svg", "page p1"),
                        tuple("one.pdf", "page p1"),
                        tuple("three.pdf", "page p1"),
                        tuple("image.png", "block b1"),
                        tuple("callout.png", "block b2"),
                        tuple("attached.png", "comment c1"));
    }

    @Test
    void the_stored_form_stands_in_the_place_of_the_address_and_all_else_stays() throws Exception {
        ObjectNode content = json("{'first':1,'file':{'z':true," + signed("a.png") + ",'added_later':[]},'last':2}");
        links(content).get(0).resolve(new StoredFile("ab12", 7));

        assertThat(content)
                .hasToString("{\"first\":1,\"file\":{\"z\":true,\"path\":\"https://host/a.png\",\"sha256\":\"ab12\","
                        + "\"size\":7,\"added_later\":[]},\"last\":2}");
        assertThat(links(content)).isEmpty();
    }

    @Test
    void a_file_that_could_not_be_fetched_keeps_its_path() throws Exception {
        ObjectNode content = json("{'file':{" + signed("a.png") + "}}");
        links(content).get(0).giveUp(Gap.Reason.FAILED, "The host answered 410.");

        assertThat(content).hasToString("{\"file\":{\"path\":\"https://host/a.png\"}}");
        assertThat(gaps)
                .containsExactly(new Gap("file", "https://host/a.png", Gap.Reason.FAILED, "The host answered 410."));
    }

    @Test
    void what_lies_elsewhere_is_left_as_it_is() throws Exception {
        String text = "{'type':'external','external':{'url':'https://elsewhere/a.png?size=2'},"
                + "'bookmark':{'url':'https://elsewhere/'},'expiry_time':'2026-06-27T17:59:54.000Z',"
                + "'avatar_url':'https://host/me.png'}";
        ObjectNode content = json(text);

        assertThat(links(content)).isEmpty();
        assertThat(content).isEqualTo(json(text));
    }

    @Test
    void the_path_is_the_address_without_its_query() throws Exception {
        FileLink link = link("Caf%C3%A9.png");

        assertThat(link.path()).isEqualTo("https://host/Caf%C3%A9.png");
        assertThat(link.name()).isEqualTo("Caf%C3%A9.png");
        assertThat(link.url()).contains("X-Amz-Signature");
    }

    @Test
    void a_file_is_fetched_and_stored_once_however_many_objects_name_it() throws Exception {
        FileLink first = link("a.PNG");
        assertThat(downloads.isMissing(run, first)).isTrue();
        downloads.store(run, first, 200, null, bytes("abc"));

        ObjectNode again = json("{'file':{" + signed("a.PNG") + "}}");
        assertThat(downloads.isMissing(run, links(again).get(0))).isFalse();

        String hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assertThat(again.at("/file/sha256").textValue()).isEqualTo(hash);
        assertThat(again.at("/file/size").longValue()).isEqualTo(3);
        assertThat(run.staging().tree().resolve("files/" + hash + ".png")).hasContent("abc");
        assertThat(run.ledger().counts().files()).isEqualTo(1);
        assertThat(run.ledger().counts().fileBytes()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README", "a.", "archive.this-is-no-extension", "a.%2F%2E", ".."})
    void what_only_looks_like_an_extension_is_none(String name) throws Exception {
        downloads.store(run, link(name), 200, null, bytes("abc"));

        assertThat(run.staging()
                        .tree()
                        .resolve("files/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"))
                .exists();
    }

    @Test
    void an_address_that_is_too_old_is_renewed_from_its_owner_once_and_then_refused() throws Exception {
        ObjectNode content =
                json("{'object':'block','id':'b1','type':'image','image':{'file':{" + signed("a.png") + "}}}");
        FileLink link = downloads.links(run, draft(content)).get(0);
        downloads.store(run, link, 403, null, bytes("<Error>expired</Error>"));
        assertThat(link.expired()).isTrue();
        assertThat(content.at("/image/file/url").textValue()).contains("Signature=ab");

        Reading renewal = downloads.renewal(link);
        assertThat(renewal.request()).hasToString("GET /v1/blocks/b1");
        renewal.accept(json("{'object':'block','id':'b1','type':'image','image':{'file':{"
                + signed("a.png").replace("Signature=ab", "Signature=fresh") + "}}}"));
        assertThat(link.url()).endsWith("Signature=fresh");

        assertThatThrownBy(() -> downloads.store(run, link, 403, null, bytes("<Error>expired</Error>")))
                .isInstanceOf(FileRefusedException.class)
                .hasMessage("The host of https://host/a.png answered 403");
    }

    @Test
    void a_renewal_takes_the_address_of_the_same_file_only() throws Exception {
        FileLink link = link("a.png");
        String before = link.url();

        assertThat(link.renewFrom(json("{'files':[{'file':{" + signed("b.png") + "}}]}")))
                .isFalse();
        assertThat(link.url()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void a_host_in_trouble_is_worth_another_try(int status) throws Exception {
        FileLink link = link("a.png");

        assertThatThrownBy(() -> downloads.store(run, link, status, null, bytes("")))
                .isInstanceOf(IOException.class)
                .hasMessage("The host of https://host/a.png answered " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 302, 400, 404, 410})
    void what_is_no_file_is_not_stored_as_one(int status) throws Exception {
        FileLink link = link("a.png");

        assertThatThrownBy(() -> downloads.store(run, link, status, null, bytes("Not found")))
                .isInstanceOf(FileRefusedException.class);
        assertThat(run.ledger().counts().files()).isZero();
    }

    @Test
    void a_download_that_breaks_off_is_worth_another_try_and_is_closed() throws Exception {
        var closed = new AtomicBoolean();
        FileLink link = link("a.png");
        var broken = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw new IOException("Connection reset");
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };

        assertThatThrownBy(() -> downloads.store(run, link, 200, null, broken))
                .isInstanceOf(IOException.class)
                .hasMessage("Connection reset");
        assertThat(closed).isTrue();
        assertThatCode(() -> downloads.store(run, link, 200, null, bytes("abc")))
                .doesNotThrowAnyException();
    }

    private FileLink link(String name) throws IOException {
        return links(json("{'file':{" + signed(name) + "}}")).get(0);
    }

    /** The files that Notion keeps. */
    private List<FileLink> links(ObjectNode content) {
        return FileLink.in(content, false, gaps::add);
    }

    private static Draft draft(ObjectNode content) {
        return new Draft(SampleAccount.page(1), Instant.EPOCH, content);
    }

    private static String signed(String name) {
        return SIGNED.formatted(name);
    }

    private static InputStream bytes(String content) {
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }

    /** JSON with single quotes, which Java can bear. */
    static ObjectNode json(String text) throws IOException {
        return (ObjectNode) Json.MAPPER.readTree(text.replace('\'', '"'));
    }
}
