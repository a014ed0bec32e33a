package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The values of a row, whole: nothing is cut here (facts/notion-api.md §3.8). */
final class PropertyValues {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Rows of the first data source, by their offset, whose values are too long for a page object. */
    private static final int ROW_WITH_UNSHARED = 0;

    private static final int ROW_WITH_30_RELATIONS = 1;
    private static final int ROW_WITH_130_RELATIONS = 2;
    private static final int ROW_WITH_30_PEOPLE = 3;
    private static final int ROW_WITH_30_MENTIONS = 4;
    private static final int ROW_WITH_STYLED_TITLE = 5;

    private final World world;
    private final Plan plan;
    private final Ids ids;
    private final Schemas schemas;
    private final Titles titles;
    private final Users users;
    private final FileCatalogue files;

    PropertyValues(World world, Ids ids, Schemas schemas, Titles titles, Users users, FileCatalogue files) {
        this.world = world;
        this.plan = world.plan();
        this.ids = ids;
        this.schemas = schemas;
        this.titles = titles;
        this.users = users;
        this.files = files;
    }

    /** The data source that a row or a template belongs to, or -1 for a standalone page. */
    int source(int page) {
        Ref parent = world.parent(page);
        return parent.kind() == Kind.DATA_SOURCE ? parent.index() : -1;
    }

    List<Property> properties(int page) {
        int source = source(page);
        return source < 0
                ? List.of(new Property(0, "title", "title", "title", "title", JSON.objectNode()))
                : schemas.of(source);
    }

    String title(int page) {
        String edited = world.edits().page(page).title();
        return edited != null ? edited : world.template(page) ? "New entry" : titles.page(page);
    }

    /** A property of a page as its object shows it, but whole. */
    ObjectNode full(int page, Property property, FileLinks links) {
        ObjectNode json = JSON.objectNode().put("id", property.id()).put("type", property.type());
        JsonNode edited = world.edits().page(page).properties().get(property.name());
        json.set(property.type(), edited == null ? value(page, property, links) : edited.deepCopy());
        if (property.type().equals("relation")) {
            json.put("has_more", false);
        }
        return json;
    }

    private JsonNode value(int page, Property property, FileLinks links) {
        int source = source(page);
        Seed.Dice dice = plan.seed().dice(50, page, property.index());
        return switch (property.type()) {
            case "title" -> titleText(page);
            case "rich_text" -> notes(page, dice);
            case "number" -> dice.oneIn(6) ? JSON.nullNode() : JSON.numberNode(amount(page, property));
            case "select" -> dice.oneIn(5) ? JSON.nullNode() : option(source, property, Schemas.CHOICES, dice.below(4));
            case "status" -> option(source, property, Schemas.STATES, dice.below(3));
            case "multi_select" -> tags(source, property, dice);
            case "date" -> date(page, property);
            case "people" -> people(page, dice);
            case "files" -> storedFiles(page, property, dice, links);
            case "checkbox" -> JSON.booleanNode(dice.oneIn(2));
            case "url" -> optional("https://example.org/item?id=" + page + "&x=%20", dice);
            case "email" -> optional("row" + page + "@example.org", dice);
            case "phone_number" -> optional("+49 30 " + page, dice);
            case "relation" -> relation(page, property);
            case "rollup" -> rollup(page, property);
            case "formula" -> formula(page, property);
            case "created_time" -> JSON.textNode(Times.minute(world.created(page)));
            case "last_edited_time" -> JSON.textNode(Times.minute(world.edited(page)));
            case "created_by" -> users.full(page % 3);
            case "last_edited_by" -> users.full((page + 1) % 3);
            case "unique_id" -> uniqueId(page, property);
            case "button" -> JSON.objectNode();
            case "place" -> place(dice);
            case "verification" -> verification(dice);
            default -> throw new IllegalStateException("No values for properties of type " + property.type());
        };
    }

    private int offset(int page) {
        return plan.isRow(page) ? page - plan.sourceOfRow(page).firstRow() : 1_000 + page;
    }

    private boolean special(int page, int offset) {
        return source(page) == 0 && plan.isRow(page) && offset(page) == offset;
    }

    private ArrayNode titleText(int page) {
        String title = title(page);
        if (special(page, ROW_WITH_STYLED_TITLE) && world.edits().page(page).title() == null) {
            return RichText.of(
                    RichText.styled(title, "bold", "default"),
                    RichText.text(" for "),
                    RichText.mention("user", users.full(0), "@" + users.name(0), null));
        }
        return RichText.plain(title);
    }

    private ArrayNode notes(int page, Seed.Dice dice) {
        if (special(page, ROW_WITH_30_MENTIONS)) {
            ArrayNode notes = JSON.arrayNode();
            for (int i = 0; i < 30; i++) {
                int user = i % users.people();
                notes.add(RichText.mention("user", users.full(user), "@" + users.name(user), null));
            }
            return notes;
        }
        return dice.oneIn(4) ? JSON.arrayNode() : RichText.plain(Titles.sentence(dice));
    }

    private BigDecimal amount(int page, Property property) {
        Seed.Dice dice = plan.seed().dice(51, page, property.index());
        BigDecimal whole = BigDecimal.valueOf(dice.below(2_000) - 500L);
        return dice.oneIn(3) ? whole.add(new BigDecimal("0.25")) : whole;
    }

    private ObjectNode option(int source, Property property, List<String> names, int number) {
        return JSON.objectNode()
                .put("id", schemas.optionId(source, property.index(), number))
                .put("name", names.get(number))
                .put("color", Schemas.color(number));
    }

    private ArrayNode tags(int source, Property property, Seed.Dice dice) {
        ArrayNode tags = JSON.arrayNode();
        int first = dice.below(4);
        for (int i = 0; i < first; i++) {
            tags.add(option(source, property, Schemas.CHOICES, i));
        }
        return tags;
    }

    private JsonNode date(int page, Property property) {
        Seed.Dice dice = plan.seed().dice(52, page, property.index());
        String day = "2026-%02d-%02d".formatted(1 + dice.below(12), 1 + dice.below(28));
        ObjectNode date = JSON.objectNode();
        return switch (dice.below(5)) {
            case 0 -> JSON.nullNode();
            case 1 ->
                date.put("start", day + "T09:30:00.000+02:00").putNull("end").putNull("time_zone");
            case 2 -> date.put("start", day).put("end", "2027-01-31").putNull("time_zone");
            default -> date.put("start", day).putNull("end").putNull("time_zone");
        };
    }

    private ArrayNode people(int page, Seed.Dice dice) {
        int count = special(page, ROW_WITH_30_PEOPLE) ? Math.min(30, users.people()) : dice.below(3);
        ArrayNode people = JSON.arrayNode();
        int first = dice.below(users.people());
        for (int i = 0; i < count; i++) {
            people.add(users.full((first + i) % users.people()));
        }
        return people;
    }

    private ArrayNode storedFiles(int page, Property property, Seed.Dice dice, FileLinks links) {
        ArrayNode all = JSON.arrayNode();
        int kind = dice.below(12);
        if (kind == 0 || special(page, 0)) {
            StoredFile file = files.file(page, 50_000 + property.index(), StoredFile.Type.PDF, StoredFile.Size.SMALL);
            ObjectNode entry = all.addObject().put("name", file.name()).put("type", "file");
            links.put(entry.putObject("file"), file);
        }
        if (kind <= 1) {
            all.addObject()
                    .put("name", "image")
                    .put("type", "external")
                    .putObject("external")
                    .put("url", "https://media.example.org/" + page + ".png");
        }
        return all;
    }

    private JsonNode optional(String text, Seed.Dice dice) {
        return dice.oneIn(3) ? JSON.nullNode() : JSON.textNode(text);
    }

    private ArrayNode relation(int page, Property property) {
        ArrayNode relation = JSON.arrayNode();
        for (int related : related(page, property)) {
            relation.addObject().put("id", ids.of(Ref.page(related)));
        }
        return relation;
    }

    /** The pages that a relation names. The two sides of the dual relation agree. */
    private List<Integer> related(int page, Property property) {
        if (!plan.isRow(page)) {
            return List.of();
        }
        Plan.Source own = plan.sourceOfRow(page);
        List<Integer> related = new ArrayList<>();
        int offset = offset(page);
        switch (own.shape()) {
            case TASKS ->
                related.add(plan.sources().get(2).firstRow()
                        + projectOf(offset, plan.sources().get(2).rows()));
            case PROJECTS -> {
                Plan.Source tasks = plan.sources().get(1);
                for (int task = 0; task < tasks.rows(); task++) {
                    if (projectOf(task, own.rows()) == offset) {
                        related.add(tasks.firstRow() + task);
                    }
                }
            }
            default -> {
                int wanted = switch (offset) {
                    case ROW_WITH_30_RELATIONS -> 30;
                    case ROW_WITH_130_RELATIONS -> 130;
                    default -> plan.seed().below(4, 53, page, property.index());
                };
                for (int i = 1; i <= Math.min(wanted, own.rows() - 1); i++) {
                    related.add(own.firstRow() + (offset + i) % own.rows());
                }
                if (offset == ROW_WITH_UNSHARED) {
                    related.add(plan.unsharedPage(1));
                    if (plan.hasHidden() && own.index() == 0) {
                        related.add(plan.page(Plan.Secluded.RELATED));
                    }
                }
            }
        }
        return related;
    }

    /** Every third task belongs to the first project, so that its list is long. */
    private static int projectOf(int task, int projects) {
        return task % 3 == 0 ? 0 : task % projects;
    }

    private ObjectNode rollup(int page, Property property) {
        String function = property.config().get("function").asText();
        Property relation = schemas.named(
                source(page), property.config().get("relation_property_name").asText());
        List<Integer> related =
                related(page, relation).stream().filter(plan::isRow).toList();
        ObjectNode rollup = JSON.objectNode();
        switch (function) {
            case "count" -> rollup.put("type", "number").put("number", related.size());
            case "sum" -> {
                Property amount = schemas.named(source(page), "Amount");
                BigDecimal sum =
                        related.stream().map(row -> amount(row, amount)).reduce(BigDecimal.ZERO, BigDecimal::add);
                rollup.put("type", "number").set("number", JSON.numberNode(sum));
            }
            case "latest_date" ->
                rollup.put("type", "date")
                        .set(
                                "date",
                                related.isEmpty()
                                        ? JSON.nullNode()
                                        : date(related.get(0), schemas.named(source(page), "When")));
            case "show_original" -> {
                ArrayNode array = rollup.put("type", "array").putArray("array");
                related.forEach(row -> array.addObject().put("type", "title").set("title", RichText.plain(title(row))));
            }
            default -> throw new IllegalStateException("No rollup " + function);
        }
        return rollup.put("function", function);
    }

    private ObjectNode formula(int page, Property property) {
        int source = source(page);
        ObjectNode formula = JSON.objectNode();
        switch (property.name()) {
            case "Label" -> formula.put("type", "string").put("string", title(page));
            case "Twice" ->
                formula.put("type", "number")
                        .set(
                                "number",
                                JSON.numberNode(amount(page, schemas.named(source, "Amount"))
                                        .multiply(BigDecimal.valueOf(2))));
            case "Due" -> formula.put("type", "date").set("date", date(page, schemas.named(source, "When")));
            case "Big" ->
                formula.put("type", "boolean")
                        .put(
                                "boolean",
                                amount(page, schemas.named(source, "Amount")).compareTo(BigDecimal.valueOf(500)) > 0);
            default -> formula.put("type", "unsupported").putObject("unsupported");
        }
        return formula;
    }

    private ObjectNode uniqueId(int page, Property property) {
        ObjectNode id = JSON.objectNode();
        id.set("prefix", property.config().get("prefix"));
        return id.put("number", offset(page) + 1);
    }

    private static JsonNode place(Seed.Dice dice) {
        if (dice.oneIn(2)) {
            return JSON.nullNode();
        }
        return JSON.objectNode()
                .put("lat", new BigDecimal("52.52"))
                .put("lon", new BigDecimal("13.405"))
                .putNull("name")
                .put("address", "Street " + dice.below(200) + ", Berlin")
                .put("aws_place_id", "place-" + dice.below(1_000_000))
                .put("google_place_id", "place-" + dice.below(1_000_000));
    }

    private JsonNode verification(Seed.Dice dice) {
        return switch (dice.below(3)) {
            case 0 -> {
                ObjectNode verified = JSON.objectNode().put("state", "verified");
                verified.putObject("date")
                        .put("start", "2026-01-05T08:00:00.000Z")
                        .put("end", "2026-12-31T08:00:00.000Z")
                        .putNull("time_zone");
                verified.set("verified_by", users.full(0));
                yield verified;
            }
            case 1 ->
                JSON.objectNode().put("state", "unverified").putNull("date").putNull("verified_by");
            default -> JSON.nullNode();
        };
    }
}
