package dev.saddlebag.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where every page of the sample workspace lies, before any edit. Pages are numbered: first the standalone pages, then
 * the rows, one data source after the other, then the {@link Secluded} pages, then the extras that a backup must not hold
 * or not as ordinary pages (not shared, trashed, templates). Only the tree of the standalone pages is kept, as arrays of
 * numbers.
 */
final class Plan {
    static final int HOME = 0;
    static final int SHOWCASE = 1;
    static final int HANDBOOK = 2;
    static final int LONG = 3;
    static final int DEEP = 4;
    static final int GALLERY = 5;
    private static final int CHAIN_FROM = 6;
    private static final int CHAIN_LENGTH = 8;

    /** A workspace of so many pages has room for what is rare. */
    static final int ENOUGH = 20;

    private static final int HIDDEN_ROWS = 3;
    private static final int ROWS_IN_WIKI = 2;
    private static final int WIKI = 2;

    /** 2025-01-01. */
    private static final long FIRST_MINUTE = 1_735_689_600L / 60;

    /** 2026-10-31. Nothing of the sample is younger. */
    static final long LAST_MINUTE = 1_793_404_800L / 60;

    /** What the columns of a data source are about. */
    enum Shape {
        EVERYTHING,
        TASKS,
        PROJECTS,
        WIKI,
        CATALOGUE,
        BARE
    }

    /** Why Notion does not give a linked database: the two answers that users have seen (facts/notion-api.md §7). */
    enum Link {
        NONE,
        NO_DATA_SOURCES,
        NOT_FOUND
    }

    /**
     * @param parent the page, or the block of a page, in which the database lies, or the workspace
     * @param sources the numbers of its data sources; of a linked database, the one that it shows
     */
    record Database(int index, Ref parent, List<Integer> sources, boolean inline, Link link) {
        boolean linked() {
            return link != Link.NONE;
        }
    }

    record Source(int index, int database, Shape shape, int firstRow, int rows) {}

    /**
     * Pages that no other page, no row and no list of a larger workspace shows, though they are shared. Search does not
     * know the hidden ones; one reference of one kind leads to each of them.
     */
    enum Secluded {
        MENTIONED(true),
        LINKED(true),
        RELATED(true),
        /** Holds the original of a synced block that has a copy elsewhere. */
        WITH_ORIGINAL(true),
        PARENT(true),
        CHILD_OF_PARENT(false),
        /** Belongs to a custom agent; search shows it. */
        OF_AGENT(false);

        private final boolean hidden;

        Secluded(boolean hidden) {
            this.hidden = hidden;
        }
    }

    private static final List<Secluded> SECLUDED = List.of(Secluded.values());

    enum Extra {
        UNSHARED,
        TRASHED,
        TEMPLATE
    }

    private final Seed seed;
    private final int pages;
    private final int secluded;
    private final int standalone;
    private final int[] parents;
    private final int[] childStart;
    private final int[] childList;
    private final List<Database> databases = new ArrayList<>();
    private final List<Source> sources = new ArrayList<>();
    private final int unshared;
    private final int trashed;
    private final int templates;

    Plan(Seed seed, int pages) {
        if (pages < 5) {
            throw new IllegalArgumentException("A sample workspace has at least 5 pages, not " + pages + ".");
        }
        this.seed = seed;
        this.pages = pages;
        this.secluded = pages >= ENOUGH ? SECLUDED.size() : 0;
        this.standalone = Math.max(3, (pages - secluded) * 2 / 5);
        this.parents = new int[standalone];
        for (int page = 0; page < standalone; page++) {
            parents[page] = parentPage(page);
        }
        this.childStart = new int[standalone + 1];
        this.childList = new int[standalone];
        sortChildren();
        planDatabases();
        this.unshared = pages >= ENOUGH ? 3 : 1;
        this.trashed = pages >= ENOUGH ? 4 : 1;
        this.templates = sources.size() + 1;
    }

    /** The page above a standalone page, or -1 for a page at the top. */
    private int parentPage(int page) {
        if (page == HOME || page == HANDBOOK) {
            return -1;
        }
        if (page == SHOWCASE || page == GALLERY) {
            return HOME;
        }
        if (page == LONG || page == DEEP) {
            return HANDBOOK;
        }
        if (hasChain() && page > CHAIN_FROM && page < CHAIN_FROM + CHAIN_LENGTH) {
            return page - 1;
        }
        if (hasAwkwardTitles() && page >= Titles.AWKWARD_FROM && page < Titles.AWKWARD_FROM + Titles.AWKWARD.size()) {
            return HANDBOOK;
        }
        if (seed.below(200, 2, page, 0) == 0) {
            return -1;
        }
        int candidate = seed.below(page, 2, page, 1);
        return candidate == LONG || candidate == GALLERY ? HOME : candidate;
    }

    private boolean hasChain() {
        return standalone >= 30;
    }

    boolean hasAwkwardTitles() {
        return standalone >= Titles.AWKWARD_FROM + Titles.AWKWARD.size();
    }

    private void sortChildren() {
        for (int parent : parents) {
            if (parent >= 0) {
                childStart[parent + 1]++;
            }
        }
        for (int page = 0; page < standalone; page++) {
            childStart[page + 1] += childStart[page];
        }
        int[] next = childStart.clone();
        for (int page = 0; page < standalone; page++) {
            if (parents[page] >= 0) {
                childList[next[parents[page]]++] = page;
            }
        }
    }

    private void planDatabases() {
        int hiddenRows = pages >= ENOUGH ? HIDDEN_ROWS + ROWS_IN_WIKI : 0;
        int rows = endOfRows() - standalone - hiddenRows;
        int count = pages >= 200 ? 12 + pages / 4000 : pages >= ENOUGH ? 4 : 1;
        int sourceCount = count == 1 ? 1 : count + 1;
        int row = standalone;
        int source = 0;
        for (int database = 0; database < count; database++) {
            List<Integer> own = new ArrayList<>();
            int ownSources = database == 1 ? 2 : 1;
            for (int i = 0; i < ownSources; i++) {
                int left = standalone + rows - row;
                int share = source == sourceCount - 1
                        ? left
                        : Math.min(left, Math.max(1, source == 0 ? rows * 2 / 5 : left / (sourceCount - source)));
                sources.add(new Source(source, database, shape(source), row, share));
                own.add(source);
                row += share;
                source++;
            }
            databases.add(
                    new Database(database, databaseParent(database), List.copyOf(own), database % 2 == 0, Link.NONE));
        }
        if (pages >= ENOUGH) {
            databases.add(new Database(count, Ref.page(HOME), List.of(0), true, Link.NO_DATA_SOURCES));
            databases.add(new Database(count + 1, Ref.page(HANDBOOK), List.of(1), true, Link.NOT_FOUND));
            // Those that search does not know are the last ones, so that their rows are the last rows.
            databases.add(new Database(count + 2, Ref.database(WIKI), List.of(source), false, Link.NONE));
            sources.add(new Source(source, count + 2, Shape.CATALOGUE, row, ROWS_IN_WIKI));
            databases.add(new Database(count + 3, Ref.workspace(), List.of(source + 1), false, Link.NONE));
            sources.add(new Source(source + 1, count + 3, Shape.CATALOGUE, row + ROWS_IN_WIKI, HIDDEN_ROWS));
        }
    }

    /** The number of the page after the last row. */
    private int endOfRows() {
        return pages - secluded;
    }

    /** Whether the workspace is large enough for {@link Secluded} pages and a hidden database. */
    boolean hasHidden() {
        return secluded > 0;
    }

    int page(Secluded which) {
        return endOfRows() + SECLUDED.indexOf(which);
    }

    /** The database that only a mention leads to; there is one if {@link #hasHidden()}. */
    Database hiddenDatabase() {
        return databases.get(sources.get(sources.size() - 1).database());
    }

    /** Whether search never shows a data source: the hidden one, and the one in a wiki, which the wiki's query shows. */
    boolean hidden(Source source) {
        return hasHidden() && source.index() >= sources.size() - 2;
    }

    /** Whether search never shows a page. */
    boolean hidden(int page) {
        return (isRow(page) && page >= shown())
                || (page >= endOfRows() && page < pages && SECLUDED.get(page - endOfRows()).hidden);
    }

    boolean secluded(int page) {
        return page >= endOfRows() && page < pages;
    }

    /** The number of the page after the last that may be referred to without giving a hidden one away. */
    int shown() {
        return hasHidden() ? sources.get(sources.size() - 2).firstRow() : pages;
    }

    private static Shape shape(int source) {
        if (source < 4) {
            return Shape.values()[source];
        }
        return source % 3 == 0 ? Shape.BARE : Shape.CATALOGUE;
    }

    private Ref databaseParent(int database) {
        return switch (database) {
            case 0 -> Ref.page(HOME);
            case 1 -> Ref.page(HANDBOOK);
            case 2 -> Ref.workspace();
            case 3 -> Ref.block(SHOWCASE, ShowcaseBlocks.COLUMN_WITH_DATABASE);
            // A database inside a row of another database.
            case 4 -> Ref.page(standalone);
            default -> Ref.page(seed.below(standalone, 3, database, 0));
        };
    }

    Seed seed() {
        return seed;
    }

    /** How many pages a backup holds, archived rows included. */
    int pages() {
        return pages;
    }

    int standalone() {
        return standalone;
    }

    /** The number of the first page that an edit adds. */
    int end() {
        return pages + unshared + trashed + templates;
    }

    boolean isRow(int page) {
        return page >= standalone && page < endOfRows();
    }

    /** What kind of extra a page is, or null for one of the {@link #pages()}. */
    Extra extra(int page) {
        if (page < pages || page >= end()) {
            return null;
        }
        int extra = page - pages;
        return extra < unshared ? Extra.UNSHARED : extra < unshared + trashed ? Extra.TRASHED : Extra.TEMPLATE;
    }

    int unsharedPage(int number) {
        return pages + number % unshared;
    }

    int firstTrashed() {
        return pages + unshared;
    }

    int trashedPages() {
        return trashed;
    }

    /** The templates of a data source: the first one has two, every other one has one. */
    List<Integer> templates(int source) {
        int first = pages + unshared + trashed;
        return source == 0 ? List.of(first, first + 1) : List.of(first + 1 + source);
    }

    List<Database> databases() {
        return databases;
    }

    List<Source> sources() {
        return sources;
    }

    Source sourceOfRow(int row) {
        int low = 0;
        int high = sources.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (sources.get(middle).firstRow() <= row) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return sources.get(low);
    }

    /** The direct parent of a page: a page, a block of a page, a data source or the workspace. */
    Ref parent(int page) {
        if (isRow(page)) {
            return Ref.source(sourceOfRow(page).index());
        }
        Extra extra = extra(page);
        if (extra == Extra.TEMPLATE) {
            int number = page - pages - unshared - trashed;
            return Ref.source(Math.max(0, number - 1));
        }
        if (extra == Extra.TRASHED) {
            return page % 2 == 0 ? Ref.page(HOME) : Ref.source(0);
        }
        if (extra == Extra.UNSHARED) {
            return page == pages ? Ref.page(HOME) : Ref.workspace();
        }
        if (secluded(page)) {
            return switch (SECLUDED.get(page - endOfRows())) {
                case CHILD_OF_PARENT -> Ref.page(page(Secluded.PARENT));
                case OF_AGENT -> new Ref(Kind.AGENT, 0, 0);
                default -> Ref.workspace();
            };
        }
        int parent = parents[page];
        if (parent < 0) {
            return Ref.workspace();
        }
        return inToggle(page) ? Ref.block(parent, BlockTrees.TOGGLE_WITH_PAGES) : Ref.page(parent);
    }

    private boolean inToggle(int page) {
        return page > Titles.AWKWARD_FROM && seed.below(9, 4, page, 0) == 0;
    }

    /** The subpages of a page, those in its toggle included, in order. */
    int[] children(int page) {
        if (page == HOME) {
            int[] own = Arrays.copyOfRange(childList, childStart[page], childStart[page + 1]);
            // The restricted subpage: Notion shows the block and denies the page.
            int[] all = Arrays.copyOf(own, own.length + 1);
            all[own.length] = unsharedPage(0);
            return all;
        }
        if (hasHidden() && page == page(Secluded.PARENT)) {
            return new int[] {page(Secluded.CHILD_OF_PARENT)};
        }
        if (page >= standalone) {
            return new int[0];
        }
        return Arrays.copyOfRange(childList, childStart[page], childStart[page + 1]);
    }

    /** When a page was made, in minutes since 1970. */
    long created(int page) {
        if (isRow(page)) {
            Source source = sourceOfRow(page);
            // Three rows a minute, as a bulk import makes them.
            return FIRST_MINUTE + 400_000L + source.index() % 8 * 50_000L + (page - source.firstRow()) / 3;
        }
        return FIRST_MINUTE + seed.below(400_000, 5, page, 0);
    }

    /** When a page was last edited, in minutes since 1970. */
    long edited(int page) {
        long created = created(page);
        long room = Math.max(1, LAST_MINUTE - created);
        return created + Long.remainderUnsigned(seed.hash(6, page, 0), room);
    }
}
