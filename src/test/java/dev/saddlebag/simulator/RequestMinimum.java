package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The least number of API requests that reading a whole workspace needs (facts/notion-api.md §6.2, DESIGN §3 "Request
 * plan"), counted from the workspace itself without HTTP. It is what a reader needs who asks for nothing twice and for no
 * page or data source that a search or a query has shown. An id that something names and that no list shows must be
 * asked for once, since only the answer tells whether it is part of a backup: a page that nothing but a mention leads to,
 * a template, a restricted subpage, a linked database, the original of a synced block.
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
    private final Map<String, JsonNode> stored = new LinkedHashMap<>();
    private final Set<String> shown = new HashSet<>();
    private final Set<String> trashedDatabases = new HashSet<>();
    private final Set<String> pages = new HashSet<>();
    private final Set<String> databases = new HashSet<>();
    private final Set<String> sources = new HashSet<>();
    private final Set<String> views = new HashSet<>();
    private final Set<String> blocks = new LinkedHashSet<>();

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
        truth.objects().forEach(this::stored);
        walk();
        add("view", views.size());
        add("page", pages.stream().filter(page -> !shown.contains(page)).count());
        databases.removeAll(trashedDatabases);
        add("database", databases.size());
        add(
                "data_source",
                sources.stream().filter(source -> !shown.contains(source)).count());
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
                int database = content.world().source(ref.index()).database();
                trashedDatabases.add(content.ids().of(Ref.database(database)));
            }
        }
    }

    private void stored(Truth.Entry entry) {
        JsonNode object = entry.content();
        if (object.has("page")) {
            stored.put(object.at("/page/id").asText(), object);
            page(object);
        } else if (object.has("database")) {
            String id = object.at("/database/id").asText();
            stored.put(id, object);
            if (options.views()) {
                views(content.views().of(content.world().database(index(id))));
            }
        } else if (object.has("data_source")) {
            String id = object.at("/data_source/id").asText();
            stored.put(id, object);
            source(content.world().source(index(id)));
        } else {
            stored.put(object.at("/view/id").asText(), object);
        }
    }

    private int index(String id) {
        return content.ids().read(id).orElseThrow().index();
    }

    private void source(Plan.Source source) {
        query(source, false);
        if (options.archivedRows()) {
            query(source, true);
        }
        if (options.templates()) {
            add("templates", lists(content.templates(source).size()));
        }
        if (options.views()) {
            views(content.views().showing(source));
        }
    }

    /** A list of views has no more than their ids, so that each is asked for, even one that is refused for its type. */
    private void views(List<Ref> listed) {
        add("views", lists(listed.size()));
        listed.forEach(view -> views.add(content.ids().of(view)));
    }

    /** Past the cap of a query the rows take as many queries as there are caps in them, at the least. */
    private void query(Plan.Source source, boolean archived) {
        World world = content.world();
        IntStream rows = world.rows(source.index())
                .filter(world::shared)
                .filter(row -> world.archived(row) == archived)
                .map(row -> SearchIndex.code(Ref.page(row)));
        // A wiki's rows are data sources too, and whole objects as well (§2.5).
        IntStream inWiki = archived
                ? IntStream.empty()
                : world.sourcesIn(source.index()).map(child -> SearchIndex.code(Ref.source(child)));
        int[] found = IntStream.concat(rows, inWiki).toArray();
        IntStream.of(found).forEach(code -> shown.add(content.ids().of(SearchIndex.ref(code))));
        int asked = behaviour.heavyQueryRows() > 0 ? Math.min(PAGE_SIZE, behaviour.heavyQueryRows()) : PAGE_SIZE;
        int cap = behaviour.queryCap();
        int left = found.length;
        while (left > cap) {
            add("query", lists(cap, asked));
            left -= cap;
        }
        add("query", lists(left, asked));
    }

    /**
     * Follows what is named from what the lists have shown. A block that is named must be looked up only when nothing else
     * leads to its page: whoever reads the page meets the block in it. Then the way up to the page is one request for every
     * block on it, because a block names no more than its direct parent (§3.3).
     */
    private void walk() {
        Set<String> met = new HashSet<>();
        Deque<String> next = new ArrayDeque<>();
        shown.forEach(id -> meet(id, met, next));
        follow(met, next);
        for (Optional<String> block = unmet(met); block.isPresent(); block = unmet(met)) {
            String page = pageOf(block.get()).orElseThrow();
            add("block", depth(stored.get(page).path("blocks"), block.get()));
            meet(page, met, next);
            follow(met, next);
        }
        // What no list shows and nothing names is held all the same when a behaviour lets search find less.
        List.copyOf(stored.keySet()).forEach(id -> meet(id, met, next));
        follow(met, next);
        // None of these is on a page that is held, which nothing but the refusal tells.
        add("block", blocks.stream().filter(block -> pageOf(block).isEmpty()).count());
    }

    private void meet(String id, Set<String> met, Deque<String> next) {
        if (stored.containsKey(id) && met.add(id)) {
            next.add(id);
        }
    }

    private void follow(Set<String> met, Deque<String> next) {
        while (!next.isEmpty()) {
            named(stored.get(next.pop())).forEach(named -> meet(named, met, next));
        }
    }

    private Optional<String> unmet(Set<String> met) {
        return blocks.stream()
                .filter(block ->
                        pageOf(block).filter(page -> !met.contains(page)).isPresent())
                .findFirst();
    }

    /** The page that is held and has the block. */
    private Optional<String> pageOf(String block) {
        return content.ids()
                .read(block)
                .map(ref -> content.ids().of(Ref.page(ref.index())))
                .filter(page ->
                        stored.containsKey(page) && depth(stored.get(page).path("blocks"), block) > 0);
    }

    /** How many blocks lie on the way from a page to a block, itself included; 0 if it is not there. */
    private static int depth(JsonNode among, String block) {
        for (JsonNode candidate : among) {
            int below = depth(candidate.path("children"), block);
            if (below > 0 || candidate.path("id").asText().equals(block)) {
                return below + 1;
            }
        }
        return 0;
    }

    /** What a stored object names, itself included; each of it must be asked for, unless a list has shown it. */
    private Set<String> named(JsonNode object) {
        Set<String> named = new HashSet<>();
        if (object.has("page")) {
            name(object.at("/page/id"), pages, named);
        } else if (object.has("database")) {
            name(object.at("/database/id"), databases, named);
            object.at("/database/data_sources").forEach(source -> name(source.path("id"), sources, named));
        } else if (object.has("data_source")) {
            name(object.at("/data_source/id"), sources, named);
            object.path("templates").forEach(template -> name(template.path("id"), pages, named));
        } else {
            name(object.at("/view/data_source_id"), sources, named);
            // No list has the views that a dashboard shows (§2.6).
            object.at("/view/configuration/rows").findValues("view_id").forEach(widget -> name(widget, views, named));
        }
        references(object, named);
        return named;
    }

    private void references(JsonNode node, Set<String> named) {
        String type = node.path("type").asText();
        JsonNode value = node.path(type);
        switch (type) {
            case "child_page" -> name(node.path("id"), pages, named);
            case "child_database" -> name(node.path("id"), databases, named);
            case "mention" -> {
                name(value.at("/page/id"), pages, named);
                name(value.at("/database/id"), databases, named);
            }
            case "link_to_page" -> place(value, named);
            case "relation" -> {
                value.forEach(related -> name(related.path("id"), pages, named));
                name(value.path("data_source_id"), sources, named);
            }
            case "synced_block" -> place(value.path("synced_from"), named);
            default -> {}
        }
        place(node.path("parent"), named);
        place(node.path("database_parent"), named);
        node.forEach(child -> references(child, named));
    }

    /** Where something is. The database beside a data source is that of the data source, and as well shared as that (§1). */
    private void place(JsonNode place, Set<String> named) {
        String type = place.path("type").asText();
        JsonNode id = place.path(type);
        switch (type) {
            case "page_id" -> name(id, pages, named);
            case "database_id" -> name(id, databases, named);
            case "data_source_id" -> name(id, sources, named);
            case "block_id" -> name(id, blocks, named);
            default -> {}
        }
    }

    private static void name(JsonNode id, Set<String> kind, Set<String> named) {
        if (id.isTextual()) {
            kind.add(id.asText());
            named.add(id.asText());
        }
    }

    private void page(JsonNode object) {
        String id = object.at("/page/id").asText();
        add("children", lists(object.path("blocks").size()));
        object.path("blocks").forEach(this::block);
        JsonNode cut = content.pages().cut(index(id), FileLinks.NONE, Set.of(), behaviour.mentionsCut());
        object.at("/page/properties")
                .properties()
                .forEach(property -> property(cut.get("properties").get(property.getKey()), property.getValue()));
        if (options.comments() != TruthOptions.Comments.NONE && behaviour.readComments()) {
            Map<String, Integer> comments = new HashMap<>();
            object.path("comments").forEach(comment -> comments.merge(parent(comment), 1, Integer::sum));
            add("comments", lists(comments.getOrDefault(id, 0)));
            if (options.comments() == TruthOptions.Comments.BLOCK) {
                object.path("blocks").forEach(block -> comments(block, comments));
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

    /** A value is asked for when it is cut, and when nothing tells that it is not: more mentions than fit tell it. */
    private void property(JsonNode cut, JsonNode whole) {
        String type = cut.get("type").asText();
        boolean doubtful = switch (type) {
            case "relation" -> cut.path("has_more").asBoolean();
            case "people" -> cut.get(type).size() == FIT;
            case "rollup" -> cut.at("/rollup/array").size() == FIT;
            case "title", "rich_text" -> mentions(cut.get(type)) == FIT;
            default -> false;
        };
        if (doubtful) {
            add(
                    "property",
                    lists(whole.path(type.equals("rollup") ? "rollup_items" : type)
                            .size()));
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
