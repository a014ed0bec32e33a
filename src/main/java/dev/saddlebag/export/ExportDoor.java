package dev.saddlebag.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What happens at the one door to the hosts that export: an answer becomes JSON, or the class of its error (facts/notion-export.md §1.10). */
public final class ExportDoor {
    private static final String SAFE = " Nothing that was backed up before is touched.";
    private static final int SHOWN = 200;
    private static final int NOT_FOUND = 404;
    private static final int LONGEST_ANSWER = 64 << 20;
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);
    private static final Pattern BLOCK_PAGE = Pattern.compile(
            "attention required|you have been blocked|cloudflare|just a moment|cf-error|captcha",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LOGIN_PAGE =
            Pattern.compile("log ?in|sign ?in|<title>\\s*notion", Pattern.CASE_INSENSITIVE);

    /** A question is about to go out. */
    public void count(ExportJob job) {
        job.run().connection().count();
    }

    /**
     * Reads an answer.
     *
     * @param headers the headers of the answer; a newer {@code file_token} among them is taken up
     * @throws IOException when the answer breaks off, or when it is worth asking again
     * @throws ExportException when it is not
     */
    public ObjectNode read(ExportJob job, Question question, Map<String, Object> headers, InputStream body)
            throws IOException, ExportException {
        byte[] bytes = readAll(body);
        job.cookies().take(header(headers, "Set-Cookie"));
        time(headers).ifPresent(job::compareClocks);
        int status = Integer.parseInt(text(headers, "CamelHttpResponseCode"));
        JsonNode json = parse(bytes);
        if (status == 200 && json instanceof ObjectNode object) {
            return object;
        }
        String page = json.isMissingNode() ? new String(bytes, StandardCharsets.UTF_8) : "";
        String said = job.cookies().without(said(json, page));
        String what = question + " was answered with " + status + (said.isEmpty() ? "" : ": " + said);
        if (status == 200) {
            throw notJson(job, question, page, what);
        }
        if (status == 401) {
            throw new CookieRefusedException(
                    what + "." + SAFE + " " + job.provider().renewal());
        }
        if (status == 400 && said.toLowerCase(Locale.ROOT).contains("decrypt")) {
            throw new CookieRefusedException("The cookie token_v2 is not what Notion gave: " + what + "." + SAFE
                    + " Copy it from the browser as it stands there, with its percent signs, and run again");
        }
        if (status == 400 && isInvalid(json)) {
            throw new ExportRefusedException("Notion calls the question invalid, and would each time: " + what + "."
                    + SAFE + " " + job.provider().whenInvalid()
                    + ", and meanwhile export by hand for saddlebag ingest");
        }
        if (status == 403 && json.isMissingNode()) {
            throw blocked(question, what);
        }
        if (status == 429 || status == 408 || status >= 500) {
            throw new ExportBusyException(what, status, pause(headers));
        }
        if (json.isMissingNode()) {
            throw new IOException(what + " (this answer is not Notion's own)");
        }
        throw new ExportRefusedException("Notion refuses: " + what + "." + SAFE
                + " See whether the member may export in Notion itself; else "
                + (status == NOT_FOUND ? job.provider().whenNothingIsThere() : "look for a newer Saddlebag")
                + ", and meanwhile export by hand for saddlebag ingest");
    }

    private static IOException notJson(ExportJob job, Question question, String page, String what)
            throws ExportException {
        if (BLOCK_PAGE.matcher(page).find()) {
            throw blocked(question, what);
        }
        if (LOGIN_PAGE.matcher(page).find()) {
            throw new CookieRefusedException("Notion shows its login page instead of an answer: " + what + "." + SAFE
                    + " " + job.provider().renewal());
        }
        return new IOException(what + " (this answer is not Notion's own)");
    }

    /** The Admin API has codes, the web application names (facts/notion-export.md §1.9, §1.10). */
    private static boolean isInvalid(JsonNode json) {
        return json.path("code").asText().equals("validation_error")
                || json.path("name").asText().equals("ValidationError");
    }

    private static HostBlockedException blocked(Question question, String what) {
        return new HostBlockedException(
                "What stands before Notion (Cloudflare) does not let this machine through: " + what
                        + ". The credentials may well be good; it is the address of this machine that is not wanted at "
                        + question.address().getHost() + "." + SAFE
                        + " Wait some hours and run again, or run from another address; meanwhile an export that was fetched by hand"
                        + " can be given to saddlebag ingest");
    }

    private static byte[] readAll(InputStream body) throws IOException {
        if (body == null) {
            return new byte[0];
        }
        // Only a closed stream gives its connection back to the pool.
        try (body) {
            byte[] bytes = body.readNBytes(LONGEST_ANSWER + 1);
            if (bytes.length > LONGEST_ANSWER) {
                throw new IOException("An answer of more than " + LONGEST_ANSWER + " bytes is none");
            }
            return bytes;
        }
    }

    private static JsonNode parse(byte[] bytes) {
        try {
            JsonNode json = Json.MAPPER.readTree(bytes);
            return json.isObject() ? json : MissingNode.getInstance();
        } catch (IOException notJson) {
            return MissingNode.getInstance();
        }
    }

    private static String said(JsonNode json, String page) {
        String message = json.path("message").asText(json.path("debugMessage").asText(""));
        if (message.isEmpty() && !json.isMissingNode()) {
            message = json.path("name").asText("");
        }
        String text = message.isEmpty() ? page.replaceAll("(?s)<(style|script).*?</\\1>", " ") : message;
        String plain = text.replaceAll("(<[^>]*>|\\s)+", " ").strip();
        return plain.substring(0, Math.min(plain.length(), SHOWN)).replaceFirst("\\.$", "");
    }

    private static Optional<Instant> time(Map<String, Object> headers) {
        return date(text(headers, "Date"));
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip())));
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    /** {@code Retry-After} comes in seconds or as a date. */
    static Optional<Duration> pause(Map<String, Object> headers) {
        String text = text(headers, "Retry-After").strip();
        if (text.matches("\\d{1,9}")) {
            return Optional.of(shorter(Duration.ofSeconds(Long.parseLong(text))));
        }
        Optional<Instant> now = time(headers);
        return date(text)
                .map(until -> Duration.between(now.orElseGet(Instant::now), until))
                .filter(pause -> !pause.isNegative())
                .map(ExportDoor::shorter);
    }

    private static Duration shorter(Duration pause) {
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    static String text(Map<String, Object> headers, String name) {
        Object value = header(headers, name);
        return value == null ? "" : value.toString();
    }

    private static Object header(Map<String, Object> headers, String name) {
        // Camel's own map ignores case, a copy of it need not.
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }
}
