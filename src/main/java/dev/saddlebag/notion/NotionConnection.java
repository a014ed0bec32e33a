package dev.saddlebag.notion;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What gives one run access to its workspace: the token, and the request budget that everything with this token shares.
 * Its text form holds no secret.
 */
public final class NotionConnection {
    /** The version of the API that Saddlebag speaks (facts/notion-api.md §1). */
    public static final String VERSION = "2026-03-11";

    private final String token;
    private final RequestBudget budget;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicReference<AccessRefusedException> refusal = new AtomicReference<>();

    public NotionConnection(String token, RequestBudget budget) {
        this.token = token;
        this.budget = budget;
    }

    /** How many requests have been sent through this connection. */
    public long requests() {
        return requests.get();
    }

    void pause(Duration time) {
        budget.pause(time);
    }

    void waitForTurn() throws InterruptedException {
        budget.acquire();
        requests.incrementAndGet();
    }

    /** Notion has refused the connection: whatever else is asked through it is refused at once, for the same reason. */
    void close(AccessRefusedException reason) {
        refusal.compareAndSet(null, reason);
    }

    void throwIfClosed() throws AccessRefusedException {
        AccessRefusedException reason = refusal.get();
        if (reason != null) {
            throw reason;
        }
    }

    /** The same text, should it repeat the token: some proxies show what they were sent. */
    String withoutToken(String text) {
        return token.isEmpty() ? text : text.replace(token, "(secret)");
    }

    /** The value of the header {@code Notion-Version}. */
    public String version() {
        return VERSION;
    }

    /** The value of the header {@code Authorization}. */
    public String authorization() {
        return "Bearer " + token;
    }

    @Override
    public String toString() {
        return "a Notion connection";
    }
}
