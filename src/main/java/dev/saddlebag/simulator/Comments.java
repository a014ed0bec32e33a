package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The open comments of pages and blocks, each listed under its own parent only (facts/notion-api.md §2.7). */
final class Comments {
    /** The block that carries the comments of a page's content: the first that the page numbers. */
    private static final int COMMENTED_BLOCK = 1;

    private static final int ADDED = 1 << 30;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final World world;
    private final Ids ids;
    private final Users users;
    private final FileCatalogue files;

    Comments(World world, Ids ids, Users users, FileCatalogue files) {
        this.world = world;
        this.ids = ids;
        this.users = users;
        this.files = files;
    }

    /** The comments of a page or block, oldest first. */
    List<ObjectNode> of(Ref parent, FileLinks links) {
        List<ObjectNode> comments = new ArrayList<>();
        for (int number = 0; number < generated(parent); number++) {
            comments.add(generated(parent, number, links));
        }
        for (Edits.AddedComment added : world.edits().comments()) {
            if (added.parent().equals(parent)) {
                Ref id = new Ref(Kind.COMMENT, parent.index(), ADDED | added.number());
                comments.add(json(id, added.number(), parent, added.created(), added.text()));
            }
        }
        comments.removeIf(comment -> world.edits().resolved(comment.get("id").asText()));
        return comments;
    }

    /** The comment that an id names, as long as it is there. */
    Optional<ObjectNode> find(Ref comment, FileLinks links) {
        String id = ids.of(comment);
        return parent(comment).stream()
                .flatMap(parent -> of(parent, links).stream())
                .filter(json -> json.get("id").asText().equals(id))
                .findFirst();
    }

    /** The page or block that a comment's id says it stands at. */
    Optional<Ref> parent(Ref comment) {
        if ((comment.sub() & ADDED) != 0) {
            int number = comment.sub() & ~ADDED;
            return world.edits().comments().stream()
                    .filter(added -> added.number() == number)
                    .map(Edits.AddedComment::parent)
                    .findFirst();
        }
        int block = comment.sub() >>> 4;
        return Optional.of(block == 0 ? Ref.page(comment.index()) : Ref.block(comment.index(), block));
    }

    private int generated(Ref parent) {
        int page = parent.index();
        if (page >= world.plan().end()) {
            return 0;
        }
        if (parent.kind() == Kind.PAGE) {
            return page == Plan.SHOWCASE ? 3 : world.plan().seed().below(12, 80, page, 0) == 0 ? 2 : 0;
        }
        boolean commented = page == Plan.SHOWCASE || world.plan().seed().below(20, 81, page, 0) == 0;
        return parent.sub() == COMMENTED_BLOCK && commented ? 1 : 0;
    }

    private ObjectNode generated(Ref parent, int number, FileLinks links) {
        int page = parent.index();
        Ref id = new Ref(Kind.COMMENT, page, (parent.sub() << 4) | number);
        Seed.Dice dice = world.plan().seed().dice(82, page, id.sub());
        long created = world.plan().created(page) + 10L * number;
        ObjectNode json = json(id, number / 2, parent, created, Titles.sentence(dice));
        if (page == Plan.SHOWCASE && parent.kind() == Kind.PAGE && number == 1) {
            StoredFile file = files.file(page, 61_000, StoredFile.Type.PNG, StoredFile.Size.SMALL);
            ObjectNode attachment = json.putArray("attachments").addObject().put("category", "image");
            links.put(attachment.putObject("file"), file);
        }
        return json;
    }

    private ObjectNode json(Ref id, int discussion, Ref parent, long created, String text) {
        ObjectNode json = JSON.objectNode().put("object", "comment").put("id", ids.of(id));
        json.set("parent", Parents.json(parent, ids, world));
        int author = id.index() % 3;
        json.put("discussion_id", ids.of(Kind.DISCUSSION, id.index(), (parent.sub() << 4) | discussion))
                .put("created_time", Times.minute(created))
                .put("last_edited_time", Times.minute(created));
        json.set("created_by", Parents.author(author, ids));
        json.set("rich_text", RichText.plain(text));
        json.putObject("display_name").put("type", "user").put("resolved_name", users.name(author));
        return json;
    }
}
