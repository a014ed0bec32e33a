package dev.saddlebag.gate;

import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The pages and databases of a snapshot beside those of the last accepted one. Both come in one order and are merged as they
 * come: in memory is what is gone, and a few numbers for each database and each page at the top.
 */
final class Comparison {
    private static final int EXAMPLES = 10;
    private static final int DEEPEST = 10_000;

    /** Notion leaves one empty paragraph where somebody deletes all text. */
    private static final long ALMOST_NOTHING = 1;

    private static final long SOMETHING = 5;

    private final boolean contents;
    private final Map<String, Part> databases = new HashMap<>();
    private final Map<String, Part> tops = new HashMap<>();
    private final Map<String, Item> gone = new HashMap<>();
    private final List<Item> order = new ArrayList<>();
    private final Largest<Item> changedMost = new Largest<>(EXAMPLES);
    private final Largest<Item> emptiedMost = new Largest<>(EXAMPLES);
    private final Largest<Item> goneMost = new Largest<>(EXAMPLES);
    private final Loss gonePages = new Loss();
    private final Loss goneRows = new Loss();
    private final Loss goneDatabases = new Loss();
    private long pagesBefore;
    private long databasesBefore;
    private long rowsBefore;
    private long rowsNow;
    private long comparable;
    private long changed;
    private long filled;
    private long emptied;

    private Comparison(boolean contents) {
        this.contents = contents;
    }

    /**
     * Compares two snapshots.
     *
     * @param before gives the items of the last accepted one
     * @param now gives the items of this one; both in the order {@link Item#ORDER}
     * @param contents whether both tell what is in a page in the same way
     * @param fates what is known of what is gone, from its id
     */
    static Comparison of(BaselineFile.Items before, Inventory now, boolean contents, Function<ObjectRef, Fate> fates)
            throws IOException {
        Comparison comparison = new Comparison(contents);
        Item[] next = {before.next()};
        now.forEach(item -> {
            while (next[0] != null && Item.ORDER.compare(next[0].object(), item.object()) < 0) {
                comparison.gone(next[0]);
                next[0] = before.next();
            }
            if (next[0] != null && next[0].object().equals(item.object())) {
                comparison.both(next[0], item);
                next[0] = before.next();
            }
            comparison.now(item);
        });
        for (; next[0] != null; next[0] = before.next()) {
            comparison.gone(next[0]);
        }
        comparison.settle(fates);
        return comparison;
    }

    private void before(Item item) {
        if (item.object().kind() == Kind.DATABASE) {
            databasesBefore++;
        } else {
            pagesBefore++;
        }
        if (item.database() != null) {
            rowsBefore++;
            database(item.database()).before();
        }
        if (item.top() != null && item.object().kind() == Kind.PAGE) {
            top(item.top()).before();
        }
    }

    private void now(Item item) {
        if (item.database() != null) {
            rowsNow++;
            database(item.database()).now();
        }
        if (item.top() != null && item.object().kind() == Kind.PAGE) {
            top(item.top()).now();
        }
    }

    private void gone(Item item) {
        before(item);
        know(item, true);
        gone.put(item.object().id(), item);
        order.add(item);
    }

    private void both(Item before, Item now) {
        before(before);
        know(before, false);
        if (now.object().kind() != Kind.PAGE || !contents) {
            return;
        }
        if (before.mark() != null && now.mark() != null) {
            comparable++;
            if (!before.mark().equals(now.mark())) {
                changed++;
                changedMost.add(now, now.blocks());
            }
        }
        if (before.blocks() > 0) {
            filled++;
            if (now.blocks() == 0 || (now.blocks() <= ALMOST_NOTHING && before.blocks() >= SOMETHING)) {
                emptied++;
                emptiedMost.add(now, before.blocks());
            }
        }
    }

    private void know(Item item, boolean isGone) {
        if (item.object().kind() == Kind.DATABASE) {
            database(item.object().id()).is(item, isGone);
        } else if (item.top() == null) {
            top(item.object().id()).is(item, isGone);
        }
    }

    private Part database(String id) {
        return databases.computeIfAbsent(id, Part::new);
    }

    private Part top(String id) {
        return tops.computeIfAbsent(id, Part::new);
    }

    private void settle(Function<ObjectRef, Fate> fates) {
        Map<String, Fate> known = new HashMap<>();
        for (Item item : order) {
            Fate fate = fate(item, fates, known);
            if (item.object().kind() == Kind.DATABASE) {
                database(item.object().id()).fate(fate);
                goneDatabases.add(item, database(item.object().id()).hadBefore(), fate);
                continue;
            }
            long size = item.blocks();
            if (item.top() == null) {
                Part top = top(item.object().id());
                top.fate(fate);
                size += top.hadBefore();
            }
            gonePages.add(item, size, fate);
            goneMost.add(item, size);
            if (item.database() != null) {
                goneRows.add(item, item.blocks(), fate);
                database(item.database()).loss().add(item, item.blocks(), fate);
            }
            if (item.top() != null) {
                top(item.top()).loss().add(item, item.blocks(), fate);
            }
        }
        gone.clear();
    }

    /** Whatever holds it is asked too: the trash names the page that was deleted, not all that went with it. */
    private Fate fate(Item item, Function<ObjectRef, Fate> fates, Map<String, Fate> known) {
        List<Item> way = new ArrayList<>();
        Fate found = Fate.NOT_VISIBLE;
        for (Item at = item;
                at != null && way.size() < DEEPEST;
                at = at.parent() == null ? null : gone.get(at.parent())) {
            Fate before = known.get(at.object().id());
            found = before == null ? fates.apply(at.object()) : before;
            way.add(at);
            if (before != null || found.isKnown()) {
                break;
            }
        }
        for (Item at : way) {
            known.put(at.object().id(), found);
        }
        return found;
    }

    /** Whether contents were compared, not only what there is. */
    boolean hasContents() {
        return contents;
    }

    /** The databases of both snapshots, in the order of their ids. */
    List<Part> databases() {
        return sorted(databases);
    }

    /** The pages at the top of the workspace in both snapshots, in the order of their ids. */
    List<Part> tops() {
        return sorted(tops);
    }

    /** Those of which the last accepted snapshot has the database or page itself. */
    private static List<Part> sorted(Map<String, Part> parts) {
        return parts.values().stream()
                .filter(part -> part.item() != null)
                .sorted(Comparator.comparing(Part::id))
                .toList();
    }

    Loss gonePages() {
        return gonePages;
    }

    Loss goneDatabases() {
        return goneDatabases;
    }

    Loss goneRows() {
        return goneRows;
    }

    /** The pages with the most content among those that are gone. */
    List<Item> goneMost() {
        return goneMost.all();
    }

    long pagesBefore() {
        return pagesBefore;
    }

    long databasesBefore() {
        return databasesBefore;
    }

    long rowsBefore() {
        return rowsBefore;
    }

    long rowsNow() {
        return rowsNow;
    }

    /** Pages of which both snapshots tell when or how they were edited. */
    long comparable() {
        return comparable;
    }

    /** Those of {@link #comparable} that were edited. */
    long changed() {
        return changed;
    }

    List<Item> changedMost() {
        return changedMost.all();
    }

    /** Pages in both snapshots that had content. */
    long filled() {
        return filled;
    }

    /** Those of {@link #filled} that have none now. */
    long emptied() {
        return emptied;
    }

    List<Item> emptiedMost() {
        return emptiedMost.all();
    }
}
