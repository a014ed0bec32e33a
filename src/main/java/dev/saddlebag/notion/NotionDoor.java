package dev.saddlebag.notion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Set;

/**
 * What happens at the one door to the REST API, before a request goes out and when its answer comes in: the request waits
 * for its turn; a good answer becomes JSON, any other the class of its error (facts/notion-api.md §4.2).
 */
public final class NotionDoor {
    private static final Set<Integer> WORTH_REPEATING = Set.of(409, 500, 502, 503, 504);
    private static final Duration UNTOLD = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int SHOWN_OF_A_FOREIGN_ANSWER = 200;

    private final Clock clock;

    public NotionDoor() {
        this(Clock.systemUTC());
    }

    NotionDoor(Clock clock) {
        this.clock = clock;
    }

    /**
     * Waits until the budget of the connection allows one more request, and counts it.
     *
     * @throws AccessRefusedException when Notion has refused this connection before: it is not asked again
     */
    public void waitForTurn(NotionConnection connection) throws InterruptedException, AccessRefusedException {
        connection.throwIfClosed();
        connection.waitForTurn();
    }

    /**
     * Compares Notion's clock with the one of this machine, for {@link NotionConnection#clockSkew()}.
     *
     * @param date the header of that name, or null; one that is no date is passed over
     */
    public void compareClocks(NotionConnection connection, String date) {
        if (date == null) {
            return;
        }
        try {
            Instant there = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.strip()));
            connection.clockSkew(Duration.between(clock.instant(), there));
        } catch (DateTimeException noDate) {
            // What a proxy made of it is no reason to refuse the answer.
        }
    }

    /**
     * Reads the answer to {@code request}.
     *
     * @param retryAfter the header of that name in seconds, or null
     * @throws IOException when the answer breaks off, or is no JSON although it says that all is well, or is a refusal
     *     that does not come from Notion
     * @throws NotionException when Notion refuses; when it says to slow down, everything that uses the connection pauses
     */
    public ObjectNode read(
            NotionRequest request, NotionConnection connection, int status, String retryAfter, InputStream body)
            throws IOException, NotionException {
        byte[] bytes = readAll(body);
        if (status == 200) {
            return parseObject(request, bytes);
        }
        JsonNode error = parseError(bytes);
        String message = connection.withoutToken(describe(request, status, error, bytes));
        if (status == 401 || blocked(error)) {
            AccessRefusedException refused = new AccessRefusedException(message, status);
            connection.close(refused);
            throw refused;
        }
        if (status == 429 || status == 529) {
            RateLimit limit = RateLimit.of(status, limitReason(error));
            connection.slowDown(limit, pauseFor(retryAfter, error));
            throw new RateLimitedException(message + " (" + limit.words() + ")", status);
        }
        if (WORTH_REPEATING.contains(status)) {
            throw new NotionBusyException(message, status);
        }
        if (!error.path("code").isTextual()) {
            // What a proxy will not let through may well be there; it must not pass for what Notion withholds.
            throw new IOException(message + " (this answer is not Notion's own)");
        }
        if (status == 404) {
            throw new ObjectNotVisibleException(message, status);
        }
        if (status == 400 && message.contains("start_cursor")) {
            throw new CursorLostException(message, status);
        }
        throw new RequestRejectedException(message, status);
    }

    /** Only a closed stream gives its connection back to the pool. */
    private static byte[] readAll(InputStream body) throws IOException {
        if (body == null) {
            return new byte[0];
        }
        try (body) {
            return body.readAllBytes();
        }
    }

    private static ObjectNode parseObject(NotionRequest request, byte[] bytes) throws IOException {
        try {
            if (Json.MAPPER.readTree(bytes) instanceof ObjectNode object) {
                object.remove("request_id");
                return object;
            }
        } catch (JsonProcessingException broken) {
            throw new IOException(
                    "The answer to " + request + " is no whole JSON: " + broken.getOriginalMessage(), broken);
        }
        throw new IOException("The answer to " + request + " is no JSON object");
    }

    private static JsonNode parseError(byte[] bytes) {
        try {
            return Json.MAPPER.readTree(bytes);
        } catch (IOException notJson) {
            // A proxy between here and Notion answers in HTML: the status alone has to do.
            return MissingNode.getInstance();
        }
    }

    private static boolean blocked(JsonNode error) {
        return limitReason(error).equals("public_api_request_blocked");
    }

    private static String limitReason(JsonNode error) {
        return error.at("/additional_data/rate_limit_reason").asText("");
    }

    private static Duration pauseFor(String retryAfter, JsonNode error) {
        String seconds = retryAfter != null
                ? retryAfter
                : error.at("/additional_data/retry_after").asText("");
        try {
            double millis = Double.parseDouble(seconds) * 1000;
            return millis >= 0 && millis <= LONGEST.toMillis() ? Duration.ofMillis((long) millis) : UNTOLD;
        } catch (NumberFormatException noNumber) {
            return UNTOLD;
        }
    }

    private static String describe(NotionRequest request, int status, JsonNode error, byte[] bytes) {
        String said = error.path("message").asText("");
        if (said.isEmpty()) {
            String text = new String(bytes, StandardCharsets.UTF_8)
                    .replaceAll("(<[^>]*>|\\s)+", " ")
                    .strip();
            said = text.substring(0, Math.min(text.length(), SHOWN_OF_A_FOREIGN_ANSWER));
        }
        String code = error.path("code").asText("");
        return "Notion answered " + status + (code.isEmpty() ? "" : " " + code) + " to " + request.method() + " "
                + request.path() + (said.isEmpty() ? "" : ": " + said);
    }
}
