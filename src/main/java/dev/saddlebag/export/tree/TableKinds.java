package dev.saddlebag.export.tree;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells databases from views of databases that stand elsewhere. An export in Markdown writes the whole table of each
 * database, and of a view only what it shows. One in HTML writes both alike (facts/notion-export.md §2.6): there the pages
 * of the rows tell, which lie in the folder of the database. Since folders carry no ids, that folder may be the one of a
 * namesake; then {@code index.html} tells whose pages they are, or their titles, or nothing does.
 */
final class TableKinds {
    /** What a table is. */
    enum Verdict {
        DATABASE,
        LINKED_VIEW,
        /** One of both; the export does not tell which. */
        UNKNOWN
    }

    private final Path root;
    private final boolean wholeTables;
    private final Optional<WorkspaceIndex> index;
    private final Map<String, List<Item>> pagesIn = new HashMap<>();
    private final Map<String, Set<String>> claimants = new HashMap<>();

    /**
     * Of the export under {@code root}.
     *
     * @param tables those with a table of their own, as far as they are known by now
     */
    TableKinds(Path root, Optional<WorkspaceIndex> index, Collection<Item> pages, Collection<Item> tables) {
        this.root = root;
        this.index = index;
        this.wholeTables = tables.stream().anyMatch(Item::isWhole);
        if (wholeTables) {
            return;
        }
        for (List<Item> items : List.of(List.copyOf(pages), List.copyOf(tables))) {
            items.forEach(item -> folder(item)
                    .ifPresent(folder -> claimants
                            .computeIfAbsent(folder, key -> new HashSet<>(1))
                            .add(item.id())));
        }
        pages.forEach(page -> pagesIn.computeIfAbsent(ExportName.folder(page.path()), key -> new ArrayList<>(1))
                .add(page));
    }

    /** The folder that it may share with its namesakes. */
    private static Optional<String> folder(Item item) {
        List<String> folders = ExportTree.foldersOf(item.path());
        return folders.size() > 1 ? Optional.of(folders.get(1)) : Optional.empty();
    }

    Verdict of(Item table) throws IOException {
        if (wholeTables || table.isWhole()) {
            return table.isWhole() ? Verdict.DATABASE : Verdict.LINKED_VIEW;
        }
        if (!pages(Optional.of(ExportTree.foldersOf(table.path()).get(0))).isEmpty()) {
            return Verdict.DATABASE;
        }
        Optional<String> folder = folder(table);
        List<Item> pages = pages(folder);
        if (pages.isEmpty()) {
            return Tables.isEmpty(root.resolve(table.path())) ? Verdict.DATABASE : Verdict.LINKED_VIEW;
        }
        boolean contested = claimants.get(folder.orElseThrow()).size() > 1;
        return contested ? ofContested(table, pages, claimants.get(folder.get())) : Verdict.DATABASE;
    }

    private List<Item> pages(Optional<String> folder) {
        return folder.map(path -> pagesIn.getOrDefault(path, List.of())).orElse(List.of());
    }

    private Verdict ofContested(Item table, List<Item> pages, Set<String> claimants) throws IOException {
        if (pages.stream().anyMatch(page -> table.id().equals(parentInIndex(page)))) {
            return Verdict.DATABASE;
        }
        boolean others = pages.stream().allMatch(page -> {
            String parent = parentInIndex(page);
            return parent != null && claimants.contains(parent);
        });
        return others || !namesOneOf(table, pages) ? Verdict.LINKED_VIEW : Verdict.UNKNOWN;
    }

    private String parentInIndex(Item page) {
        return index.map(whole -> whole.places().get(page.id()))
                .map(WorkspaceIndex.Place::parent)
                .orElse(null);
    }

    /** Whether a row is called as one of the pages; a table without rows could have had any. */
    private boolean namesOneOf(Item table, List<Item> pages) throws IOException {
        Set<String> titles = new HashSet<>();
        pages.forEach(page -> titles.add(Rows.key(page.title())));
        boolean[] found = {false, false};
        Tables.read(root.resolve(table.path()), (number, record) -> {
            found[0] |= number > 0;
            found[1] |= number > 0 && titles.contains(Rows.key(record.get(0)));
        });
        return !found[0] || found[1];
    }
}
