package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The least number of API requests that reading a whole workspace needs (facts/notion-api.md §6.2, DESIGN §3 "Request
 * plan"), counted from the workspace itself without HTTP. It is what a reader needs who asks for nothing twice and for no
 * page or data source that a search or a query has shown. An id that something names and that no list shows must be
 * asked for once, even if the answer is that it is not shared: a restricted subpage, a linked database.
 *
 * <p>What is read follows from the {@link TruthOptions}: without archived rows there is no second query a data source,
 * without views and templates none of their requests, and so on. Where a {@link Behaviour} caps queries, it is a lower
 * bound: windows that overlap cost more. What the connection may not read costs the one request that is refused.
 */
public final class RequestMinimum {
    private static final int PAGE_SIZE = 100;
    private static final int FIT = 25;
    private static final Set<String> WITHOUT_COMMENTS = Set.of("child_page", "child_database", "unsupported");

    private final Content content;
    private final Behaviour behaviour;
    private final TruthOptions options;
    private final Map<String, Long> counts = new TreeMap<>();
    private final Set<String> shown = new HashSet<>();
    private final Set<String> trashedDatabases = new HashSet<>();
    private final Set<String> pages = new HashSet<>();
    private final Set<String> databases = new HashSet<>();
    private final Set<Ref> views = new HashSet<>();

    private RequestMinimum(SampleWorkspace workspace, Behaviour behaviour, TruthOptions options) {
        this.content = workspace.content();
        this.behaviour = behaviour;
        this.options = options;
    }

    /** The least number of requests in all; downloads of files are not among them. */
    public static long of(SampleWorkspace workspace, Behaviour behaviour, TruthOptions options) {
        return byKind(workspace, behaviour, options).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** The least number of requests of each kind that there are any of, by the names of {@link RequestLog#counts()}. */
    public static Map<String, Long> byKind(SampleWorkspace workspace, Behaviour behaviour, TruthOptions options) {
        var minimum = new RequestMinimum(workspace, behaviour, options);
        minimum.count(workspace.truth("http://127.0.0.1", options));
        return minimum.counts;
    }

    private void count(Truth truth) {
        add("me", 1);
        add("users", behaviour.readUsers() ? lists(content.users().count()) : 1);
        add("custom_emojis", lists(Icons.customEmojis()));
        search(false);
        search(true);
        content.plan().sources().stream().filter(this::read).forEach(this::source);
        truth.objects().forEach(this::stored);
        add("view", views.size());
        add("page", pages.stream().filter(page -> !shown.contains(page)).count());
        databases.removeAll(trashedDatabases);
        add("database", databases.size());
        if (options.comments() != TruthOptions.Comments.NONE && !behaviour.readComments()) {
            add("comments", 1);
        }
    }

    private void add(String kind, long requests) {
        if (requests > 0) {
            counts.merge(kind, requests, Long::sum);
        }
    }

    /** How many requests a list of so many entries takes; to see that it is empty takes one too. */
    private long lists(int entries) {
        return lists(entries, PAGE_SIZE);
    }

    private long lists(int entries, int asked) {
        int given = behaviour.shortPages() ? Math.max(1, asked * 2 / 3) : asked;
        return Math.max(1, (entries + given - 1) / given);
    }

    private void search(boolean inTrash) {
        var body = BlockSketch.JSON.objectNode();
        body.putObject("filter").put("in_trash", inTrash);
        int[] all = new SearchIndex(content, behaviour).find(body);
        int given = behaviour.searchCap() > 0 ? Math.min(behaviour.searchCap(), all.length) : all.length;
        add("search", lists(given));
        for (int number = 0; number < given; number++) {
            Ref ref = SearchIndex.ref(all[number]);
            shown.add(content.ids().of(ref));
            if (inTrash && ref.kind() == Kind.DATA_SOURCE) {
                int database = content.plan().sources().get(ref.index()).database();
                trashedDatabases.add(content.ids().of(Ref.database(database)));
            }
        }
    }

    private boolean read(Plan.Source source) {
        return content.world().sharedDatabase(source.database())
                && !content.world().trashedDatabase(source.database());
    }

    private void source(Plan.Source source) {
        if (!shown.contains(content.ids().of(Ref.source(source.index())))) {
            add("data_source", 1);
        }
        query(source, false);
        if (options.archivedRows()) {
            query(source, true);
        }
        if (options.templates()) {
            add("templates", lists(content.templates(source).size()));
        }
        if (options.views()) {
            var showing = content.views().showing(source);
            add("views", lists(showing.size()));
            views.addAll(showing);
        }
    }

    /** Past the cap of a query the rows take as many queries as there are caps in them, at the least. */
    private void query(Plan.Source source, boolean archived) {
        int[] rows = content.world()
                .rows(source.index())
                .filter(content.world()::shared)
                .filter(row -> content.world().archived(row) == archived)
                .toArray();
        IntStream.of(rows).forEach(row -> shown.add(content.ids().of(Ref.page(row))));
        int asked = behaviour.heavyQueryRows() > 0 ? Math.min(PAGE_SIZE, behaviour.heavyQueryRows()) : PAGE_SIZE;
        int cap = behaviour.queryCap();
        int left = rows.length;
        while (left > cap) {
            add("query", lists(cap, asked));
            left -= cap;
        }
        add("query", lists(left, asked));
    }

    private void stored(Truth.Entry entry) {
        JsonNode stored = entry.content();
        references(stored);
        if (stored.has("page")) {
            page(stored);
        } else if (stored.has("database")) {
            String id = stored.at("/database/id").asText();
            databases.add(id);
            if (options.views()) {
                int index = content.ids().read(id).orElseThrow().index();
                var own = content.views().of(content.plan().databases().get(index));
                add("views", lists(own.size()));
                views.addAll(own);
            }
        }
    }

    /** Whatever an object names must be asked for, unless a list has shown it. */
    private void references(JsonNode node) {
        String type = node.path("type").asText();
        switch (type) {
            case "child_page" -> pages.add(node.path("id").asText());
            case "child_database" -> databases.add(node.path("id").asText());
            case "mention", "link_to_page" -> {
                JsonNode target = node.path(type);
                name(target, "page", pages);
                name(target, "database", databases);
            }
            case "relation" -> {
                if (node.path(type).isArray()) {
                    node.path(type)
                            .forEach(related -> pages.add(related.path("id").asText()));
                }
            }
            default -> {}
        }
        node.forEach(this::references);
    }

    /** A mention has {@code {"page": {"id": …}}}, a link {@code {"page_id": …}}. */
    private static void name(JsonNode target, String kind, Set<String> named) {
        for (JsonNode id : new JsonNode[] {target.path(kind).path("id"), target.path(kind + "_id")}) {
            if (id.isTextual()) {
                named.add(id.asText());
            }
        }
    }

    private void page(JsonNode stored) {
        String id = stored.at("/page/id").asText();
        pages.add(id);
        add("children", lists(stored.path("blocks").size()));
        stored.path("blocks").forEach(this::block);
        int page = content.ids().read(id).orElseThrow().index();
        JsonNode cut = content.pages().cut(page, FileLinks.NONE, Set.of(), behaviour.mentionsCut());
        stored.at("/page/properties")
                .properties()
                .forEach(property -> property(cut.get("properties").get(property.getKey()), property.getValue()));
        if (options.comments() != TruthOptions.Comments.NONE && behaviour.readComments()) {
            Map<String, Integer> comments = new HashMap<>();
            stored.path("comments").forEach(comment -> comments.merge(parent(comment), 1, Integer::sum));
            add("comments", lists(comments.getOrDefault(id, 0)));
            if (options.comments() == TruthOptions.Comments.BLOCK) {
                stored.path("blocks").forEach(block -> comments(block, comments));
            }
        }
    }

    private static String parent(JsonNode comment) {
        JsonNode parent = comment.get("parent");
        return parent.get(parent.get("type").asText()).asText();
    }

    private void block(JsonNode block) {
        if (block.path("type").asText().equals("meeting_notes")) {
            if (options.meetingSections()) {
                add("block", block.at("/meeting_notes/children").size());
            }
        } else if (block.has("children")) {
            add("children", lists(block.get("children").size()));
        }
        block.path("children").forEach(this::block);
    }

    private void comments(JsonNode block, Map<String, Integer> comments) {
        if (!WITHOUT_COMMENTS.contains(block.path("type").asText())) {
            add("comments", lists(comments.getOrDefault(block.path("id").asText(), 0)));
        }
        block.path("children").forEach(child -> comments(child, comments));
    }

    /** A value is asked for when it is cut, and when nothing tells that it is not. */
    private void property(JsonNode cut, JsonNode whole) {
        String type = cut.get("type").asText();
        boolean doubtful = switch (type) {
            case "relation" -> cut.path("has_more").asBoolean();
            case "people" -> cut.get(type).size() == FIT;
            case "title", "rich_text" -> mentions(cut.get(type)) == FIT;
            default -> false;
        };
        if (doubtful) {
            add("property", lists(whole.get(type).size()));
        }
    }

    private static int mentions(JsonNode richText) {
        int mentions = 0;
        for (JsonNode segment : richText) {
            mentions += segment.has("mention") ? 1 : 0;
        }
        return mentions;
    }
}
