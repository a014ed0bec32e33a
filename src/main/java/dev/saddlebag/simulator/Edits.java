package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

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
            boolean unshared) {
        private static final PageEdit NONE = new PageEdit(null, Map.of(), null, null, false, false);

        PageEdit title(String text) {
            return new PageEdit(text, properties, edited, parent, trashed, unshared);
        }

        PageEdit property(String name, JsonNode value) {
            var all = new java.util.HashMap<>(properties);
            all.put(name, value);
            return new PageEdit(title, Map.copyOf(all), edited, parent, trashed, unshared);
        }

        PageEdit edited(long minute) {
            return new PageEdit(title, properties, minute, parent, trashed, unshared);
        }

        PageEdit parent(Ref newParent) {
            return new PageEdit(title, properties, edited, newParent, trashed, unshared);
        }

        PageEdit trash(boolean inTrash) {
            return new PageEdit(title, properties, edited, parent, inTrash, unshared);
        }

        PageEdit unshared(boolean revoked) {
            return new PageEdit(title, properties, edited, parent, trashed, revoked);
        }
    }

    /** A page that an edit made. */
    record AddedPage(Ref parent, long created) {}

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
    private final List<AddedComment> comments = new CopyOnWriteArrayList<>();
    private final Map<Integer, Boolean> deletedDatabases = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();

    /** Grows with every edit, so that what was computed from an older state is known to be old. */
    long version() {
        return version.get();
    }

    PageEdit page(int page) {
        return pages.getOrDefault(page, PageEdit.NONE);
    }

    Map<Integer, PageEdit> pages() {
        return pages;
    }

    void change(int page, UnaryOperator<PageEdit> change) {
        pages.compute(page, (unused, before) -> change.apply(before == null ? PageEdit.NONE : before));
        version.incrementAndGet();
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

    /** Adds a page and returns how many were added before it. */
    synchronized int add(AddedPage page) {
        addedPages.add(page);
        version.incrementAndGet();
        return addedPages.size() - 1;
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
