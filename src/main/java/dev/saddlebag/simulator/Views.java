package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The views of databases (facts/notion-api.md §2.6). */
final class Views {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> FIRST_DATABASE =
            List.of("table", "board", "calendar", "gallery", "list", "timeline", "feed", "dashboard");
    private static final int DASHBOARD = FIRST_DATABASE.indexOf("dashboard");

    /** The view that the dashboard of the first database shows, and that no list has. */
    private static final int WIDGET = FIRST_DATABASE.size();

    private final World world;
    private final Ids ids;

    Views(World world, Ids ids) {
        this.world = world;
        this.ids = ids;
    }

    private static List<String> types(Plan.Database database) {
        return database.index() == 0 ? FIRST_DATABASE : database.linked() ? List.of("table") : List.of("table", "list");
    }

    /** The views of a database, in the order of its tabs. */
    List<Ref> of(Plan.Database database) {
        List<Ref> views = new ArrayList<>();
        for (int number = 0; number < types(database).size(); number++) {
            views.add(new Ref(Kind.VIEW, database.index(), number));
        }
        return views;
    }

    /** The views of a database with those that only a dashboard names. */
    List<Ref> allOf(Plan.Database database) {
        List<Ref> views = of(database);
        if (database.index() == 0) {
            views.add(new Ref(Kind.VIEW, 0, WIDGET));
        }
        return views;
    }

    /** The views that show a data source, those of linked databases on shared pages included. */
    List<Ref> showing(Plan.Source source) {
        return world.plan().databases().stream()
                .filter(database -> database.sources().contains(source.index()))
                .filter(database -> world.sharedDatabase(database.index()))
                .flatMap(database -> of(database).stream())
                .filter(view -> !type(view).equals("dashboard"))
                .toList();
    }

    boolean exists(Ref view) {
        return view.kind() == Kind.VIEW
                && view.index() < world.plan().databases().size()
                && allOf(world.plan().databases().get(view.index())).contains(view);
    }

    String type(Ref view) {
        return widget(view)
                ? "table"
                : types(world.plan().databases().get(view.index())).get(view.sub());
    }

    private static boolean widget(Ref view) {
        return view.index() == 0 && view.sub() == WIDGET;
    }

    ObjectNode json(Ref view) {
        Plan.Database database = world.plan().databases().get(view.index());
        String type = type(view);
        ObjectNode json = JSON.objectNode().put("object", "view").put("id", ids.of(view));
        json.set("parent", Parents.json(Ref.database(database.index()), ids, world.plan()));
        json.put(
                "data_source_id",
                type.equals("dashboard")
                        ? null
                        : ids.of(Ref.source(database.sources().get(0))));
        if (widget(view)) {
            json.put("dashboard_view_id", ids.of(new Ref(Kind.VIEW, 0, DASHBOARD)));
        }
        json.put("name", view.sub() == 0 ? "Default view" : "View " + view.sub())
                .put("type", type);
        json.putNull("filter").putNull("sorts").putNull("quick_filters");
        ObjectNode configuration = json.putObject("configuration").put("type", type);
        if (type.equals("dashboard")) {
            configuration
                    .putArray("rows")
                    .addObject()
                    .putArray("widgets")
                    .addObject()
                    .put("view_id", ids.of(new Ref(Kind.VIEW, 0, WIDGET)));
        } else {
            configuration
                    .putArray("properties")
                    .addObject()
                    .put("property_id", "title")
                    .put("visible", true)
                    .put("width", 300);
        }
        Instant created = Instant.ofEpochMilli(1_760_000_000_123L + view.index() * 1_000L + view.sub());
        return json.put("created_time", Times.millisecond(created))
                .put(
                        "url",
                        Links.page(ids.of(Ref.database(database.index()))) + "?v="
                                + ids.of(view).replace("-", ""));
    }
}
