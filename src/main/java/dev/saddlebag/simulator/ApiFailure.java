package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A refusal, in Notion's words (facts/notion-api.md §4.2). */
final class ApiFailure extends RuntimeException {
    private final int status;
    private final String code;
    private final transient ObjectNode additionalData;
    private final int retryAfterSeconds;

    private ApiFailure(int status, String code, String message, ObjectNode additionalData, int retryAfterSeconds) {
        super(message);
        this.status = status;
        this.code = code;
        this.additionalData = additionalData;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    static ApiFailure of(int status, String code, String message) {
        return new ApiFailure(status, code, message, null, -1);
    }

    static ApiFailure invalid(String message) {
        return of(400, "validation_error", message);
    }

    static ApiFailure invalidCursor(String cursor) {
        return invalid("The start_cursor provided is invalid: " + cursor);
    }

    static ApiFailure invalidUrl() {
        return of(400, "invalid_request_url", "Invalid request URL.");
    }

    /** @param what Notion's word for the kind of object; it says "database" for a data source too */
    static ApiFailure notFound(String what, String id, Content content) {
        String message = what.equals("user")
                ? "Could not find user with ID: " + id + ". Make sure your integration has capabilities to read user"
                        + " information. With those capabilities, only members and guests in the integration's workspace"
                        + " are visible."
                : "Could not find " + what + " with ID: " + id + ". Make sure the relevant pages and databases are"
                        + " shared with your integration \"" + Users.BOT_NAME + "\".";
        ObjectNode additional = JsonNodeFactory.instance
                .objectNode()
                .put("integration_id", content.users().id(content.users().bot()));
        return new ApiFailure(404, "object_not_found", message, additional, -1);
    }

    static ApiFailure rateLimited(String reason, int retryAfterSeconds) {
        ObjectNode additional = JsonNodeFactory.instance
                .objectNode()
                .put("rate_limit_reason", reason)
                .put("retry_after", Integer.toString(retryAfterSeconds));
        String message = "You have been rate limited. Please try again in a few minutes.";
        return new ApiFailure(429, "rate_limited", message, additional, retryAfterSeconds);
    }

    static ApiFailure restricted() {
        return of(403, "restricted_resource", "Insufficient permissions for this endpoint.");
    }

    /** @param timeout whether the gateway gives up first, or Notion itself with advice (§2.5) */
    static ApiFailure tooHeavy(boolean timeout) {
        if (timeout) {
            return of(504, "gateway_timeout", "The request took too long.");
        }
        ObjectNode additional = JsonNodeFactory.instance
                .objectNode()
                .put("retry_guidance", "Reduce page_size or narrow the filter before you try again.");
        String message = "Notion is unavailable for this request. Please try again later.";
        return new ApiFailure(503, "service_unavailable", message, additional, -1);
    }

    static ApiFailure overloaded(int retryAfterSeconds) {
        return new ApiFailure(529, "service_overload", "The service is overloaded.", null, retryAfterSeconds);
    }

    int status() {
        return status;
    }

    /** Seconds for the {@code Retry-After} header, or -1 for none. */
    int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** The body, without its {@code request_id}. */
    ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("object", "error")
                .put("status", status)
                .put("code", code)
                .put("message", getMessage());
        if (additionalData != null) {
            body.set("additional_data", additionalData);
        }
        return body;
    }
}
