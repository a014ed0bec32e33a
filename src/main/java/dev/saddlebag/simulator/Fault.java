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
    INVALID_CURSOR(400, "validation_error"),
    /**
     * 403 from the edge in front of Notion: a page in HTML with a {@code cf-ray} header and without a request id of
     * Notion. It is no passing trouble, so no mix has it.
     */
    EDGE_BLOCK(403, "");

    private final int status;
    private final String code;

    Fault(int status, String code) {
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    /** Whether the answer itself is an error of the API. */
    boolean refuses() {
        return !code.isEmpty();
    }

    /** Whether an answer begins and does not end. */
    boolean cutsOff() {
        return this == RESET_IN_BODY || this == SHORT_BODY || this == CUT_CHUNKS;
    }

    /** Whether something in between answers, which is not Notion. */
    boolean inBetween() {
        return this == HTML_PAGE || this == EDGE_BLOCK;
    }

    /** The error of the API that the answer is. */
    ApiFailure refusal() {
        return switch (this) {
            case RATE_LIMITED -> ApiFailure.rateLimited("public_api_request_rate_limit", 1);
            case OVERLOADED -> ApiFailure.overloaded(1);
            case INVALID_CURSOR -> ApiFailure.invalidCursor("(injected)");
            default -> ApiFailure.of(status, code, "Something went wrong (" + code.replace('_', ' ') + ").");
        };
    }
}
