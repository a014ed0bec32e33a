package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What was changed since the workspace was generated: the only part of it that is kept in memory. */
final class Edits {
    /**
     * What was changed of a page; null and false stand for "as generated".
     *
     * @param properties by name, what the key of the property's type now holds
     */
    record PageEdit(
            String title,
            Map<String, JsonNode> properties,
            Long edited,
            Ref parent,
            boolean trashed,
            boolean archived,
            boolean unshared) {
        private static final PageEdit NONE = new PageEdit(null, Map.of(), null, null, false, false, false);

        PageEdit title(String text) {
            return new PageEdit(text, properties, edited, parent, trashed, archived, unshared);
        }

        PageEdit property(String name, JsonNode value) {
            var all = new HashMap<>(properties);
            all.put(name, value);
            return new PageEdit(title, Map.copyOf(all), edited, parent, trashed, archived, unshared);
        }

        PageEdit edited(long minute) {
            return new PageEdit(title, properties, minute, parent, trashed, archived, unshared);
        }

        PageEdit parent(Ref newParent) {
            return new PageEdit(title, properties, edited, newParent, trashed, archived, unshared);
        }

        PageEdit trash(boolean inTrash) {
            return new PageEdit(title, properties, edited, parent, inTrash, archived, unshared);
        }

        PageEdit archive(boolean inArchive) {
            return new PageEdit(title, properties, edited, parent, trashed, inArchive, unshared);
        }

        PageEdit unshared(boolean revoked) {
            return new PageEdit(title, properties, edited, parent, trashed, archived, revoked);
        }
    }

    /** A new title, and since when it is the title. */
    record TitleEdit(String title, Instant at) {}

    /** A page that an edit made. */
    record AddedPage(Ref parent, String title, long created) {}

    /**
     * A block that an edit appended to a page.
     *
     * @param type {@code paragraph} or {@code image}
     * @param content the text of the paragraph, the URL of the external image
     */
    record AddedBlock(int sub, String type, String content, long created) {}

    /** A comment that an edit made. */
    record AddedComment(Ref parent, int number, String text, long created) {}

    record BlockEdit(String text, boolean deleted, long edited) {}

    private final Map<Integer, PageEdit> pages = new ConcurrentHashMap<>();
    private final Map<Ref, BlockEdit> blocks = new ConcurrentHashMap<>();
    private final Map<Integer, List<AddedBlock>> addedBlocks = new ConcurrentHashMap<>();
    private final List<AddedPage> addedPages = new CopyOnWriteArrayList<>();
    private final Map<Ref, List<Integer>> addedTo = new ConcurrentHashMap<>();
    private final Set<Integer> moved = new ConcurrentSkipListSet<>();
    private final List<AddedComment> comments = new CopyOnWriteArrayList<>();
    private final Set<String> resolved = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Boolean> deletedDatabases = new ConcurrentHashMap<>();
    private final Map<Integer, TitleEdit> titles = new ConcurrentHashMap<>();
    private final Map<Integer, List<String>> columns = new ConcurrentHashMap<>();
    private final Map<Integer, Long> sources = new ConcurrentHashMap<>();
    private final Map<Ref, String> views = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();

    /** Grows with every edit, so that what was computed from an older state is known to be old. */
    long version() {
        return version.get();
    }

    PageEdit page(int page) {
        return pages.getOrDefault(page, PageEdit.NONE);
    }

    /** Counts an edit that is kept elsewhere. */
    void count() {
        version.incrementAndGet();
    }

    void change(int page, UnaryOperator<PageEdit> change) {
        pages.compute(page, (unused, before) -> change.apply(before == null ? PageEdit.NONE : before));
        if (page(page).parent() != null) {
            moved.add(page);
        }
        version.incrementAndGet();
    }

    /** The pages that have another parent than they were made with, in order. */
    IntStream moved() {
        return moved.stream().mapToInt(Integer::intValue);
    }

    BlockEdit block(Ref block) {
        return blocks.get(block);
    }

    void change(Ref block, BlockEdit edit) {
        blocks.put(block, edit);
        version.incrementAndGet();
    }

    List<AddedBlock> addedBlocks(int page) {
        return addedBlocks.getOrDefault(page, List.of());
    }

    /** Appends a block and returns its number. */
    int addBlock(int page, String type, String content, long minute) {
        var number = new int[1];
        addedBlocks.compute(page, (unused, before) -> {
            List<AddedBlock> all = before == null ? new ArrayList<>() : new ArrayList<>(before);
            number[0] = BlockTrees.FIRST_ADDED + all.size();
            all.add(new AddedBlock(number[0], type, content, minute));
            return List.copyOf(all);
        });
        version.incrementAndGet();
        return number[0];
    }

    List<AddedPage> addedPages() {
        return addedPages;
    }

    /** The numbers among {@link #addedPages} of those that were made below a page or in a data source. */
    IntStream addedTo(Ref parent) {
        return addedTo.getOrDefault(parent, List.of()).stream().mapToInt(Integer::intValue);
    }

    /** Adds pages below a page or to a data source and returns how many were added before them. */
    synchronized int add(Ref parent, List<AddedPage> pages) {
        int first = addedPages.size();
        addedPages.addAll(pages);
        Stream<Integer> numbers = IntStream.range(first, first + pages.size()).boxed();
        Stream<Integer> before = addedTo.getOrDefault(parent, List.of()).stream();
        addedTo.put(parent, Stream.concat(before, numbers).toList());
        version.incrementAndGet();
        return first;
    }

    List<AddedComment> comments() {
        return comments;
    }

    synchronized AddedComment addComment(Ref parent, String text, long minute) {
        var comment = new AddedComment(parent, comments.size(), text, minute);
        comments.add(comment);
        version.incrementAndGet();
        return comment;
    }

    boolean resolved(String comment) {
        return resolved.contains(comment);
    }

    void resolve(String comment) {
        resolved.add(comment);
        version.incrementAndGet();
    }

    Optional<TitleEdit> title(int database) {
        return Optional.ofNullable(titles.get(database));
    }

    void change(int database, TitleEdit title) {
        titles.put(database, title);
        version.incrementAndGet();
    }

    /** The names of the columns that were added to a data source, in the order of the edits. */
    List<String> columns(int source) {
        return columns.getOrDefault(source, List.of());
    }

    void addColumn(int source, String name) {
        columns.merge(
                source,
                List.of(name),
                (before, one) -> Stream.concat(before.stream(), one.stream()).toList());
        version.incrementAndGet();
    }

    /** The minute since 1970 to which an edit moved the last edit of a data source, if one has. */
    OptionalLong sourceEdited(int source) {
        Long minute = sources.get(source);
        return minute == null ? OptionalLong.empty() : OptionalLong.of(minute);
    }

    void touchSource(int source, long minute) {
        sources.put(source, minute);
        version.incrementAndGet();
    }

    Optional<String> viewName(Ref view) {
        return Optional.ofNullable(views.get(view));
    }

    void change(Ref view, String name) {
        views.put(view, name);
        version.incrementAndGet();
    }

    boolean deleted(int database) {
        return deletedDatabases.containsKey(database);
    }

    boolean anyDatabaseDeleted() {
        return !deletedDatabases.isEmpty();
    }

    void deleteDatabase(int database) {
        deletedDatabases.put(database, true);
        version.incrementAndGet();
    }
}
