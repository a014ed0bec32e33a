package dev.saddlebag.simulator;

import java.util.ArrayList;
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
     * @param status what was answered; 0 when the connection was cut before an answer
     */
    public record Entry(String method, String path, String kind, int status) {}

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
