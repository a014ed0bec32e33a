package dev.saddlebag.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was asked of the simulator since it started or since {@link #reset()}. Safe for use by many threads. */
public final class RequestLog {
    /**
     * One request.
     *
     * @param kind its endpoint, such as {@code children}, {@code query} or {@code file}
     * @param path path and query as they were sent
     * @param body the request's body as it was sent, empty for GET
     * @param status what was answered; 0 when the connection was cut before an answer
     * @param whole whether the answer was sent to its end
     */
    public record Entry(String method, String path, String body, String kind, int status, boolean whole) {
        private boolean successful() {
            return status == 200 && whole;
        }
    }

    /**
     * A request that was made again although it had been answered.
     *
     * @param times how often it was answered with 200, at least 2
     */
    public record Repeat(String method, String path, String body, String kind, int times) {}

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private boolean keeping = true;
    private int total;
    private int files;
    private int rateLimited;
    private int tokenLeaks;
    private int running;
    private int maxConcurrency;

    /** Whether every request is kept for {@link #entries()}, which it is at first; the counts are kept always. */
    public synchronized void keepEntries(boolean keep) {
        keeping = keep;
        entries.clear();
    }

    /** Requests to the API, whatever was answered; downloads of files are not among them. */
    public synchronized int total() {
        return total;
    }

    /** Downloads of files that were asked for. */
    public synchronized int files() {
        return files;
    }

    /**
     * Requests to the API of one kind: {@code me, user, users, search, page, property, markdown, block, children,
     * database, data_source, query, templates, view, views, comments, comment, custom_emojis} or {@code other}.
     */
    public synchronized int count(String kind) {
        return counts.getOrDefault(kind, 0);
    }

    /** How many requests to the API there were of each kind that there were any of. */
    public synchronized Map<String, Integer> counts() {
        return Map.copyOf(counts);
    }

    /** Answers with status 429. */
    public synchronized int rateLimited() {
        return rateLimited;
    }

    /** Requests for files that carried an {@code Authorization} header: the token was given to a foreign host. */
    public synchronized int tokenLeaks() {
        return tokenLeaks;
    }

    /** The most requests that were being answered at one time. */
    public synchronized int maxConcurrency() {
        return maxConcurrency;
    }

    /** Every request in the order of the answers. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /**
     * The requests that were answered with 200 more than once, in the order of their first answers. Method, path, query
     * and body must be the same, so pages of one list are different requests. Only what is among the {@link #entries()}
     * is counted.
     */
    public synchronized List<Repeat> repeated() {
        Map<Entry, Integer> times = new LinkedHashMap<>();
        entries.stream().filter(Entry::successful).forEach(entry -> times.merge(entry, 1, Integer::sum));
        return times.entrySet().stream()
                .filter(counted -> counted.getValue() > 1)
                .map(counted -> {
                    Entry entry = counted.getKey();
                    return new Repeat(entry.method(), entry.path(), entry.body(), entry.kind(), counted.getValue());
                })
                .toList();
    }

    public synchronized void reset() {
        entries.clear();
        counts.clear();
        total = 0;
        files = 0;
        rateLimited = 0;
        tokenLeaks = 0;
        maxConcurrency = running;
    }

    synchronized void begin() {
        running++;
        maxConcurrency = Math.max(maxConcurrency, running);
    }

    synchronized void end(Entry entry) {
        running--;
        if (entry.kind().equals("file")) {
            files++;
        } else {
            total++;
            counts.merge(entry.kind(), 1, Integer::sum);
        }
        if (entry.status() == 429) {
            rateLimited++;
        }
        if (keeping) {
            entries.add(entry);
        }
    }

    synchronized void tokenLeaked() {
        tokenLeaks++;
    }
}
