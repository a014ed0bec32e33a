package dev.saddlebag.notion;

import java.time.Duration;
import java.util.Optional;
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
    private final Optional<LearnedLimit> learned;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicReference<Duration> skew = new AtomicReference<>();
    private final AtomicReference<AccessRefusedException> refusal = new AtomicReference<>();

    /** A connection whose budget stays as it is. */
    public NotionConnection(String token, RequestBudget budget) {
        this(token, budget, Optional.empty());
    }

    /** A connection that lowers its budget when Notion says that it is too large, and remembers that. */
    public NotionConnection(String token, RequestBudget budget, LearnedLimit learned) {
        this(token, budget, Optional.of(learned));
    }

    private NotionConnection(String token, RequestBudget budget, Optional<LearnedLimit> learned) {
        this.token = token;
        this.budget = budget;
        this.learned = learned;
    }

    /** How many requests have been sent through this connection. */
    public long requests() {
        return requests.get();
    }

    /** A request is sent that has nothing to do with the budget of the token. */
    public void count() {
        requests.incrementAndGet();
    }

    /** How many requests a minute the budget allows now; with {@code auto} it may have fallen during the run. */
    public int requestsPerMinute() {
        return budget.limit();
    }

    /**
     * By how much Notion's clock is ahead of this machine's, negative when it is behind, as the last answer showed it:
     * exact to a second and the time that an answer takes. Empty until an answer has said what time it is.
     */
    public Optional<Duration> clockSkew() {
        return Optional.ofNullable(skew.get());
    }

    void clockSkew(Duration ahead) {
        skew.set(ahead);
    }

    /** Notion says to send nothing for {@code time}. Only the limit of the connection itself says how large the budget is. */
    void slowDown(RateLimit limit, Duration time) {
        budget.pause(time);
        if (limit == RateLimit.CONNECTION) {
            learned.ifPresent(memory -> budget.fall().ifPresent(memory::remember));
        }
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
