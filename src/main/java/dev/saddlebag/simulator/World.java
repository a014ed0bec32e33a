package dev.saddlebag.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The workspace as it stands now: the plan with the edits laid over it. */
final class World {
    private final Plan plan;
    private final Edits edits;
    private final Seed seed;

    /** What an edit made a database with. */
    record Made(String title, Instant at) {}

    private final Map<Integer, Made> made = new ConcurrentHashMap<>();
    private volatile List<Plan.Source> sources;
    private volatile List<Plan.Database> databases;

    World(Plan plan, Edits edits) {
        this.plan = plan;
        this.edits = edits;
        this.seed = plan.seed();
        this.sources = plan.sources();
        this.databases = plan.databases();
    }

    /** Every database, by its number. */
    List<Plan.Database> databases() {
        return databases;
    }

    Plan.Database database(int number) {
        return databases.get(number);
    }

    /** Every data source, by its number. */
    List<Plan.Source> sources() {
        return sources;
    }

    Plan.Source source(int number) {
        return sources.get(number);
    }

    /** Adds a database with one empty data source to a page. */
    synchronized Plan.Database addDatabase(int page, String title, Instant now) {
        int number = databases.size();
        var source = new Plan.Source(sources.size(), number, Plan.Shape.BARE, 0, 0);
        var database = new Plan.Database(number, Ref.page(page), List.of(source.index()), false, Plan.Link.NONE);
        made.put(number, new Made(title, now));
        // Whoever sees the database must see its data source.
        sources = Stream.concat(sources.stream(), Stream.of(source)).toList();
        databases = Stream.concat(databases.stream(), Stream.of(database)).toList();
        edits.count();
        return database;
    }

    Optional<Made> made(int database) {
        return Optional.ofNullable(made.get(database));
    }

    /** The title that the block of a database shows; a linked one is nearly always "Untitled" (§2.6). */
    String title(Plan.Database database) {
        int number = database.index();
        String generated = database.linked() ? "Untitled" : number % 5 == 4 ? "" : "Database " + number;
        return edits.title(number)
                .map(Edits.TitleEdit::title)
                .orElseGet(() -> made(number).map(Made::title).orElse(generated));
    }

    /** The title that an edit gave to a page, if one has. */
    Optional<String> editedTitle(int page) {
        Edits.AddedPage added = added(page);
        String title = edits.page(page).title();
        return Optional.ofNullable(title == null && added != null ? added.title() : title);
    }

    Plan plan() {
        return plan;
    }

    Edits edits() {
        return edits;
    }

    /** The number after the last page, extras and added ones included. */
    int count() {
        return plan.end() + edits.addedPages().size();
    }

    boolean exists(int page) {
        return page >= 0 && page < count();
    }

    private Edits.AddedPage added(int page) {
        return page < plan.end() ? null : edits.addedPages().get(page - plan.end());
    }

    Ref parent(int page) {
        Ref moved = edits.page(page).parent();
        if (moved != null) {
            return moved;
        }
        Edits.AddedPage added = added(page);
        return added == null ? plan.parent(page) : added.parent();
    }

    long created(int page) {
        Edits.AddedPage added = added(page);
        return added == null ? plan.created(page) : added.created();
    }

    long edited(int page) {
        Long edited = edits.page(page).edited();
        return edited == null ? generatedEdit(page) : edited;
    }

    /** When a page was last edited before any {@link Edits}; blocks that no edit touched have this time too. */
    long generatedEdit(int page) {
        Edits.AddedPage added = added(page);
        return added == null ? plan.edited(page) : added.created();
    }

    boolean template(int page) {
        return plan.extra(page) == Plan.Extra.TEMPLATE;
    }

    /** A page in the trash, or under a page or database that is there. */
    boolean trashed(int page) {
        for (int at = page; at >= 0; at = above(at)) {
            if (plan.extra(at) == Plan.Extra.TRASHED || edits.page(at).trashed()) {
                return true;
            }
            Ref parent = parent(at);
            if (parent.kind() == Kind.DATA_SOURCE && edits.anyDatabaseDeleted()) {
                if (trashedDatabase(source(parent.index()).database())) {
                    return true;
                }
            }
        }
        return false;
    }

    boolean trashedDatabase(int database) {
        Ref parent = database(database).parent();
        return edits.deleted(database)
                || switch (parent.kind()) {
                    case PAGE, BLOCK -> trashed(parent.index());
                    case DATABASE -> trashedDatabase(parent.index());
                    default -> false;
                };
    }

    /** Whether the connection may see a page: neither it nor a page above it was taken away. */
    boolean shared(int page) {
        for (int at = page; at >= 0; at = above(at)) {
            if (plan.extra(at) == Plan.Extra.UNSHARED || edits.page(at).unshared()) {
                return false;
            }
        }
        return true;
    }

    boolean sharedDatabase(int database) {
        Ref parent = database(database).parent();
        return switch (parent.kind()) {
            case PAGE, BLOCK -> shared(parent.index());
            case DATABASE -> sharedDatabase(parent.index());
            default -> true;
        };
    }

    /** The page above a page, whatever lies between them, or -1. */
    private int above(int page) {
        Ref parent = parent(page);
        return switch (parent.kind()) {
            case PAGE, BLOCK -> parent.index();
            case DATA_SOURCE -> aboveDatabase(source(parent.index()).database());
            default -> -1;
        };
    }

    private int aboveDatabase(int database) {
        Ref parent = database(database).parent();
        return switch (parent.kind()) {
            case PAGE, BLOCK -> parent.index();
            case DATABASE -> aboveDatabase(parent.index());
            default -> -1;
        };
    }

    boolean row(int page) {
        return parent(page).kind() == Kind.DATA_SOURCE && !template(page);
    }

    boolean archived(int page) {
        if (edits.page(page).archived()) {
            return true;
        }
        if (!plan.isRow(page)) {
            return false;
        }
        int offset = page - plan.sourceOfRow(page).firstRow();
        return offset > 10 && seed.below(25, 8, page, 0) == 0;
    }

    boolean locked(int page) {
        return seed.below(30, 9, page, 0) == 0;
    }

    /** A page that search never finds (facts/notion-api.md §2.3), besides those a {@link Behaviour} hides. */
    boolean missedBySearch(int page, int percent) {
        if (plan.hidden(page)) {
            return true;
        }
        if (plan.secluded(page) || parent(page).kind() == Kind.WORKSPACE) {
            return false;
        }
        return (page < plan.end() && seed.below(25, 10, page, 0) == 0) || seed.below(100, 11, page, 0) < percent;
    }

    /** The subpages that a page shows, in order: those of the plan that are still there, then what was moved here. */
    List<Integer> children(int page) {
        IntStream generated = IntStream.of(plan.children(page))
                .filter(child -> edits.page(child).parent() == null);
        return IntStream.concat(generated, movedOrAdded(Ref.page(page)))
                .filter(child -> !edits.page(child).trashed())
                .boxed()
                .toList();
    }

    /** The pages that edits put below a page or into a data source: those that were elsewhere, then the new ones. */
    private IntStream movedOrAdded(Ref parent) {
        int[] moved = edits.moved()
                .filter(page -> parent.equals(edits.page(page).parent()))
                .toArray();
        IntStream added = edits.addedTo(parent)
                .map(number -> plan.end() + number)
                .filter(page -> edits.page(page).parent() == null);
        return IntStream.concat(
                IntStream.of(moved).filter(page -> page < plan.end()),
                IntStream.concat(added, IntStream.of(moved).filter(page -> page >= plan.end()))
                        .sorted());
    }

    /** The databases, linked ones included, that lie in a page or one of its blocks and are not deleted. */
    List<Plan.Database> databasesIn(int page) {
        return databases().stream()
                .filter(database -> database.parent().kind() == Kind.PAGE
                        || database.parent().kind() == Kind.BLOCK)
                .filter(database -> database.parent().index() == page)
                .filter(database -> !edits.deleted(database.index()))
                .toList();
    }

    /** The data sources that stand among the rows of a wiki's (facts/notion-api.md §2.5). */
    IntStream sourcesIn(int source) {
        Ref database = Ref.database(source(source).database());
        return databases().stream()
                .filter(child -> child.parent().equals(database) && !trashedDatabase(child.index()))
                .flatMap(child -> child.sources().stream())
                .mapToInt(Integer::intValue);
    }

    /** When a database was made. */
    Instant databaseCreated(int database) {
        long millis = seed.below(1_000_000_000, 60, database, 0);
        return made(database).map(Made::at).orElse(Instant.ofEpochMilli(1_750_000_000_000L + millis));
    }

    Instant databaseEdited(int database) {
        Instant created = databaseCreated(database);
        return edits.title(database)
                .map(Edits.TitleEdit::at)
                .orElse(made(database).isPresent() ? created : created.plusSeconds(86_400));
    }

    long sourceCreated(int source) {
        return Times.minuteOf(databaseCreated(source(source).database()));
    }

    /** When the schema of a data source was last edited, in minutes since 1970; its rows do not move it (§6.1). */
    long sourceEdited(int source) {
        long created = sourceCreated(source);
        boolean generated = made(source(source).database()).isEmpty();
        return edits.sourceEdited(source).orElse(generated ? created + 1_440 + source : created);
    }

    /** The rows of a data source that are not in the trash, archived ones included. */
    IntStream rows(int source) {
        Plan.Source planned = source(source);
        IntStream generated = IntStream.range(planned.firstRow(), planned.firstRow() + planned.rows())
                .filter(row -> edits.page(row).parent() == null);
        return IntStream.concat(generated, movedOrAdded(Ref.source(source))).filter(row -> !trashed(row));
    }
}
