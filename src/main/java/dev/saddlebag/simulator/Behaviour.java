package dev.saddlebag.simulator;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How the simulated Notion behaves apart from what it holds. Immutable; begin with {@link #standard()} and change what
 * matters.
 *
 * @param token the only token that is accepted
 * @param clock tells the time for expiry, rate windows and the {@code Date} of answers
 * @param fileExpiry how long a signed URL works, in whole seconds; Notion gives an hour (facts/notion-api.md §2.9)
 * @param requestsPerWindow requests that one window allows; 0 for no limit
 * @param window length of the fixed rate window; Notion's is 60 s (§4.1)
 * @param windowOffset by how much the windows' begin is shifted against multiples of their length since 1970
 * @param queryCap rows that one query of a data source gives at most; Notion's cap is 10,000 (§2.5)
 * @param searchCap results that one search gives at most; 0 for no cap (§2.3 reports one)
 * @param heavyQueryRows a query that asks for a page of more rows than this is answered 504 and 503 in turn; 0 for
 *     never (§2.5)
 * @param latency how long every request takes at least
 * @param searchLag search does not know pages that were made in this time before now (§2.3)
 * @param searchMissPercent how many of 100 pages below others search never finds, besides the few it always misses
 * @param readComments whether the connection may read comments; otherwise 403 (§2.0)
 * @param readUsers whether the connection may read user information; otherwise 403, except for itself (§2.0)
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
        int searchCap,
        int heavyQueryRows,
        Duration latency,
        Duration searchLag,
        int searchMissPercent,
        boolean readComments,
        boolean readUsers,
        boolean syncedCopiesListed,
        boolean mentionsCut,
        boolean shortPages) {

    /** No rate limit, no latency, everything else as Notion does it. */
    public static Behaviour standard() {
        return new Builder().build();
    }

    public Behaviour withToken(String newToken) {
        return with(builder -> builder.token = newToken);
    }

    public Behaviour withClock(Clock newClock) {
        return with(builder -> builder.clock = newClock);
    }

    public Behaviour withFileExpiry(Duration expiry) {
        return with(builder -> builder.fileExpiry = expiry);
    }

    /** At most {@code requests} in each window of {@code length}, windows beginning at {@code offset}. */
    public Behaviour withRateLimit(int requests, Duration length, Duration offset) {
        return with(builder -> {
            builder.requestsPerWindow = requests;
            builder.window = length;
            builder.windowOffset = offset;
        });
    }

    public Behaviour withQueryCap(int rows) {
        return with(builder -> builder.queryCap = rows);
    }

    public Behaviour withSearchCap(int results) {
        return with(builder -> builder.searchCap = results);
    }

    /** Queries are too heavy for Notion unless they ask for pages of at most {@code rows}. */
    public Behaviour withHeavyQueryRows(int rows) {
        return with(builder -> builder.heavyQueryRows = rows);
    }

    public Behaviour withLatency(Duration time) {
        return with(builder -> builder.latency = time);
    }

    public Behaviour withIncompleteSearch(Duration lag, int missPercent) {
        return with(builder -> {
            builder.searchLag = lag;
            builder.searchMissPercent = missPercent;
        });
    }

    /** What the connection may read besides content. */
    public Behaviour withCapabilities(boolean comments, boolean users) {
        return with(builder -> {
            builder.readComments = comments;
            builder.readUsers = users;
        });
    }

    public Behaviour withSyncedCopiesListed(boolean listed) {
        return with(builder -> builder.syncedCopiesListed = listed);
    }

    public Behaviour withMentionsCut(boolean cut) {
        return with(builder -> builder.mentionsCut = cut);
    }

    public Behaviour withShortPages(boolean shorter) {
        return with(builder -> builder.shortPages = shorter);
    }

    private Behaviour with(Consumer<Builder> change) {
        var builder = new Builder(this);
        change.accept(builder);
        return builder.build();
    }

    /** A behaviour that is still being put together. */
    private static final class Builder {
        private String token = "ntn_sample_token";
        private Clock clock = Clock.systemUTC();
        private Duration fileExpiry = Duration.ofHours(1);
        private int requestsPerWindow;
        private Duration window = Duration.ofSeconds(60);
        private Duration windowOffset = Duration.ZERO;
        private int queryCap = 10_000;
        private int searchCap;
        private int heavyQueryRows;
        private Duration latency = Duration.ZERO;
        private Duration searchLag = Duration.ZERO;
        private int searchMissPercent;
        private boolean readComments = true;
        private boolean readUsers = true;
        private boolean syncedCopiesListed;
        private boolean mentionsCut;
        private boolean shortPages;

        private Builder() {}

        private Builder(Behaviour from) {
            token = from.token;
            clock = from.clock;
            fileExpiry = from.fileExpiry;
            requestsPerWindow = from.requestsPerWindow;
            window = from.window;
            windowOffset = from.windowOffset;
            queryCap = from.queryCap;
            searchCap = from.searchCap;
            heavyQueryRows = from.heavyQueryRows;
            latency = from.latency;
            searchLag = from.searchLag;
            searchMissPercent = from.searchMissPercent;
            readComments = from.readComments;
            readUsers = from.readUsers;
            syncedCopiesListed = from.syncedCopiesListed;
            mentionsCut = from.mentionsCut;
            shortPages = from.shortPages;
        }

        private Behaviour build() {
            return new Behaviour(
                    token,
                    clock,
                    fileExpiry,
                    requestsPerWindow,
                    window,
                    windowOffset,
                    queryCap,
                    searchCap,
                    heavyQueryRows,
                    latency,
                    searchLag,
                    searchMissPercent,
                    readComments,
                    readUsers,
                    syncedCopiesListed,
                    mentionsCut,
                    shortPages);
        }
    }
}
