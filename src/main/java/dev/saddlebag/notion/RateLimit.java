package dev.saddlebag.notion;

import java.util.Arrays;

/** Whose limit is reached when Notion says to wait (facts/notion-api.md §4.1). */
enum RateLimit {
    CONNECTION("public_api_request_rate_limit", "the limit of this connection"),
    WORKSPACE("public_api_space_request_rate_limit", "the limit that all connections of the Notion workspace share"),
    ENDPOINT("public_api_endpoint_rate_limit", "the limit of this kind of request"),
    OVERLOAD("", "Notion is overloaded"),
    UNTOLD("", "Notion does not say whose limit it is");

    private static final int OVERLOADED = 529;

    private final String reason;
    private final String words;

    RateLimit(String reason, String words) {
        this.reason = reason;
        this.words = words;
    }

    /** @param reason Notion's word for it, empty when it gives none */
    static RateLimit of(int status, String reason) {
        if (status == OVERLOADED) {
            return OVERLOAD;
        }
        return Arrays.stream(values())
                .filter(limit -> !limit.reason.isEmpty() && limit.reason.equals(reason))
                .findFirst()
                .orElse(UNTOLD);
    }

    String words() {
        return words;
    }
}
