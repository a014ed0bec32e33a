package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The columns of every data source (facts/notion-api.md §3.9). */
final class Schemas {
    static final List<String> CHOICES = List.of("Alpha", "Beta", "Gamma / delta", "\"Quoted\"");
    static final List<String> STATES = List.of("Not started", "In progress", "Done");
    private static final List<String> COLORS = List.of("default", "green", "red", "blue", "pink");
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** Characters that are not left alone in a URL; every second id has one. */
    private static final String SPECIAL = "]<?:;@{}|^`\\>[%";

    private static final int FIRST_ADDED = 1_000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final World world;
    private final Seed seed;
    private final Ids ids;
    private final Map<Integer, List<Property>> known = new ConcurrentHashMap<>();

    Schemas(World world, Ids ids) {
        this.world = world;
        this.seed = world.plan().seed();
        this.ids = ids;
    }

    /** The columns of a data source in the order in which Notion lists them: by id, the title last. */
    List<Property> of(int source) {
        List<Property> generated = known.computeIfAbsent(source, this::build);
        List<String> added = world.edits().columns(source);
        if (added.isEmpty()) {
            return generated;
        }
        List<Property> all = new ArrayList<>(generated);
        for (int number = 0; number < added.size(); number++) {
            all.add(added(number, added.get(number)));
        }
        return sorted(all);
    }

    /** A column that an edit added. No generated id begins as its id does. */
    private static Property added(int number, String name) {
        String id = "_%03d".formatted(number);
        return new Property(FIRST_ADDED + number, name, id, id, "rich_text", JSON.objectNode());
    }

    /** In no row, a column that an edit added has a value before another edit gives it one. */
    static boolean added(Property property) {
        return property.index() >= FIRST_ADDED;
    }

    private static List<Property> sorted(List<Property> columns) {
        return columns.stream()
                .sorted(Comparator.comparing((Property column) -> column.type().equals("title"))
                        .thenComparing(Property::rawId))
                .toList();
    }

    boolean has(int source, String name) {
        return of(source).stream().anyMatch(property -> property.name().equals(name));
    }

    Property named(int source, String name) {
        return of(source).stream()
                .filter(property -> property.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    String optionId(int source, int property, int option) {
        return ids.of(Kind.OPTION, source, property * 100 + option);
    }

    static String color(int option) {
        return COLORS.get(option % COLORS.size());
    }

    private List<Property> build(int source) {
        var columns = new Columns(source);
        switch (world.source(source).shape()) {
            case EVERYTHING -> everything(columns);
            case TASKS -> tasks(columns);
            case PROJECTS -> projects(columns);
            case WIKI -> wiki(columns);
            case CATALOGUE -> catalogue(columns);
            case BARE -> columns.add("Name", "title", JSON.objectNode());
        }
        return sorted(columns.columns);
    }

    private void everything(Columns columns) {
        columns.add("Name", "title", JSON.objectNode());
        columns.add("Notes", "rich_text", JSON.objectNode());
        columns.add("Amount", "number", JSON.objectNode().put("format", "euro"));
        columns.options("Choice", "select", CHOICES);
        columns.options("Tags", "multi_select", CHOICES);
        columns.status("State");
        columns.plain("date", "When");
        columns.plain("people", "Who");
        columns.plain("files", "Files");
        columns.plain("checkbox", "Done?");
        columns.plain("url", "Site");
        columns.plain("email", "Mail");
        columns.plain("phone_number", "Phone");
        columns.relation("Related", columns.source, null, null);
        columns.rollup("Count", "Related", "Name", "title", "count");
        columns.rollup("Names", "Related", "Name", "title", "show_original");
        columns.rollup("Total", "Related", "Amount", null, "sum");
        columns.rollup("Latest", "Related", "When", null, "latest_date");
        columns.formula("Label", "format(%s)", "Name");
        columns.formula("Twice", "%s * 2", "Amount");
        columns.formula("Due", "dateAdd(%s, 1, \"days\")", "When");
        columns.formula("Big", "%s > 500", "Amount");
        columns.formula("Too much", "%s.map(current)", "Related");
        columns.plain("created_time", "Created");
        columns.plain("created_by", "Author");
        columns.plain("last_edited_time", "Edited");
        columns.plain("last_edited_by", "Editor");
        columns.add("ID", "unique_id", JSON.objectNode().put("prefix", "ROW"));
        columns.plain("button", "Act");
        columns.plain("place", "Where");
    }

    private void tasks(Columns columns) {
        columns.add("Task", "title", JSON.objectNode());
        columns.status("State");
        columns.plain("people", "Assignee");
        columns.plain("date", "Due");
        columns.add("Points", "number", JSON.objectNode().put("format", "number"));
        columns.relation("Project", 2, "Tasks", id(2, 1));
    }

    private void projects(Columns columns) {
        columns.add("Project", "title", JSON.objectNode());
        columns.relation("Tasks", 1, "Project", id(1, 5));
        columns.rollup("Tasks in all", "Tasks", "Task", "title", "count");
        columns.plain("files", "Documents");
        columns.add("No.", "unique_id", JSON.objectNode().putNull("prefix"));
    }

    private void wiki(Columns columns) {
        columns.add("Page", "title", JSON.objectNode());
        columns.addAs("verification_owner", "Owner", "people");
        columns.addAs("verification", "Verification", "verification");
        columns.options("Tags", "multi_select", CHOICES);
        columns.plain("last_edited_time", "Last edited time");
    }

    private void catalogue(Columns columns) {
        columns.add("Name", "title", JSON.objectNode());
        columns.add("Price", "number", JSON.objectNode().put("format", "dollar"));
        columns.options("Kind", "select", CHOICES);
        columns.plain("url", "Link");
        columns.plain("checkbox", "In stock");
        columns.plain("files", "Photo");
    }

    /** The raw id of the column number {@code index}: four characters, different for every column of a source. */
    private String id(int source, int index) {
        Seed.Dice dice = seed.dice(70, source, index);
        char first = LETTERS.charAt(index);
        char last = index % 2 == 1 ? SPECIAL.charAt(dice.below(SPECIAL.length())) : LETTERS.charAt(dice.below(52));
        return "" + first + LETTERS.charAt(dice.below(52)) + LETTERS.charAt(dice.below(52)) + last;
    }

    private final class Columns {
        private final int source;
        private final List<Property> columns = new ArrayList<>();

        private Columns(int source) {
            this.source = source;
        }

        private void add(String name, String type, ObjectNode config) {
            String raw = type.equals("title") ? "title" : id(source, columns.size());
            columns.add(new Property(columns.size(), name, raw, FileCatalogue.encode(raw), type, config));
        }

        private void addAs(String id, String name, String type) {
            columns.add(new Property(columns.size(), name, id, id, type, JSON.objectNode()));
        }

        private void plain(String type, String name) {
            add(name, type, JSON.objectNode());
        }

        private ArrayNode optionList(List<String> names) {
            ArrayNode options = JSON.arrayNode();
            for (int i = 0; i < names.size(); i++) {
                options.addObject()
                        .put("id", optionId(source, columns.size(), i))
                        .put("name", names.get(i))
                        .put("color", color(i))
                        .putNull("description");
            }
            return options;
        }

        private void options(String name, String type, List<String> names) {
            ObjectNode config = JSON.objectNode();
            config.set("options", optionList(names));
            add(name, type, config);
        }

        private void status(String name) {
            ObjectNode config = JSON.objectNode();
            config.set("options", optionList(STATES));
            ArrayNode groups = config.putArray("groups");
            List<String> names = List.of("To-do", "In progress", "Complete");
            for (int i = 0; i < names.size(); i++) {
                groups.addObject()
                        .put("id", optionId(source, columns.size(), 50 + i))
                        .put("name", names.get(i))
                        .put("color", color(i))
                        .putArray("option_ids")
                        .add(optionId(source, columns.size(), i));
            }
            add(name, "status", config);
        }

        /** @param opposite the name of the other side of a dual relation, or null */
        private void relation(String name, int target, String opposite, String rawOppositeId) {
            int database = world.source(target).database();
            ObjectNode config = JSON.objectNode()
                    .put("database_id", ids.of(Ref.database(database)))
                    .put("data_source_id", ids.of(Ref.source(target)));
            if (opposite == null) {
                config.put("type", "single_property").putObject("single_property");
            } else {
                config.put("type", "dual_property")
                        .putObject("dual_property")
                        .put("synced_property_name", opposite)
                        .put("synced_property_id", FileCatalogue.encode(rawOppositeId));
            }
            add(name, "relation", config);
        }

        private void rollup(String name, String relation, String target, String targetId, String function) {
            add(
                    name,
                    "rollup",
                    JSON.objectNode()
                            .put("rollup_property_name", target)
                            .put("relation_property_name", relation)
                            .put("rollup_property_id", targetId == null ? raw(target) : targetId)
                            .put("relation_property_id", raw(relation))
                            .put("function", function));
        }

        private void formula(String name, String expression, String operand) {
            String reference = "{{notion:block_property:" + raw(operand) + ":" + ids.of(Ref.source(source)) + ":"
                    + ids.of(Ref.workspace()) + "}}";
            add(name, "formula", JSON.objectNode().put("expression", expression.replace("%s", reference)));
        }

        private String raw(String name) {
            return columns.stream()
                    .filter(column -> column.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .rawId();
        }
    }
}
