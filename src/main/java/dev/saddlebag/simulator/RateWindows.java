package dev.saddlebag.simulator;

import java.time.Duration;
import java.time.Instant;

/** The request budget: so many requests in each fixed window (facts/notion-api.md §4.1). */
final class RateWindows {
    private final Behaviour behaviour;
    private long window = Long.MIN_VALUE;
    private int used;

    RateWindows(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    /** Takes one request from the budget, or refuses it with the seconds that are left of the window. */
    synchronized void take() {
        if (behaviour.requestsPerWindow() == 0) {
            return;
        }
        Instant now = behaviour.clock().instant();
        long length = behaviour.window().toMillis();
        long since = Duration.between(Instant.EPOCH.plus(behaviour.windowOffset()), now)
                .toMillis();
        long current = Math.floorDiv(since, length);
        if (current != window) {
            window = current;
            used = 0;
        }
        if (used == behaviour.requestsPerWindow()) {
            long left = length - Math.floorMod(since, length);
            throw ApiFailure.rateLimited("public_api_request_rate_limit", (int) Math.max(1, (left + 999) / 1000));
        }
        used++;
    }
}
