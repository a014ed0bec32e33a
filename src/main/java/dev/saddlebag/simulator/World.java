package dev.saddlebag.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The workspace as it stands now: the plan with the edits laid over it. */
final class World {
    private final Plan plan;
    private final Edits edits;
    private final Seed seed;

    World(Plan plan, Edits edits) {
        this.plan = plan;
        this.edits = edits;
        this.seed = plan.seed();
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
                if (trashedDatabase(plan.sources().get(parent.index()).database())) {
                    return true;
                }
            }
        }
        return false;
    }

    boolean trashedDatabase(int database) {
        Ref parent = plan.databases().get(database).parent();
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
        Ref parent = plan.databases().get(database).parent();
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
            case DATA_SOURCE -> aboveDatabase(plan.sources().get(parent.index()).database());
            default -> -1;
        };
    }

    private int aboveDatabase(int database) {
        Ref parent = plan.databases().get(database).parent();
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
        List<Integer> children = new ArrayList<>();
        for (int child : plan.children(page)) {
            if (edits.page(child).parent() == null && !edits.page(child).trashed()) {
                children.add(child);
            }
        }
        edits.pages().entrySet().stream()
                .filter(edit -> edit.getKey() < plan.end()
                        && Ref.page(page).equals(edit.getValue().parent()))
                .filter(edit -> !edit.getValue().trashed())
                .map(Map.Entry::getKey)
                .sorted()
                .forEach(children::add);
        for (int number = plan.end(); number < count(); number++) {
            if (Ref.page(page).equals(parent(number)) && !edits.page(number).trashed()) {
                children.add(number);
            }
        }
        return children;
    }

    /** The databases, linked ones included, that lie in a page or one of its blocks and are not deleted. */
    List<Plan.Database> databasesIn(int page) {
        return plan.databases().stream()
                .filter(database -> database.parent().kind() == Kind.PAGE
                        || database.parent().kind() == Kind.BLOCK)
                .filter(database -> database.parent().index() == page)
                .filter(database -> !edits.deleted(database.index()))
                .toList();
    }

    /** The data sources that stand among the rows of a wiki's (facts/notion-api.md §2.5). */
    IntStream sourcesIn(int source) {
        Ref database = Ref.database(plan.sources().get(source).database());
        return plan.databases().stream()
                .filter(child -> child.parent().equals(database) && !trashedDatabase(child.index()))
                .flatMap(child -> child.sources().stream())
                .mapToInt(Integer::intValue);
    }

    /** When a database was made. */
    Instant databaseCreated(int database) {
        long millis = seed.below(1_000_000_000, 60, database, 0);
        return Instant.ofEpochMilli(1_750_000_000_000L + millis);
    }

    long sourceCreated(int source) {
        return Times.minuteOf(databaseCreated(plan.sources().get(source).database()));
    }

    /** When the schema of a data source was last edited, in minutes since 1970; its rows do not move it (§6.1). */
    long sourceEdited(int source) {
        return sourceCreated(source) + 1_440 + source;
    }

    /** The rows of a data source that are not in the trash, archived ones included. */
    IntStream rows(int source) {
        Plan.Source planned = plan.sources().get(source);
        Ref parent = Ref.source(source);
        IntStream generated = IntStream.range(planned.firstRow(), planned.firstRow() + planned.rows())
                .filter(row -> edits.page(row).parent() == null);
        IntStream moved = edits.pages().entrySet().stream()
                .filter(edit -> edit.getKey() < plan.end()
                        && parent.equals(edit.getValue().parent()))
                .mapToInt(Map.Entry::getKey)
                .sorted();
        IntStream added =
                IntStream.range(plan.end(), count()).filter(row -> parent(row).equals(parent));
        return IntStream.concat(generated, IntStream.concat(moved, added)).filter(row -> !trashed(row));
    }
}
