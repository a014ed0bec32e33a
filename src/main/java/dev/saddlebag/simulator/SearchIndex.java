package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What search finds, newest edit first: pages and data sources as numbers, the pages as they are, the data sources
 * below zero (facts/notion-api.md §2.3).
 */
final class SearchIndex {
    private final Content content;
    private final Behaviour behaviour;
    private Order live;
    private Order trash;

    SearchIndex(Content content, Behaviour behaviour) {
        this.content = content;
        this.behaviour = behaviour;
    }

    private static final class Order {
        private final long version;
        private final int[] newestFirst;

        private Order(long version, int[] newestFirst) {
            this.version = version;
            this.newestFirst = newestFirst;
        }
    }

    static int code(Ref ref) {
        return ref.kind() == Kind.PAGE ? ref.index() : -1 - ref.index();
    }

    static Ref ref(int code) {
        return code >= 0 ? Ref.page(code) : Ref.source(-1 - code);
    }

    int[] find(JsonNode body) {
        JsonNode filter = body.path("filter");
        boolean inTrash = filter.path("in_trash").asBoolean(false);
        String wanted = filter.path("value").asText("");
        String query = body.path("query").asText("").toLowerCase(java.util.Locale.ROOT);
        boolean oldestFirst = body.path("sort").path("direction").asText("").equals("ascending");
        long lagging = Times.minuteOf(behaviour.clock().instant().minus(behaviour.searchLag()));
        int[] found = IntStream.of(order(inTrash))
                .filter(code -> wanted.isEmpty() || (wanted.equals("page") == (code >= 0)))
                .filter(code -> code < 0
                        || behaviour.searchLag().isZero()
                        || content.world().created(code) <= lagging)
                .filter(code -> query.isEmpty()
                        || title(code).toLowerCase(java.util.Locale.ROOT).contains(query))
                .toArray();
        if (oldestFirst) {
            for (int i = 0; i < found.length / 2; i++) {
                int kept = found[i];
                found[i] = found[found.length - 1 - i];
                found[found.length - 1 - i] = kept;
            }
        }
        return found;
    }

    private String title(int code) {
        return code >= 0
                ? content.pages().title(code)
                : content.databases().title(content.plan().sources().get(-1 - code));
    }

    private synchronized int[] order(boolean inTrash) {
        long version = content.world().edits().version();
        Order known = inTrash ? trash : live;
        if (known == null || known.version != version) {
            known = new Order(version, build(inTrash));
            if (inTrash) {
                trash = known;
            } else {
                live = known;
            }
        }
        return known.newestFirst;
    }

    private int[] build(boolean inTrash) {
        World world = content.world();
        IntStream pages = IntStream.range(0, world.count())
                .filter(page -> world.shared(page) && !world.template(page) && !world.archived(page))
                .filter(page -> world.trashed(page) == inTrash)
                .filter(page -> inTrash || !world.missedBySearch(page, behaviour.searchMissPercent()));
        IntStream sources = content.plan().sources().stream()
                .filter(source -> inTrash || !content.plan().hidden(source))
                .filter(source -> world.sharedDatabase(source.database()))
                .filter(source -> world.trashedDatabase(source.database()) == inTrash)
                .mapToInt(source -> -1 - source.index());
        long[] byTime = IntStream.concat(pages, sources)
                .mapToLong(code -> (edited(code) << 32) | (code & 0xFFFFFFFFL))
                .sorted()
                .toArray();
        int[] codes = new int[byTime.length];
        Arrays.setAll(codes, i -> (int) byTime[byTime.length - 1 - i]);
        return codes;
    }

    private long edited(int code) {
        return code >= 0 ? content.world().edited(code) : content.world().sourceEdited(-1 - code);
    }
}
