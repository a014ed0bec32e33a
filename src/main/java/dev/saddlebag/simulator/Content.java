package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The parts that together know all of one sample workspace. */
final class Content {
    private final Ids ids;
    private final World world;
    private final Users users;
    private final FileCatalogue files;
    private final ExternalFiles external;
    private final Schemas schemas;
    private final Icons icons;
    private final BlockTrees blocks;
    private final Pages pages;
    private final Databases databases;
    private final Views views;
    private final Comments comments;

    Content(Seed seed, int size) {
        this.ids = new Ids(seed);
        var plan = new Plan(seed, size);
        this.world = new World(plan, new Edits());
        this.users = new Users(ids, size);
        this.files = new FileCatalogue(seed, ids);
        this.external = new ExternalFiles(files);
        this.icons = new Icons(seed, ids, files);
        var titles = new Titles(seed, plan);
        this.schemas = new Schemas(world, ids);
        this.blocks = new BlockTrees(world, ids, titles, files, users, icons);
        this.pages = new Pages(world, ids, new PropertyValues(world, ids, schemas, titles, users, files), icons);
        this.databases = new Databases(world, ids, schemas, icons);
        this.views = new Views(world, ids);
        this.comments = new Comments(world, ids, users, files);
    }

    Ids ids() {
        return ids;
    }

    World world() {
        return world;
    }

    Plan plan() {
        return world.plan();
    }

    Users users() {
        return users;
    }

    FileCatalogue files() {
        return files;
    }

    ExternalFiles external() {
        return external;
    }

    Schemas schemas() {
        return schemas;
    }

    Icons icons() {
        return icons;
    }

    BlockTrees blocks() {
        return blocks;
    }

    Pages pages() {
        return pages;
    }

    Databases databases() {
        return databases;
    }

    Views views() {
        return views;
    }

    Comments comments() {
        return comments;
    }

    /** The templates of a data source as the templates endpoint lists them; each id is that of a page. */
    List<ObjectNode> templates(Plan.Source source) {
        List<ObjectNode> templates = new ArrayList<>();
        for (int page : world.plan().templates(source.index())) {
            templates.add(JsonNodeFactory.instance
                    .objectNode()
                    .put("id", ids.of(Ref.page(page)))
                    .put("name", pages.title(page))
                    .put("is_default", templates.isEmpty()));
        }
        return templates;
    }
}
