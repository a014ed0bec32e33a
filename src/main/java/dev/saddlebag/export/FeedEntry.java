package dev.saddlebag.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An export in the feed of notifications. The feed is in no order, holds other things too, and nothing in it names the task
 * (facts/notion-export.md §1.6).
 *
 * @param time when it was finished, by Notion's clock
 */
record FeedEntry(Instant time, String space, String link) {
    /** How far two clocks of Notion's may be apart. */
    static final Duration SKEW = Duration.ofSeconds(5);

    /** The finished exports in an answer of {@code getNotificationLogV2} that have a link. */
    static List<FeedEntry> in(JsonNode answer) {
        return RecordMap.records(answer.path("recordMap").path("activity")).stream()
                .filter(activity -> activity.path("type").asText().equals("export-completed"))
                .filter(activity -> !activity.path("invalid").asBoolean(false))
                .flatMap(activity -> of(activity).stream())
                .toList();
    }

    private static Optional<FeedEntry> of(JsonNode activity) {
        String space = activity.path("space_id").asText("");
        if (space.isEmpty() && activity.path("parent_table").asText().equals("space")) {
            space = activity.path("parent_id").asText("");
        }
        for (JsonNode edit : activity.path("edits")) {
            String link = edit.path("link").asText("");
            if (!link.isEmpty()) {
                // Times are strings in one place and numbers in the other.
                long time = activity.path("start_time")
                        .asLong(edit.path("timestamp").asLong());
                String where = space.isEmpty() ? edit.path("space_id").asText("") : space;
                return Optional.of(new FeedEntry(Instant.ofEpochMilli(time), where, link));
            }
        }
        return Optional.empty();
    }

    /**
     * The newest export of a workspace that was finished after {@code since}, clocks that differ a little allowed for.
     *
     * @param taken tells links that were fetched before
     */
    static Optional<FeedEntry> newest(List<FeedEntry> entries, String space, Instant since, Predicate<String> taken) {
        return entries.stream()
                .filter(entry -> entry.space().isEmpty() || entry.space().equals(space))
                .filter(entry -> !entry.time().isBefore(since.minus(SKEW)))
                .filter(entry -> !taken.test(entry.link()))
                .max(Comparator.comparing(FeedEntry::time));
    }

    @Override
    public String toString() {
        return "an export of " + time;
    }
}
