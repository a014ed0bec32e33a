package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** What belongs to the whole workspace: users, search, emojis, comments (facts/notion-api.md §2.1, §2.3, §2.7). */
final class WorkspaceEndpoints {
    private static final Set<String> SEARCH_KEYS = Set.of("query", "filter", "sort", "start_cursor", "page_size");

    private final Content content;
    private final Access access;
    private final Lists lists;
    private final FileLinks links;
    private final Behaviour behaviour;
    private final SearchIndex index;

    WorkspaceEndpoints(Content content, Access access, Lists lists, FileLinks links, Behaviour behaviour) {
        this.content = content;
        this.access = access;
        this.lists = lists;
        this.links = links;
        this.behaviour = behaviour;
        this.index = new SearchIndex(content, behaviour);
    }

    ObjectNode users(HttpRequest request) {
        Users users = content.users();
        return lists.numbered(
                "user",
                "users",
                Lists.Page.ofQuery(request),
                users.count(),
                user -> user == users.bot() ? users.me() : users.full(user));
    }

    ObjectNode user(String id) {
        Ref ref = access.ref(id, "user_id", "user");
        if (ref.kind() != Kind.USER || ref.index() >= content.users().count()) {
            throw access.notFound("user", id);
        }
        return content.users().full(ref.index());
    }

    ObjectNode customEmojis(HttpRequest request) {
        return lists.numbered(
                "custom_emoji",
                "custom_emojis",
                Lists.Page.ofQuery(request),
                Icons.customEmojis(),
                number -> content.icons().customEmoji(number, links));
    }

    ObjectNode search(JsonNode body) {
        validate(body);
        Lists.Page page = Lists.Page.ofBody(body);
        int[] found = index.find(body);
        String list = "search|" + body.path("query") + "|" + body.path("filter") + "|" + body.path("sort");
        return lists.named(
                "page_or_data_source",
                list,
                page,
                found.length,
                number -> json(SearchIndex.ref(found[number])),
                number -> content.ids().of(SearchIndex.ref(found[number])),
                next -> position(next, found));
    }

    private static void validate(JsonNode body) {
        body.fieldNames().forEachRemaining(key -> {
            if (!SEARCH_KEYS.contains(key)) {
                throw ApiFailure.invalid("body failed validation: body." + key + " should be not present, instead was `"
                        + body.get(key) + "`.");
            }
        });
        JsonNode filter = body.path("filter");
        if (filter.has("value") || filter.has("property")) {
            String value = filter.path("value").asText();
            if (!filter.path("property").asText().equals("object")
                    || (!value.equals("page") && !value.equals("data_source"))) {
                throw ApiFailure.invalid("body failed validation: body.filter.value should be `\"page\"` or"
                        + " `\"data_source\"`, instead was `\"" + value + "\"`.");
            }
        }
    }

    private int position(String next, int[] found) {
        Optional<Ref> ref =
                content.ids().read(next).filter(known -> known.kind() == Kind.PAGE || known.kind() == Kind.DATA_SOURCE);
        return ref.isEmpty()
                ? -1
                : IntStream.range(0, found.length)
                        .filter(number -> found[number] == SearchIndex.code(ref.get()))
                        .findFirst()
                        .orElse(-1);
    }

    private JsonNode json(Ref ref) {
        return ref.kind() == Kind.PAGE
                ? content.pages().cut(ref.index(), links, Set.of(), behaviour.mentionsCut())
                : content.databases().source(content.world().source(ref.index()), links);
    }

    ObjectNode comments(HttpRequest request) {
        String id = request.parameter("block_id")
                .orElseThrow(() -> ApiFailure.invalid(
                        "query failed validation: query.block_id should be defined, instead was `undefined`."));
        Ref parent = access.ref(id, "block_id", "block");
        boolean known = parent.kind() == Kind.PAGE || parent.kind() == Kind.BLOCK;
        if (!known || !access.visible(parent.index())) {
            throw access.notFound("block", id);
        }
        if (parent.kind() == Kind.BLOCK && content.blocks().find(parent, links).isEmpty()) {
            throw access.notFound("block", id);
        }
        List<ObjectNode> all = content.comments().of(parent, links);
        return lists.numbered("comment", "comments|" + id, Lists.Page.ofQuery(request), all.size(), all::get);
    }
}
