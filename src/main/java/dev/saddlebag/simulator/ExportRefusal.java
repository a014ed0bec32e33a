package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** How a host says no to a request of a native export (facts/notion-export.md §1.10). */
public enum ExportRefusal {
    /** 401 in JSON: the session is over. */
    UNAUTHORIZED,
    /** 403 with a page in HTML: the address is blocked, whatever the cookie. */
    BOT_BLOCK,
    /** 429 with a {@code Retry-After} of one second. */
    RATE_LIMITED_SECONDS,
    /** 429 with a {@code Retry-After} that is a date, one second after now. */
    RATE_LIMITED_DATE,
    BAD_GATEWAY,
    GATEWAY_TIMEOUT,
    ORIGIN_ERROR,
    /** 520, and yet the request was carried out. */
    DONE_AND_ORIGIN_ERROR,
    /** 200 with a page in HTML. */
    HTML_PAGE,
    /** The connection is reset before anything was answered. */
    RESET;

    boolean carriesOut() {
        return this == DONE_AND_ORIGIN_ERROR;
    }

    /** The answer, or nothing when the connection is reset. */
    Optional<HttpReply> reply(Instant now) {
        return switch (this) {
            case UNAUTHORIZED -> Optional.of(unauthorized());
            case BOT_BLOCK ->
                Optional.of(page(
                                403,
                                "Attention Required! | Cloudflare",
                                "<h1>Sorry, you have been blocked</h1><p>You are unable to access notion.so</p>")
                        .with("cf-ray", "8c0ffee0deadbeef-FRA"));
            case RATE_LIMITED_SECONDS -> Optional.of(limited().with("Retry-After", "1"));
            case RATE_LIMITED_DATE -> Optional.of(limited().with("Retry-After", Times.header(now.plusSeconds(2))));
            case BAD_GATEWAY -> Optional.of(page(502, "502 Bad Gateway", ""));
            case GATEWAY_TIMEOUT -> Optional.of(page(504, "504 Gateway Time-out", ""));
            case ORIGIN_ERROR, DONE_AND_ORIGIN_ERROR ->
                Optional.of(page(520, "notion.so | 520: Web server is returning an unknown error", ""));
            case HTML_PAGE -> Optional.of(page(200, "Notion", "<div id=\"notion-app\">Log in</div>"));
            case RESET -> Optional.empty();
        };
    }

    static HttpReply unauthorized() {
        ObjectNode body = error("UnauthorizedError", "Token was invalid or expired.");
        body.putObject("clientData").put("type", "login_try_again");
        return json(401, body);
    }

    static HttpReply json(int status, ObjectNode body) {
        return HttpReply.of(
                status, "application/json; charset=utf-8", body.toString().getBytes(StandardCharsets.UTF_8));
    }

    static ObjectNode error(String name, String message) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("errorId", UUID.randomUUID().toString())
                .put("name", name)
                .put("message", message);
    }

    private static HttpReply limited() {
        return json(429, error("RateLimitedError", "Too many requests. Please try again later."));
    }

    static HttpReply page(int status, String title, String body) {
        String html = "<!DOCTYPE html><html><head><title>" + title + "</title></head><body>" + body + "</body></html>";
        return HttpReply.of(status, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }
}
