package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Databases, data sources, their rows, templates and views (facts/notion-api.md §2.5, §2.6). */
final class DataEndpoints {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Content content;
    private final Access access;
    private final Lists lists;
    private final FileLinks links;
    private final Behaviour behaviour;
    private final RowQuery rows;
    private final Views views;
    private final AtomicInteger heavyQueries = new AtomicInteger();

    DataEndpoints(Content content, Access access, Lists lists, FileLinks links, Behaviour behaviour) {
        this.content = content;
        this.access = access;
        this.lists = lists;
        this.links = links;
        this.behaviour = behaviour;
        this.rows = new RowQuery(content);
        this.views = content.views();
    }

    /** The properties that were asked for; both spellings of the parameter are in use. */
    static List<String> filterProperties(HttpRequest request) {
        return Stream.concat(
                        request.parameters("filter_properties[]").stream(),
                        request.parameters("filter_properties").stream())
                .toList();
    }

    ObjectNode database(String id) {
        return content.databases().database(access.database(id), links);
    }

    ObjectNode dataSource(String id) {
        return content.databases().source(access.source(id), links);
    }

    ObjectNode query(HttpRequest request, String id, JsonNode body) {
        Lists.Page page = Lists.Page.ofBody(body);
        Plan.Source source = access.source(id);
        if (behaviour.heavyQueryRows() > 0 && page.size() > behaviour.heavyQueryRows()) {
            throw ApiFailure.tooHeavy(heavyQueries.getAndIncrement() % 2 == 0);
        }
        int[] found = content.world().trashedDatabase(source.database()) ? new int[0] : rows.rows(source.index(), body);
        boolean capped = found.length > behaviour.queryCap();
        int count = Math.min(found.length, behaviour.queryCap());
        List<String> only = filterProperties(request);
        ObjectNode list = lists.named(
                "page_or_data_source",
                RowQuery.key(source.index(), body, only),
                page,
                count,
                number -> entry(SearchIndex.ref(found[number]), only),
                number -> content.ids().of(SearchIndex.ref(found[number])),
                next -> position(next, found, count));
        if (capped) {
            Lists.cutOff(list);
        }
        return list;
    }

    private ObjectNode entry(Ref ref, List<String> only) {
        return ref.kind() == Kind.PAGE
                ? content.pages().cut(ref.index(), links, Set.copyOf(only), behaviour.mentionsCut())
                : content.databases().source(content.plan().sources().get(ref.index()), links);
    }

    private int position(String next, int[] found, int count) {
        Optional<Ref> row =
                content.ids().read(next).filter(ref -> ref.kind() == Kind.PAGE || ref.kind() == Kind.DATA_SOURCE);
        return row.isEmpty()
                ? -1
                : IntStream.range(0, count)
                        .filter(number -> found[number] == SearchIndex.code(row.get()))
                        .findFirst()
                        .orElse(-1);
    }

    /** The one list whose entries are not called {@code results}. */
    ObjectNode templates(HttpRequest request, String id) {
        Plan.Source source = access.source(id);
        List<ObjectNode> all = content.templates(source);
        ObjectNode list = lists.numbered(
                "template", "templates|" + source.index(), Lists.Page.ofQuery(request), all.size(), all::get);
        ObjectNode answer = JSON.objectNode();
        answer.set("templates", list.get("results"));
        answer.set("has_more", list.get("has_more"));
        answer.set("next_cursor", list.get("next_cursor"));
        return answer;
    }

    ObjectNode views(HttpRequest request) {
        Optional<String> database = request.parameter("database_id");
        Optional<String> source = request.parameter("data_source_id");
        if (database.isPresent() == source.isPresent()) {
            throw ApiFailure.invalid(
                    "query failed validation: exactly one of query.database_id and query.data_source_id should be"
                            + " defined.");
        }
        List<Ref> found = database.isPresent()
                ? views.of(access.database(database.get()))
                : views.showing(access.source(source.orElseThrow()));
        return lists.numbered(
                "view",
                "views|" + request.parameter("database_id") + request.parameter("data_source_id"),
                Lists.Page.ofQuery(request),
                found.size(),
                number -> JSON.objectNode()
                        .put("object", "view")
                        .put("id", content.ids().of(found.get(number))));
    }

    ObjectNode view(String id) {
        Ref view = access.ref(id, "view_id", "view");
        if (!views.exists(view) || !content.world().sharedDatabase(view.index())) {
            throw access.notFound("view", id);
        }
        if (views.type(view).equals("feed")) {
            throw ApiFailure.invalid("Unsupported view type: feed");
        }
        return views.json(view);
    }
}
