package dev.saddlebag.simulator;

import java.time.Clock;
import java.time.Duration;

/**
 * How the simulated Notion behaves apart from what it holds. Immutable; begin with {@link #standard()} and change what
 * matters.
 *
 * @param token the only token that is accepted
 * @param clock tells the time for expiry and rate windows
 * @param fileExpiry how long a signed URL works, in whole seconds; Notion gives an hour (facts/notion-api.md §2.9)
 * @param requestsPerWindow requests that one window allows; 0 for no limit
 * @param window length of the fixed rate window; Notion's is 60 s (§4.1)
 * @param windowOffset by how much the windows' begin is shifted against multiples of their length since 1970
 * @param queryCap rows that one query of a data source gives at most; Notion's cap is 10,000 (§2.5)
 * @param latency how long every request takes at least
 * @param searchLag search does not know pages that were made in this time before now (§2.3)
 * @param searchMissPercent how many of 100 pages below others search never finds, besides the few it always misses
 * @param syncedCopiesListed whether the children of a synced copy are listed; otherwise 404, as users have seen (§2.2)
 * @param mentionsCut whether texts in page objects end before their 26th mention (§2.4; recordings disagree)
 * @param shortPages whether lists give fewer entries than asked for although there are more (§2.1)
 */
public record Behaviour(
        String token,
        Clock clock,
        Duration fileExpiry,
        int requestsPerWindow,
        Duration window,
        Duration windowOffset,
        int queryCap,
        Duration latency,
        Duration searchLag,
        int searchMissPercent,
        boolean syncedCopiesListed,
        boolean mentionsCut,
        boolean shortPages) {

    /** No rate limit, no latency, everything else as Notion does it. */
    public static Behaviour standard() {
        return new Behaviour(
                "ntn_sample_token",
                Clock.systemUTC(),
                Duration.ofHours(1),
                0,
                Duration.ofSeconds(60),
                Duration.ZERO,
                10_000,
                Duration.ZERO,
                Duration.ZERO,
                0,
                false,
                false,
                false);
    }

    public Behaviour withToken(String newToken) {
        return new Behaviour(
                newToken,
                clock,
                fileExpiry,
                requestsPerWindow,
                window,
                windowOffset,
                queryCap,
                latency,
                searchLag,
                searchMissPercent,
                syncedCopiesListed,
                mentionsCut,
                shortPages);
    }

    public Behaviour withClock(Clock newClock) {
        return new Behaviour(
                token,
                newClock,
                fileExpiry,
                requestsPerWindow,
                window,
                windowOffset,
                queryCap,
                latency,
                searchLag,
                searchMissPercent,
                syncedCopiesListed,
                mentionsCut,
                shortPages);
    }

    public Behaviour withFileExpiry(Duration expiry) {
        return new Behaviour(
                token,
                clock,
                expiry,
                requestsPerWindow,
                window,
                windowOffset,
                queryCap,
                latency,
                searchLag,
                searchMissPercent,
                syncedCopiesListed,
                mentionsCut,
                shortPages);
    }

    /** At most {@code requests} in each window of {@code length}, windows beginning at {@code offset}. */
    public Behaviour withRateLimit(int requests, Duration length, Duration offset) {
        return new Behaviour(
                token,
                clock,
                fileExpiry,
                requests,
                length,
                offset,
                queryCap,
                latency,
                searchLag,
                searchMissPercent,
                syncedCopiesListed,
                mentionsCut,
                shortPages);
    }

    public Behaviour withQueryCap(int rows) {
        return new Behaviour(
                token,
                clock,
                fileExpiry,
                requestsPerWindow,
                window,
                windowOffset,
                rows,
                latency,
                searchLag,
                searchMissPercent,
                syncedCopiesListed,
                mentionsCut,
                shortPages);
    }

    public Behaviour withLatency(Duration time) {
        return new Behaviour(
                token,
                clock,
                fileExpiry,
                requestsPerWindow,
                window,
                windowOffset,
                queryCap,
                time,
                searchLag,
                searchMissPercent,
                syncedCopiesListed,
                mentionsCut,
                shortPages);
    }

    public Behaviour withIncompleteSearch(Duration lag, int missPercent) {
        return new Behaviour(
                token,
                clock,
                fileExpiry,
                requestsPerWindow,
                window,
                windowOffset,
                queryCap,
                latency,
                lag,
                missPercent,
                syncedCopiesListed,
                mentionsCut,
                shortPages);
    }

    public Behaviour withSyncedCopiesListed(boolean listed) {
        return new Behaviour(
                token,
                clock,
                fileExpiry,
                requestsPerWindow,
                window,
                windowOffset,
                queryCap,
                latency,
                searchLag,
                searchMissPercent,
                listed,
                mentionsCut,
                shortPages);
    }

    public Behaviour withMentionsCut(boolean cut) {
        return new Behaviour(
                token,
                clock,
                fileExpiry,
                requestsPerWindow,
                window,
                windowOffset,
                queryCap,
                latency,
                searchLag,
                searchMissPercent,
                syncedCopiesListed,
                cut,
                shortPages);
    }

    public Behaviour withShortPages(boolean shorter) {
        return new Behaviour(
                token,
                clock,
                fileExpiry,
                requestsPerWindow,
                window,
                windowOffset,
                queryCap,
                latency,
                searchLag,
                searchMissPercent,
                syncedCopiesListed,
                mentionsCut,
                shorter);
    }
}
