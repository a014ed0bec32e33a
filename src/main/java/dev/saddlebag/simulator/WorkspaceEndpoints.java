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

    private static void require(boolean capability) {
        if (!capability) {
            throw ApiFailure.restricted();
        }
    }

    ObjectNode users(HttpRequest request) {
        require(behaviour.readUsers());
        Users users = content.users();
        return lists.numbered(
                "user",
                "users",
                Lists.Page.ofQuery(request),
                users.count(),
                user -> user == users.bot() ? users.me() : users.full(user));
    }

    ObjectNode user(String id) {
        require(behaviour.readUsers());
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
        int cap = behaviour.searchCap();
        boolean capped = cap > 0 && found.length > cap;
        int count = capped ? cap : found.length;
        String list = "search|" + body.path("query") + "|" + body.path("filter") + "|" + body.path("sort");
        ObjectNode answer = lists.named(
                "page_or_data_source",
                list,
                page,
                count,
                number -> json(SearchIndex.ref(found[number])),
                number -> content.ids().of(SearchIndex.ref(found[number])),
                next -> position(next, found, count));
        if (capped) {
            Lists.cutOff(answer);
        }
        return answer;
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

    private int position(String next, int[] found, int count) {
        Optional<Ref> ref =
                content.ids().read(next).filter(known -> known.kind() == Kind.PAGE || known.kind() == Kind.DATA_SOURCE);
        return ref.isEmpty()
                ? -1
                : IntStream.range(0, count)
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
        require(behaviour.readComments());
        String id = request.parameter("block_id")
                .orElseThrow(() -> ApiFailure.invalid(
                        "query failed validation: query.block_id should be defined, instead was `undefined`."));
        Ref parent = access.ref(id, "block_id", "block");
        if (!commented(parent)) {
            throw access.notFound("block", id);
        }
        List<ObjectNode> all = content.comments().of(parent, links);
        return lists.numbered("comment", "comments|" + id, Lists.Page.ofQuery(request), all.size(), all::get);
    }

    /** Whether comments can stand here: a page that is shared, or a block that is still in one. */
    private boolean commented(Ref parent) {
        boolean known = parent.kind() == Kind.PAGE || parent.kind() == Kind.BLOCK;
        return known
                && access.visible(parent.index())
                && (parent.kind() == Kind.PAGE
                        || content.blocks().find(parent, links).isPresent());
    }

    ObjectNode comment(String id) {
        require(behaviour.readComments());
        Ref comment = access.ref(id, "comment_id", "comment");
        return Optional.of(comment)
                .filter(ref -> ref.kind() == Kind.COMMENT)
                .filter(ref ->
                        content.comments().parent(ref).filter(this::commented).isPresent())
                .flatMap(ref -> content.comments().find(ref, links))
                .orElseThrow(() -> access.notFound("comment", id));
    }
}
