package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** Databases and data sources (facts/notion-api.md §3.2), keys in the recorded order. */
final class Databases {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** The numbers under which icons and covers of databases are made lie far above those of pages. */
    private static final int ICON_OWNER = 60_000_000;

    private final World world;
    private final Ids ids;
    private final Schemas schemas;
    private final Icons icons;

    Databases(World world, Ids ids, Schemas schemas, Icons icons) {
        this.world = world;
        this.ids = ids;
        this.schemas = schemas;
        this.icons = icons;
    }

    /** The title that the block of a database shows; a linked one is nearly always "Untitled" (§2.6). */
    static String title(Plan.Database database) {
        return database.linked() ? "Untitled" : database.index() % 5 == 4 ? "" : "Database " + database.index();
    }

    private static String sourceTitle(Plan.Source source) {
        return "Source " + source.index() + " of " + source.shape().name().toLowerCase(java.util.Locale.ROOT);
    }

    ObjectNode database(Plan.Database database, FileLinks links) {
        String id = ids.of(Ref.database(database.index()));
        ObjectNode json = JSON.objectNode().put("object", "database").put("id", id);
        json.set("title", RichText.plain(title(database)));
        json.set("description", RichText.plain(database.index() == 0 ? "One of everything" : ""));
        json.set("parent", Parents.json(database.parent(), ids, world.plan()));
        json.put("is_inline", database.inline())
                .put("in_trash", world.trashedDatabase(database.index()))
                .put("is_locked", database.index() == 3);
        Instant created = world.databaseCreated(database.index());
        json.put("created_time", Times.millisecond(created))
                .put("last_edited_time", Times.millisecond(created.plusSeconds(86_400)));
        var sources = json.putArray("data_sources");
        for (int source : database.sources()) {
            sources.addObject()
                    .put("id", ids.of(Ref.source(source)))
                    .put("name", sourceTitle(world.plan().sources().get(source)));
        }
        json.set("icon", icons.icon(ICON_OWNER + database.index(), links));
        json.set("cover", database.inline() ? JSON.nullNode() : icons.cover(ICON_OWNER + database.index(), links));
        return json.put("url", Links.page(id)).putNull("public_url");
    }

    ObjectNode source(Plan.Source source, FileLinks links) {
        Plan.Database database = world.plan().databases().get(source.database());
        ObjectNode json = JSON.objectNode().put("object", "data_source").put("id", ids.of(Ref.source(source.index())));
        int owner = ICON_OWNER + 1_000_000 + source.index();
        json.set("cover", JSON.nullNode());
        json.set("icon", icons.icon(owner, links));
        json.put("created_time", Times.minute(world.sourceCreated(source.index())));
        json.set("created_by", Parents.author(source.index(), ids));
        json.set("last_edited_by", Parents.author(source.index() + 1, ids));
        json.put("last_edited_time", Times.minute(world.sourceEdited(source.index())));
        json.set("title", RichText.plain(sourceTitle(source)));
        json.set("description", RichText.plain(source.index() == 0 ? "Every type of property" : ""));
        json.put("is_inline", database.inline());
        ObjectNode properties = json.putObject("properties");
        for (Property property : schemas.of(source.index())) {
            ObjectNode column = properties
                    .putObject(property.name())
                    .put("id", property.id())
                    .put("name", property.name());
            if (property.name().equals("Amount")) {
                column.put("description", "In euros");
            } else {
                column.putNull("description");
            }
            column.put("type", property.type())
                    .set(property.type(), property.config().deepCopy());
        }
        json.set("parent", Parents.json(Ref.database(source.database()), ids, world.plan()));
        json.set("database_parent", Parents.json(database.parent(), ids, world.plan()));
        return json.put("url", Links.page(ids.of(Ref.database(source.database()))))
                .putNull("public_url")
                .put("in_trash", world.trashedDatabase(source.database()));
    }

    /** The columns of a data source. */
    List<Property> columns(int source) {
        return schemas.of(source);
    }

    String title(Plan.Source source) {
        return sourceTitle(source);
    }
}
