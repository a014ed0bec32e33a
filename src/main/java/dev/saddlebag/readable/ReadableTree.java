package dev.saddlebag.readable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.render.Person;
import dev.saddlebag.snapshot.Account;
import dev.saddlebag.snapshot.Accounts;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.snapshot.ReadablePaths;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.vault.Entries;
import dev.saddlebag.vault.Entry;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the objects of a snapshot need to know of each other to be written: paths, titles, what stands where, people, files,
 * synced blocks. It is computed once a run, and texts are not in it.
 */
public final class ReadableTree {
    /** An object with its place; {@code owner} is the id of what it stands in, or null. */
    record Node(ObjectRef ref, String owner, String title, String path) {}

    private record Row(long created, String id) {}

    private final Run run;
    private final RenderedTexts texts;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, List<Row>> rows = new HashMap<>();
    private final Map<String, Person> people = new HashMap<>();
    private final Map<String, String> carriedFiles = new HashMap<>();
    private final Map<String, ObjectRef> synced = new HashMap<>();

    private Backlinks backlinks;

    private ReadableTree(Run run, RenderedTexts texts) {
        this.run = run;
        this.texts = texts;
    }

    /**
     * The tree of what a run has collected and carried over.
     *
     * @param parent the entries of the snapshot that it carries over from; null when there is none
     */
    static ReadableTree of(Run run, RenderedTexts texts, Entries parent) throws IOException {
        ReadableTree tree = new ReadableTree(run, texts);
        tree.placeObjects();
        tree.findRows();
        tree.findSynced();
        for (JsonNode user : run.about().path("users")) {
            tree.people.put(
                    user.path("id").asText(),
                    new Person(
                            user.path("id").asText(),
                            user.path("name").asText(""),
                            user.at("/person/email").asText("")));
        }
        if (parent != null) {
            tree.findFiles(parent);
        }
        return tree;
    }

    /** Ids are the same strings everywhere: there may be a hundred thousand of them. */
    private void placeObjects() throws IOException {
        Map<String, ObjectRef> refs = new LinkedHashMap<>();
        Map<String, String> titles = new HashMap<>();
        forEach(account -> {
            ObjectRef ref = account.object();
            if (refs.putIfAbsent(ref.id(), ref) == null) {
                titles.put(ref.id(), account.line().path("title").asText());
            }
        });
        Map<String, String> owners = owners(refs);
        List<ReadablePaths.Titled> titled = new ArrayList<>(refs.size());
        refs.keySet().forEach(id -> titled.add(new ReadablePaths.Titled(id, owners.get(id), titles.remove(id))));
        owners.clear();
        Map<String, String> paths = ReadablePaths.of(titled);
        for (ReadablePaths.Titled object : titled) {
            nodes.put(
                    object.id(),
                    new Node(refs.get(object.id()), object.parent(), object.title(), paths.remove(object.id())));
        }
    }

    /** What each object stands in. Where Notion names only the block, the page of that block has it among its children. */
    private Map<String, String> owners(Map<String, ObjectRef> refs) throws IOException {
        Map<String, String> owners = new HashMap<>();
        forEach(account -> {
            String id = refs.get(account.object().id()).id();
            ObjectRef parent =
                    account.parent() == null ? null : refs.get(account.parent().id());
            if (parent != null) {
                owners.putIfAbsent(id, parent.id());
            }
            for (ObjectRef child : account.children()) {
                ObjectRef known = refs.get(child.id());
                if (known != null) {
                    owners.put(known.id(), id);
                }
            }
        });
        return owners;
    }

    /** Rows come in the order in which they were made; the templates of a data source are its children, and no rows. */
    private void findRows() throws IOException {
        forEach(account -> {
            if (account.object().kind() == Kind.PAGE
                    && account.parent() != null
                    && account.parent().kind() == Kind.DATA_SOURCE) {
                rows.computeIfAbsent(account.parent().id(), id -> new ArrayList<>())
                        .add(new Row(
                                time(account.line().path("created_time").asText("")),
                                nodes.get(account.object().id()).ref().id()));
            }
        });
        forEach(account -> {
            if (account.object().kind() == Kind.DATA_SOURCE
                    && rows.containsKey(account.object().id())) {
                Set<String> templates = new HashSet<>();
                account.children().forEach(child -> templates.add(child.id()));
                rows.get(account.object().id()).removeIf(row -> templates.contains(row.id()));
            }
        });
        rows.values()
                .forEach(
                        list -> list.sort(Comparator.comparingLong(Row::created).thenComparing(Row::id)));
    }

    private static long time(String instant) {
        try {
            return Instant.parse(instant).toEpochMilli();
        } catch (DateTimeException none) {
            return 0;
        }
    }

    private void findSynced() throws IOException {
        List<Account> withOriginals = new ArrayList<>();
        forEach(account -> {
            if (!account.originals().isEmpty()) {
                withOriginals.add(account);
            }
        });
        for (Account account : withOriginals) {
            for (ObjectRef original : account.originals()) {
                synced.put(original.id(), account.object());
            }
        }
    }

    /** The names of files whose bytes were not fetched again. */
    private void findFiles(Entries parent) throws IOException {
        String folder = "files/";
        for (Optional<Entry> entry = parent.next(); entry.isPresent(); entry = parent.next()) {
            if (entry.get().path().startsWith(folder)) {
                carriedFiles.put(entry.get().sha256(), entry.get().path());
            }
        }
    }

    private void forEach(java.util.function.Consumer<Account> receiver) throws IOException {
        Accounts accounts = run.ledger().accounts();
        for (Kind kind : List.of(Kind.PAGE, Kind.DATABASE, Kind.DATA_SOURCE)) {
            accounts.forEach(kind, account -> {
                if (RenderedTexts.isReadable(account)) {
                    receiver.accept(account);
                }
            });
        }
    }

    Run run() {
        return run;
    }

    RenderedTexts texts() {
        return texts;
    }

    /** All objects, each once. */
    List<Node> all() {
        return List.copyOf(nodes.values());
    }

    Optional<Node> node(String id) {
        return Optional.ofNullable(nodes.get(id));
    }

    Account account(Node node) {
        return run.ledger().of(node.ref()).orElseThrow();
    }

    /** The rows of a data source. */
    List<String> rows(String dataSource) {
        return rows.getOrDefault(dataSource, List.of()).stream().map(Row::id).toList();
    }

    /** What links to an object. */
    synchronized List<Node> backlinks(Node node) throws IOException {
        if (backlinks == null) {
            backlinks = Backlinks.of(this);
        }
        return backlinks.to(node);
    }

    Optional<Person> person(String id) {
        return Optional.ofNullable(people.get(id));
    }

    /** The path of a file in the snapshot. */
    Optional<String> file(String sha256) {
        return run.files().path(sha256).or(() -> Optional.ofNullable(carriedFiles.get(sha256)));
    }

    Optional<String> synced(String block) throws IOException {
        ObjectRef owner = synced.get(block);
        Optional<Account> account =
                owner == null ? Optional.empty() : run.ledger().of(owner);
        return account.isPresent()
                ? Optional.ofNullable(texts.synced(account.get()).get(block))
                : Optional.empty();
    }
}
