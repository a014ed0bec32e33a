package dev.saddlebag.collect;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many requests a run will send to Notion, by what they are for.
 *
 * @param requests the number for each purpose that has any; downloads of files are not among them, since Notion does not
 *     count those
 * @param assumptions what the numbers rest on beside what was counted, in sentences
 */
public record RequestEstimate(Map<Purpose, Long> requests, List<String> assumptions) {

    /** What requests are for, in the order in which a run comes to it. */
    public enum Purpose {
        WORKSPACE("the bot, people, custom emojis"),
        TRASH("the trash"),
        SEARCH("search"),
        DATA_SOURCES("data sources: rows, templates, which views"),
        DATABASES("databases"),
        VIEWS("views"),
        BLOCKS("blocks and long properties of pages"),
        COMMENTS("comments"),
        MARKDOWN("Notion's own Markdown of pages"),
        LOOKUPS("objects that are asked for one by one"),
        EDITED("what was edited since that snapshot");

        private final String words;

        Purpose(String words) {
            this.words = words;
        }

        /** The purpose as people read it. */
        public String words() {
            return words;
        }
    }

    public RequestEstimate {
        Map<Purpose, Long> some = new EnumMap<>(Purpose.class);
        requests.forEach((purpose, number) -> {
            if (number > 0) {
                some.put(purpose, number);
            }
        });
        requests = Collections.unmodifiableMap(some);
        assumptions = List.copyOf(assumptions);
    }

    /** All requests together. */
    public long total() {
        return requests.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many minutes that many requests take where so many are allowed in a minute, and nothing else slows them down. */
    public double minutes(int requestsPerMinute) {
        return (double) total() / requestsPerMinute;
    }
}
