package dev.saddlebag.export.tree;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.export.archive.Unpacked;
import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.Account;
import dev.saddlebag.snapshot.FileTree;
import dev.saddlebag.snapshot.Gap;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.snapshot.ReadablePaths;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.State;
import dev.saddlebag.vault.Hashes;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a snapshot of one unpacked export: readable pages and tables, files once each, an account of every object. */
final class SnapshotBuilder {
    private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z0-9]{1,10}$");

    private final Run run;
    private final Unpacked unpacked;
    private final LocalDate day;
    private final ExportTree tree;
    private final Map<String, Rows> rows = new HashMap<>();
    private final Set<String> templates = new TreeSet<>();
    private final Map<String, String> pagePaths = new HashMap<>();
    private final Map<String, String> tablePaths = new HashMap<>();
    private final Map<String, Map<String, Account.NamedFile>> filesOfTablePages = new HashMap<>();
    private final SortedMap<String, SortedSet<String>> live = new TreeMap<>();
    private final Tally tally = new Tally();
    private Links links;

    private SnapshotBuilder(Run run, Unpacked unpacked, LocalDate day) throws IOException {
        this.run = run;
        this.unpacked = unpacked;
        this.day = day;
        this.tree = ExportTree.read(unpacked.root(), unpacked.renamed());
    }

    /**
     * Makes the snapshot in the staging of {@code run}.
     *
     * @param day the day of the export, for dates that are worded by it
     */
    static SnapshotBuilder build(Run run, Unpacked unpacked, LocalDate day) throws IOException {
        SnapshotBuilder builder = new SnapshotBuilder(run, unpacked, day);
        builder.takeFiles();
        builder.matchRows();
        builder.name();
        builder.links = new Links(builder.tree, builder.pagePaths, builder.tablePaths, run.files());
        for (Item page : builder.tree.pages().values()) {
            builder.page(page);
        }
        for (Item table : builder.tree.databases().values()) {
            builder.database(table);
        }
        for (Item view : builder.tree.linkedViews().values()) {
            builder.linkedView(view);
        }
        return builder;
    }

    ExportTree tree() {
        return tree;
    }

    Tally tally() {
        return tally;
    }

    Map<String, Rows> rows() {
        return rows;
    }

    /** The addresses that are good for a short time only, by the object that names them. */
    SortedMap<String, SortedSet<String>> live() {
        return live;
    }

    private void takeFiles() throws IOException {
        FileTree files = run.files();
        tree.forEachAttachment((path, size) -> {
            String normal = Normalizer.normalize(path, Normalizer.Form.NFC);
            String original = unpacked.renamed().getOrDefault(path, path);
            FileTree.Stored stored = files.take(
                    Links.ADDRESS + normal, extension(original), unpacked.root().resolve(path));
            if (!original.equals(path)) {
                String named = Normalizer.normalize(original, Normalizer.Form.NFC);
                files.know(Links.ADDRESS + named, stored.file());
            }
            if (stored.isNew()) {
                run.ledger().file(stored.file().size());
            }
        });
    }

    private static String extension(String path) {
        Matcher end = EXTENSION.matcher(ExportName.fileName(path));
        return end.find() ? end.group().toLowerCase(Locale.ROOT) : "";
    }

    private void matchRows() throws IOException {
        Map<String, List<Item>> byFolder = tree.pagesByFolderOfTables();
        Set<String> doubtful = new HashSet<>();
        for (Item table : tree.databases().values()) {
            List<Item> pages = tree.rowPages(table, byFolder);
            Rows matched = Rows.of(tree, table, pages, day);
            rows.put(table.id(), matched);
            templates.addAll(matched.templates());
            matched.titles().forEach(tree::retitle);
            if (matched.pages() > matched.count()) {
                pages.forEach(page -> doubtful.add(page.id()));
                doubtful.removeAll(matched.ids().values());
            }
        }
        for (Item page : List.copyOf(tree.pages().values())) {
            if (RelativeDates.areIn(page.title())) {
                // A template is always of today; any other page, of the day that it was made for.
                tree.retitle(
                        page.id(),
                        doubtful.contains(page.id())
                                ? RelativeDates.without(page.title())
                                : RelativeDates.absolute(page.title(), day));
            }
        }
    }

    private void name() {
        List<ReadablePaths.Titled> objects = new ArrayList<>();
        tree.pages().values().forEach(page -> objects.add(titled(page)));
        tree.tables()
                .filter(table -> !tree.pages().containsKey(table.id()))
                .forEach(table -> objects.add(titled(table)));
        Map<String, String> paths = ReadablePaths.of(objects);
        tree.pages().values().forEach(page -> pagePaths.put(page.id(), paths.get(page.id()) + page.ending()));
        tree.tables().forEach(table -> tablePaths.put(table.id(), paths.get(table.id()) + ".csv"));
    }

    private static ReadablePaths.Titled titled(Item item) {
        return new ReadablePaths.Titled(item.id(), item.parent(), item.title());
    }

    private String titles(String words) {
        return RelativeDates.absolute(words, day);
    }

    private void page(Item page) throws IOException {
        Map<String, Account.NamedFile> files = new LinkedHashMap<>();
        SortedSet<String> addresses = new TreeSet<>();
        MarkdownLinks.Met met = link -> {
            tally.add(link);
            if (link.file() != null) {
                files.putIfAbsent(link.file().sha256(), link.file());
            }
            if (link.live() != null) {
                addresses.add(link.live());
            }
        };
        String path = pagePaths.get(page.id());
        String folder = ExportName.folder(page.path());
        MarkdownLinks.Resolver resolver = address -> links.of(folder, path, address);
        UnaryOperator<String> titles = words -> words;
        if (!tree.titleInFile(page.id()).equals(page.title())) {
            titles = words -> words.replace(tree.titleInFile(page.id()), page.title());
        }
        Path target = run.staging().tree().resolve(path);
        Files.createDirectories(target.getParent());
        MessageDigest meaning = Hashes.sha256();
        MessageDigest bytes = Hashes.sha256();
        long lines;
        try (OutputStream out =
                new BufferedOutputStream(new DigestOutputStream(Files.newOutputStream(target), bytes), 1 << 16)) {
            if (page.ending().equals(".html")) {
                HtmlLinks html = new HtmlLinks(resolver, met, titles);
                html.rewrite(tree.file(page), out, meaning);
                lines = html.blocks();
            } else {
                boolean row = page.parent() != null && tree.databases().containsKey(page.parent());
                MarkdownLinks markdown = new MarkdownLinks(resolver, met, titles, row);
                markdown.rewrite(Files.newInputStream(tree.file(page)), out, meaning);
                lines = markdown.bodyLines();
            }
        }
        if (tree.databases().containsKey(page.id())) {
            // An export in HTML shows a database as a page too; it is the same object.
            filesOfTablePages.put(page.id(), files);
        } else {
            settle(page, path, Hashes.hex(bytes.digest()), Hashes.hex(meaning.digest()), lines, files, addresses);
        }
    }

    private void database(Item table) throws IOException {
        Map<String, Account.NamedFile> files = filesOfTablePages.getOrDefault(table.id(), new LinkedHashMap<>());
        SortedSet<String> addresses = new TreeSet<>();
        Path target = write(table, rows.get(table.id()), files, addresses);
        String hash = Hashes.of(target);
        settle(table, tablePaths.get(table.id()), hash, hash, 0, files, addresses);
    }

    private Path write(Item table, Rows matched, Map<String, Account.NamedFile> files, SortedSet<String> addresses)
            throws IOException {
        MarkdownLinks.Met met = link -> {
            tally.add(link);
            if (link.file() != null) {
                files.putIfAbsent(link.file().sha256(), link.file());
            }
            if (link.live() != null) {
                addresses.add(link.live());
            }
        };
        String path = tablePaths.get(table.id());
        Path target = run.staging().tree().resolve(path);
        new DatabaseTables(links, met, this::titles).write(tree.file(table), table.path(), path, target, matched);
        return target;
    }

    private void linkedView(Item view) throws IOException {
        Map<String, Account.NamedFile> files = new LinkedHashMap<>();
        SortedSet<String> addresses = new TreeSet<>();
        write(view, Rows.WITHOUT_PAGES, files, addresses);
        if (!addresses.isEmpty()) {
            live.put(new ObjectRef(Kind.DATABASE, view.id()).toString(), addresses);
        }
        Gap gap = new Gap(
                Kind.DATABASE.word(),
                view.id(),
                Gap.Reason.LINKED_VIEW,
                "\"" + view.title()
                        + (tree.isDoubtful(view)
                                ? "\" is a database or shows one of another place, and the export does not tell which; its"
                                        + " table is in "
                                : "\" shows rows of a database of another place; its table is in ")
                        + tablePaths.get(view.id()) + ".");
        run.ledger()
                .settle(Account.without(
                        new ObjectRef(Kind.DATABASE, view.id()), State.LINKED_VIEW, null, 0, List.of(gap)));
    }

    private void settle(
            Item item,
            String path,
            String sha256,
            String meaning,
            long lines,
            Map<String, Account.NamedFile> files,
            SortedSet<String> addresses)
            throws IOException {
        ObjectRef ref = new ObjectRef(item.kind(), item.id());
        if (!addresses.isEmpty()) {
            live.put(ref.toString(), addresses);
        }
        run.ledger()
                .settle(new Account(
                        ref,
                        State.COLLECTED,
                        null,
                        null,
                        true,
                        meaning,
                        false,
                        lines,
                        0,
                        0,
                        parent(item),
                        null,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.copyOf(files.values()),
                        List.of(),
                        List.of(),
                        line(item, path, sha256, files.keySet())));
    }

    private ObjectRef parent(Item item) {
        if (item.parent() == null) {
            return null;
        }
        boolean table = tree.table(item.parent()).isPresent();
        return table || tree.pages().containsKey(item.parent())
                ? new ObjectRef(table ? Kind.DATABASE : Kind.PAGE, item.parent())
                : null;
    }

    private ObjectNode line(Item item, String path, String sha256, Set<String> files) {
        ObjectNode line = Json.MAPPER.createObjectNode();
        line.put("id", item.id());
        line.put("type", item.kind().word());
        line.put("title", item.title());
        ObjectRef parent = parent(item);
        ObjectNode stands = line.putObject("parent");
        if (parent == null) {
            stands.put("type", "workspace").put("workspace", true);
        } else {
            String key = parent.kind().word() + "_id";
            stands.put("type", key).put(key, parent.id());
        }
        line.put("path", path);
        if (!RelativeDates.mayBeIn(item.path())) {
            // A name that changes every day would change the catalogue of an unchanged workspace.
            line.put("export", item.path());
        }
        line.putNull("created_time");
        line.putNull("last_edited_time");
        line.put("sha256", sha256);
        if (item.teamspace() != null) {
            line.put("teamspace", item.teamspace());
        }
        if (rows.containsKey(item.id()) && item.kind() == Kind.DATABASE) {
            line.put("rows", rows.get(item.id()).count());
        }
        if (item.kind() == Kind.DATABASE && tree.pages().containsKey(item.id())) {
            line.put("page", pagePaths.get(item.id()));
        }
        if (templates.contains(item.id())) {
            line.put("template", true);
        }
        ArrayNode hashes = line.putArray("files");
        new TreeSet<>(files).forEach(hashes::add);
        return line;
    }
}
