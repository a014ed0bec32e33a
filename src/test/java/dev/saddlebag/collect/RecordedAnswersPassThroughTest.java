package dev.saddlebag.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.configuration.Comments;
import dev.saddlebag.configuration.ExternalMedia;
import dev.saddlebag.notion.Json;
import dev.saddlebag.notion.NotionDoor;
import dev.saddlebag.notion.NotionRequest;
import dev.saddlebag.notion.Vocabulary;
import dev.saddlebag.snapshot.Gap;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.SampleRun;
import dev.saddlebag.snapshot.State;
import dev.saddlebag.vault.Hashes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real answers of Notion go in, and what comes to lie in the snapshot is compared with them, letter by letter. */
class RecordedAnswersPassThroughTest {
    private static final Path RECORDINGS = Path.of("..", "shared", "fixtures", "notion-api-recordings");
    private static final byte[] FILE = "the bytes of a file".getBytes(StandardCharsets.UTF_8);

    private static final ObjectRef OURS = new ObjectRef(Kind.PAGE, new UUID(0, 1).toString());

    @TempDir
    Path home;

    private final Map<String, Integer> checked = new TreeMap<>();
    private final Set<String> unknownInRecordings = new TreeSet<>();
    private final Set<String> unknownReported = new TreeSet<>();
    private int runs;

    @Test
    void nothing_of_a_real_answer_is_lost_on_its_way_into_the_snapshot() throws Exception {
        assumeTrue(Files.isDirectory(RECORDINGS), "There are no recordings in " + RECORDINGS + ".");
        for (JsonNode exchange : readings()) {
            ObjectNode recorded = (ObjectNode) exchange.get("response");
            pass(answer(recorded), recorded);
        }

        assertThat(checked.keySet())
                .containsExactlyInAnyOrder(
                        "block", "bot", "comment", "data_source", "database", "file", "page", "property", "user");
        assertThat(checked)
                .allSatisfy((kind, count) -> assertThat(count).as(kind).isPositive());
        assertThat(checked.get("block")).isGreaterThanOrEqualTo(100);
        assertThat(checked.get("page")).isGreaterThan(300);
        assertThat(checked.get("property")).isGreaterThan(1000);
        assertThat(unknownReported).isEqualTo(unknownInRecordings).isEmpty();
    }

    /** Every answer that a backup could get: no object that was just created or changed. */
    private static List<JsonNode> readings() throws IOException {
        List<JsonNode> readings = new ArrayList<>();
        try (Stream<Path> files = Files.list(RECORDINGS)) {
            for (Path file : files.sorted().toList()) {
                for (JsonNode exchange : Json.MAPPER.readTree(Files.readAllBytes(file))) {
                    String call = exchange.path("method").asText() + " "
                            + exchange.path("uri").asText();
                    if (exchange.path("status").asInt() == 200
                            && call.matches("GET .*|POST /v1/search|POST /v1/data_sources/[^/]*/query.*")) {
                        readings.add(exchange);
                    }
                }
            }
        }
        return readings;
    }

    /** Through the one door. */
    private ObjectNode answer(ObjectNode recorded) throws Exception {
        Run run = run();
        byte[] bytes = Json.MAPPER.writeValueAsBytes(recorded);
        ObjectNode answer = new NotionDoor()
                .read(NotionRequest.get("/v1/x"), run.connection(), 200, null, new ByteArrayInputStream(bytes));
        assertThat(answer).hasToString(recorded.deepCopy().without("request_id").toString());
        return answer;
    }

    private void pass(ObjectNode answer, ObjectNode recorded) throws Exception {
        switch (recorded.path("object").asText()) {
            case "block" -> passBlocks(listOf(answer), listOf(recorded));
            case "page" -> passObject(Kind.PAGE, "/v1/pages/", answer, recorded);
            case "database" -> passObject(Kind.DATABASE, "/v1/databases/", answer, recorded);
            case "data_source" -> passObject(Kind.DATA_SOURCE, "/v1/data_sources/", answer, recorded);
            case "user" -> passBot(answer, recorded);
            case "list" -> {
                switch (recorded.path("type").asText()) {
                    case "block" -> passBlocks(answer, recorded);
                    case "page_or_data_source" -> passListing(answer, recorded);
                    case "user" -> passUsers(answer, recorded);
                    case "comment" -> passComments(answer, recorded);
                    default -> throw new AssertionError("No way through for a list of " + recorded.path("type"));
                }
            }
            default -> throw new AssertionError("No way through for " + recorded.path("object"));
        }
    }

    /** The blocks are the content of a page of our own. */
    private void passBlocks(ObjectNode answer, ObjectNode recorded) throws Exception {
        var notion = withPageOfOurOwn().answer("GET /v1/blocks/" + OURS.id() + "/children?page_size=100", answer);
        ObjectNode stored = collect(run(), OURS, notion).orElseThrow();
        Iterator<JsonNode> blocks = stored.path("blocks").elements();
        for (JsonNode block : recorded.path("results")) {
            ObjectNode expected = asStored(block);
            if (Vocabulary.descends(block)) {
                expected.putArray("children");
            }
            assertThat(blocks.next()).hasToString(expected.toString());
            checked.merge("block", 1, Integer::sum);
            if (!Vocabulary.knowsBlock(block.path("type").asText())) {
                unknownInRecordings.add("block " + block.path("type").asText());
            }
        }
        assertThat(blocks).isExhausted();
    }

    private void passObject(Kind kind, String path, ObjectNode answer, ObjectNode recorded) throws Exception {
        var ref = new ObjectRef(kind, recorded.path("id").asText());
        Run run = run();
        Optional<ObjectNode> stored = collect(run, ref, new TinyNotion().answer("GET " + path + ref.id(), answer));
        if (recorded.path("in_trash").asBoolean()) {
            assertThat(stored).isEmpty();
            assertThat(run.ledger().count(kind, State.TRASHED)).isEqualTo(1);
        } else {
            compare(kind, stored.orElseThrow(), recorded);
        }
    }

    private void passListing(ObjectNode answer, ObjectNode recorded) throws Exception {
        Run run = run();
        var frontier = new Frontier(8, run.ledger());
        new Listings(run, frontier).takeObjects(answer);
        for (JsonNode object : recorded.path("results")) {
            Kind kind = object.path("object").asText().equals("page") ? Kind.PAGE : Kind.DATA_SOURCE;
            var ref = new ObjectRef(kind, object.path("id").asText());
            var notion = new TinyNotion();
            Optional<ObjectNode> stored = collect(run, ref, notion);
            if (object.path("in_trash").asBoolean()) {
                assertThat(stored).isEmpty();
                assertThat(run.ledger().count(kind, State.TRASHED)).isPositive();
            } else {
                compare(kind, stored.orElseThrow(), object);
            }
            assertThat(notion.asked()).doesNotContain("GET /v1/" + kind.word() + "s/" + ref.id());
        }
    }

    private void passBot(ObjectNode answer, ObjectNode recorded) throws Exception {
        Run run = run();
        new TinyNotion().answer("GET /v1/users/me", answer).read(new WorkspaceReadings(Clock.systemUTC()).bot(run));
        assertThat(about(run).path("bot")).hasToString(asStored(recorded).toString());
        checked.merge("bot", 1, Integer::sum);
    }

    /** Whoever made the recordings fit for publication gave several users one id. */
    private void passUsers(ObjectNode answer, ObjectNode recorded) throws Exception {
        int number = 0;
        for (JsonNode user : answer.path("results")) {
            ((ObjectNode) user).put("id", new UUID(2, number++).toString());
        }
        Run run = run();
        new TinyNotion()
                .answer("GET /v1/users?page_size=100", answer)
                .read(first(run).get(0));
        assertThat(about(run).path("users")).hasToString(answer.path("results").toString());
        checked.merge("user", recorded.path("results").size(), Integer::sum);
    }

    /** The comments are those of a page of our own. */
    private void passComments(ObjectNode answer, ObjectNode recorded) throws Exception {
        runs++;
        Run run = SampleRun.in(
                home.resolve("run" + runs), SampleRun.collecting(Comments.PAGE, false, ExternalMedia.NONE));
        var notion = withPageOfOurOwn().answer("GET /v1/comments?block_id=" + OURS.id() + "&page_size=100", answer);
        ObjectNode stored = collect(run, OURS, notion).orElseThrow();
        assertThat(stored.path("comments"))
                .hasToString(withoutSignatures(recorded.path("results")).toString());
        checked.merge("comment", recorded.path("results").size(), Integer::sum);
    }

    private static TinyNotion withPageOfOurOwn() {
        ObjectNode content =
                Json.MAPPER.createObjectNode().put("object", "page").put("id", OURS.id());
        content.putObject("properties");
        return new TinyNotion().answer("GET /v1/pages/" + OURS.id(), content);
    }

    private static List<Reading> first(Run run) throws Exception {
        return new WorkspaceReadings(Clock.systemUTC()).first(run, new Frontier(8, run.ledger()));
    }

    private static ObjectNode about(Run run) throws Exception {
        new WorkspaceReadings(Clock.systemUTC()).finish(run, new Frontier(8, run.ledger()));
        return (ObjectNode)
                Json.MAPPER.readTree(Files.readAllBytes(run.staging().tree().resolve("workspace.json")));
    }

    private void compare(Kind kind, ObjectNode stored, JsonNode recorded) {
        assertThat(stored.path(kind.word())).hasToString(asStored(recorded).toString());
        checked.merge(kind.word(), 1, Integer::sum);
        for (JsonNode property : recorded.path("properties")) {
            checked.merge("property", 1, Integer::sum);
            if (!Vocabulary.knowsProperty(property.path("type").asText())) {
                unknownInRecordings.add("property " + property.path("type").asText());
            }
        }
    }

    /** The steps of the route collect-object; values that were cut stay as they are, for want of a recording. */
    private Optional<ObjectNode> collect(Run run, ObjectRef ref, TinyNotion notion) throws Exception {
        var objects = new Objects(TinyNotion.CLOCK);
        var downloads = new FileDownloads();
        var frontier = new Frontier(8, run.ledger());
        Draft draft = objects.open(run, frontier, ref);
        while (draft.unfinished()) {
            Reading reading = draft.nextReading();
            if (reading.request().path().contains("/properties/")) {
                reading.giveUp(Gap.Reason.FAILED, "There is no recording of it.");
            }
            notion.read(reading);
        }
        objects.putInOrder(draft);
        for (FileLink link : downloads.links(run, draft)) {
            if (downloads.isMissing(run, link)) {
                downloads.store(run, link, 200, null, new ByteArrayInputStream(FILE));
            }
            checked.merge("file", 1, Integer::sum);
        }
        objects.store(run, frontier, draft);
        unknownReported.addAll(run.ledger().unknown().keySet());
        return run.ledger().of(ref).orElseThrow().state() == State.COLLECTED
                ? Optional.of(TinyNotion.stored(run, ref))
                : Optional.empty();
    }

    /** What of a recorded object is allowed to change: the addresses of files, and nothing else. */
    private static ObjectNode asStored(JsonNode recorded) {
        return (ObjectNode) withoutSignatures(recorded);
    }

    private static JsonNode withoutSignatures(JsonNode node) {
        if (node.isArray()) {
            var array = Json.MAPPER.createArrayNode();
            node.forEach(entry -> array.add(withoutSignatures(entry)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        boolean signed = node.has("url") && node.has("expiry_time");
        ObjectNode object = Json.MAPPER.createObjectNode();
        node.properties().forEach(field -> {
            if (field.getKey().equals("request_id") || (signed && field.getKey().equals("expiry_time"))) {
                return;
            }
            if (signed && field.getKey().equals("url")) {
                object.put("path", field.getValue().asText().replaceFirst("\\?.*", ""))
                        .put("sha256", Hashes.of(FILE))
                        .put("size", FILE.length);
            } else if (field.getKey().equals("custom_emoji")) {
                object.set("custom_emoji", emojiAsStored(field.getValue()));
            } else {
                object.set(field.getKey(), withoutSignatures(field.getValue()));
            }
        });
        return object;
    }

    /** Its picture has a public address, which stays whole. */
    private static ObjectNode emojiAsStored(JsonNode emoji) {
        ObjectNode stored = Json.MAPPER.createObjectNode();
        emoji.properties().forEach(field -> {
            if (field.getKey().equals("url")) {
                stored.set("path", field.getValue());
                stored.put("sha256", Hashes.of(FILE)).put("size", FILE.length);
            } else {
                stored.set(field.getKey(), field.getValue());
            }
        });
        return stored;
    }

    private static ObjectNode listOf(ObjectNode block) {
        ObjectNode list = TinyNotion.emptyList();
        list.withArray("/results").add(block);
        return list;
    }

    private Run run() throws IOException {
        runs++;
        return SampleRun.in(home.resolve("run" + runs));
    }
}
