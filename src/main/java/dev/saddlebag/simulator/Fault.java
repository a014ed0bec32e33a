package dev.saddlebag.simulator;

/** What can go wrong with a request (facts/notion-api.md §4.2). */
public enum Fault {
    /** 429 with a {@code Retry-After} of one second. */
    RATE_LIMITED(429, "rate_limited"),
    INTERNAL_ERROR(500, "internal_server_error"),
    BAD_GATEWAY(502, "bad_gateway"),
    UNAVAILABLE(503, "service_unavailable"),
    GATEWAY_TIMEOUT(504, "gateway_timeout"),
    /** 529 with a {@code Retry-After} of one second. */
    OVERLOADED(529, "service_overload"),
    /** A page in HTML from a proxy in between, with status 502 and without a request id of Notion. */
    HTML_PAGE(502, ""),
    /** The connection is reset before anything was answered. */
    RESET(0, ""),
    /** The connection is reset in the middle of the body. */
    RESET_IN_BODY(200, ""),
    /** The body ends before the length that was announced. */
    SHORT_BODY(200, ""),
    /** A chunked body ends without its last chunk. */
    CUT_CHUNKS(200, ""),
    /** The answer is right and late. */
    SLOW(200, ""),
    /** 400 because the cursor is no longer good; only for requests that have one. */
    INVALID_CURSOR(400, "validation_error");

    private final int status;
    private final String code;

    Fault(int status, String code) {
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** Whether the answer itself is an error of the API. */
    boolean refuses() {
        return !code.isEmpty();
    }
}
