package dev.saddlebag.export.tree;

import dev.saddlebag.snapshot.Kind;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An unpacked export, understood: its pages, databases and linked views by their ids, each with its title and the object
 * that it stands in (facts/notion-export.md §2.3, §2.7).
 *
 * <p>The id in the name of a file says what it is. The folders, which have carried no ids since the autumn of 2025, say where
 * it stands only where {@code index.html} does not. In memory are ids, paths and titles; no content.
 */
final class ExportTree {
    static final String INDEX = "index.html";

    private static final String WHOLE = "_all.csv";

    /** What archivers and file managers leave behind. */
    private static final Pattern NOISE = Pattern.compile(
            "(.*/)?(__MACOSX/.*|\\._[^/]*|\\.DS_Store|Thumbs\\.db|desktop\\.ini)", Pattern.CASE_INSENSITIVE);

    private final Path root;
    private final SortedMap<String, Item> pages = new TreeMap<>();
    private final SortedMap<String, Item> databases = new TreeMap<>();
    private final SortedMap<String, Item> linkedViews = new TreeMap<>();
    private final Set<String> doubtful = new HashSet<>();
    private final Map<String, String> titlesInFiles = new HashMap<>();
    private final SortedSet<String> indexes = new TreeSet<>();
    private final SortedSet<String> repeated = new TreeSet<>();
    private final Optional<WorkspaceIndex> index;
    private long attachments;
    private long noise;

    private ExportTree(Path root, Map<String, String> renamed) throws IOException {
        this.root = root;
        indexes.add(INDEX);
        renamed.forEach((path, original) -> {
            if (original.equals(INDEX)) {
                indexes.add(path);
            }
        });
        index = WorkspaceIndex.read(indexes.stream().map(root::resolve).toList());
        Map<String, String> pagePaths = new HashMap<>();
        Map<String, String> tables = new HashMap<>();
        Set<String> folders = new HashSet<>();
        walk((path, size) -> {
            if (isNoise(path)) {
                noise++;
                return;
            }
            folders.add(ExportName.folder(path));
            Optional<ExportName> name = ExportName.of(path);
            if (name.isEmpty()) {
                attachments += indexes.contains(path) ? 0 : 1;
            } else if (name.get().isTable()) {
                tables.merge(name.get().id(), path, ExportTree::betterTable);
            } else {
                String before = pagePaths.putIfAbsent(name.get().id(), path);
                if (before != null) {
                    repeated.add(name.get().id());
                    pagePaths.merge(name.get().id(), path, (one, other) -> one.compareTo(other) <= 0 ? one : other);
                }
            }
        });
        Map<String, String> owners = owners(pagePaths, tables, folders);
        for (Map.Entry<String, String> page : pagePaths.entrySet()) {
            String title = PageHead.title(root.resolve(page.getValue()));
            pages.put(page.getKey(), item(Kind.PAGE, page.getKey(), page.getValue(), title, owners));
        }
        List<Item> items = new ArrayList<>();
        tables.forEach((id, path) -> {
            Item page = pages.get(id);
            items.add(item(Kind.DATABASE, id, path, page == null ? "" : page.title(), owners));
        });
        TableKinds kinds = new TableKinds(root, index, pages.values(), items);
        for (Item table : items) {
            TableKinds.Verdict kind = kinds.of(table);
            (kind == TableKinds.Verdict.DATABASE ? databases : linkedViews).put(table.id(), table);
            if (kind == TableKinds.Verdict.UNKNOWN) {
                doubtful.add(table.id());
            }
        }
    }

    /**
     * Reads the tree under {@code root}.
     *
     * @param renamed the paths of files that could not keep their names, with those names: among them the indexes of
     *     further exports that were merged into the tree
     */
    static ExportTree read(Path root, Map<String, String> renamed) throws IOException {
        return new ExportTree(root, renamed);
    }

    /** What is done with each file. */
    @FunctionalInterface
    interface Visitor {
        void visit(String path, long size) throws IOException;
    }

    private void walk(Visitor visitor) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String path = root.relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), "/");
                visitor.visit(path, attributes.size());
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Gives the path of every attachment, in no order that means anything. */
    void forEachAttachment(Visitor visitor) throws IOException {
        walk((path, size) -> {
            if (!isNoise(path) && !indexes.contains(path) && ExportName.of(path).isEmpty()) {
                visitor.visit(path, size);
            }
        });
    }

    private static boolean isNoise(String path) {
        return NOISE.matcher(path).matches();
    }

    /** The whole table before that of a view, and of two merged trees always the same one. */
    private static String betterTable(String one, String other) {
        boolean whole = one.endsWith(WHOLE);
        if (whole != other.endsWith(WHOLE)) {
            return whole ? one : other;
        }
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Map<String, String> owners(
            Map<String, String> pagePaths, Map<String, String> tables, Set<String> folders) {
        Map<String, String> owners = new HashMap<>();
        // Where a page and a database share a folder, its pages are more likely the rows of the database.
        for (Map<String, String> files : List.of(tables, pagePaths)) {
            Map<String, String> found = new HashMap<>();
            files.forEach((id, path) -> {
                for (String folder : foldersOf(path)) {
                    if (folders.contains(folder)) {
                        found.merge(folder, id, (one, other) -> one.compareTo(other) <= 0 ? one : other);
                    }
                }
            });
            found.forEach(owners::putIfAbsent);
        }
        return owners;
    }

    /** The folders that may belong to a page or table: named with its id, or without (facts/notion-export.md §2.3). */
    static List<String> foldersOf(String path) {
        ExportName name = ExportName.of(path).orElseThrow();
        String folder = ExportName.folder(path);
        String prefix = folder.isEmpty() ? "" : folder + "/";
        String title = name.title().isEmpty() ? "" : name.title() + " ";
        String withId = prefix + title + name.id().replace("-", "");
        return name.title().isEmpty() ? List.of(withId) : List.of(withId, prefix + name.title());
    }

    private Item item(Kind kind, String id, String path, String title, Map<String, String> owners) {
        Optional<WorkspaceIndex.Place> place = index.map(whole -> whole.places().get(id));
        String parent;
        String teamspace;
        if (place.isPresent()) {
            parent = place.get().parent();
            teamspace = index.get().teamspaceOf(id).orElse(null);
        } else {
            String folder = ExportName.folder(path);
            while (!folder.isEmpty() && !owners.containsKey(folder)) {
                folder = ExportName.folder(folder);
            }
            parent = owners.get(folder);
            teamspace = index.isPresent()
                            || parent != null
                            || ExportName.folder(path).isEmpty()
                    ? null
                    : path.substring(0, path.indexOf('/'));
        }
        String inName = ExportName.of(path).orElseThrow().title();
        return new Item(kind, id, path, title.isEmpty() ? inName : title, id.equals(parent) ? null : parent, teamspace);
    }

    /** The pages that lie directly in the folder of a table. */
    List<Item> rowPages(Item table, Map<String, List<Item>> byFolder) {
        List<Item> found = new ArrayList<>();
        foldersOf(table.path()).forEach(folder -> found.addAll(byFolder.getOrDefault(folder, List.of())));
        return found;
    }

    /** The pages by the folder that they lie in, of those folders that tables have. */
    Map<String, List<Item>> pagesByFolderOfTables() {
        Set<String> wanted = new HashSet<>();
        databases.values().forEach(table -> wanted.addAll(foldersOf(table.path())));
        Map<String, List<Item>> byFolder = new HashMap<>();
        for (Item page : pages.values()) {
            String folder = ExportName.folder(page.path());
            if (wanted.contains(folder)) {
                byFolder.computeIfAbsent(folder, key -> new ArrayList<>()).add(page);
            }
        }
        return byFolder;
    }

    Path root() {
        return root;
    }

    Path file(Item item) {
        return root.resolve(item.path());
    }

    SortedMap<String, Item> pages() {
        return Collections.unmodifiableSortedMap(pages);
    }

    /** Gives a page another title than its file has. */
    void retitle(String id, String title) {
        Item page = pages.get(id);
        titlesInFiles.putIfAbsent(id, page.title());
        pages.put(id, page.titled(title));
    }

    /** The title that the file of a page begins with. */
    String titleInFile(String id) {
        return titlesInFiles.getOrDefault(id, pages.get(id).title());
    }

    SortedMap<String, Item> databases() {
        return Collections.unmodifiableSortedMap(databases);
    }

    /** Tables that show a database of another place, and those of which the export does not tell whether they do. */
    SortedMap<String, Item> linkedViews() {
        return Collections.unmodifiableSortedMap(linkedViews);
    }

    /** Whether the export does not tell if this table is a database or shows one of another place. */
    boolean isDoubtful(Item table) {
        return doubtful.contains(table.id());
    }

    /** Databases and linked views. */
    Stream<Item> tables() {
        return Stream.concat(databases.values().stream(), linkedViews.values().stream());
    }

    /** The table with this id, whether it is a database or a linked view. */
    Optional<Item> table(String id) {
        return Optional.ofNullable(databases.getOrDefault(id, linkedViews.get(id)));
    }

    Optional<WorkspaceIndex> index() {
        return index;
    }

    /** The ids of pages that are there more than once. */
    SortedSet<String> repeated() {
        return repeated;
    }

    long attachments() {
        return attachments;
    }

    /** How many files no part of Notion has made. */
    long noise() {
        return noise;
    }
}
