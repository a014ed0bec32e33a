package dev.saddlebag.difference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.vault.Entry;
import dev.saddlebag.vault.Snapshot;
import dev.saddlebag.vault.Vault;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What two snapshots of a vault differ in. Objects are the same when their ids are. To be closed: the details wait on the
 * disk.
 */
public final class Difference implements Closeable {
    private static final String API = "api";

    /** Rows after what is no row, and together by their database. */
    private static final Comparator<Change> ORDER = Comparator.<Change, Boolean>comparing(
                    change -> change.side().isRow())
            .thenComparing(change -> change.side().isRow() ? change.side().above() : "")
            .thenComparing(change -> change.side().path())
            .thenComparing(Change::object);

    private final Snapshot before;
    private final Snapshot after;
    private final String sourceBefore;
    private final String sourceAfter;
    private final List<Change> changes;
    private final Spool details;

    private Difference(
            Snapshot before,
            Snapshot after,
            String sourceBefore,
            String sourceAfter,
            List<Change> changes,
            Spool details) {
        this.before = before;
        this.after = after;
        this.sourceBefore = sourceBefore;
        this.sourceAfter = sourceAfter;
        this.changes = changes;
        this.details = details;
    }

    /**
     * Compares two snapshots.
     *
     * @param scratch a folder for files of passing interest; content of changed objects lies there unencrypted meanwhile
     * @throws IllegalArgumentException when neither has anything of {@code scope}
     * @throws dev.saddlebag.vault.WrongIdentityException when one of them is encrypted, and the identities of the vault do
     *     not open it
     * @throws dev.saddlebag.vault.DamageException when what is to be compared is not what was written
     */
    public static Difference between(Vault vault, Snapshot before, Snapshot after, Scope scope, Path scratch)
            throws IOException {
        String sourceBefore = source(vault, before);
        String sourceAfter = source(vault, after);
        boolean isSameSource = sourceBefore.equals(sourceAfter);
        Merge merge;
        try (CatalogueLines old = CatalogueLines.open(vault, before);
                CatalogueLines now = CatalogueLines.open(vault, after)) {
            merge = Merge.of(old, now, isSameSource);
        }
        if (!scope.isIn(merge.before()) && !scope.isIn(merge.after())) {
            throw new IllegalArgumentException(
                    "Neither snapshot has a page or database of this id or path. A path is the titles from the top of"
                            + " the workspace down, with / between them, as diff shows them");
        }
        Spool details = Spool.in(scratch);
        try {
            Comparing comparing = new Comparing(vault, before, after, merge, scope, details);
            if (isSameSource) {
                comparing.readContents(sourceAfter.equals(API), scratch);
            }
            List<Change> changes = comparing.changes(isSameSource);
            changes.sort(ORDER);
            return new Difference(before, after, sourceBefore, sourceAfter, List.copyOf(changes), details);
        } catch (IOException | RuntimeException e) {
            details.close();
            throw e;
        }
    }

    private static String source(Vault vault, Snapshot snapshot) throws IOException {
        try (InputStream about = vault.open(snapshot, "workspace.json")) {
            return Json.MAPPER.readTree(about).path("source").asText(API);
        }
    }

    public Snapshot before() {
        return before;
    }

    public Snapshot after() {
        return after;
    }

    /** Where the older one comes from: {@code api} or {@code export}. */
    public String sourceBefore() {
        return sourceBefore;
    }

    public String sourceAfter() {
        return sourceAfter;
    }

    /** Whether contents were compared; otherwise, between snapshots of different sources, titles and places were. */
    public boolean hasContents() {
        return sourceBefore.equals(sourceAfter);
    }

    /** Everything that is not alike: first what is no row, by its titles, then the rows of each database. */
    public List<Change> changes() {
        return changes;
    }

    /** How many objects were added, removed and so on, without what nothing became of. */
    public Map<What, Long> counts() {
        Map<What, Long> counts = new EnumMap<>(What.class);
        for (What what : What.values()) {
            counts.put(
                    what,
                    changes.stream()
                            .filter(change -> change.what().contains(what))
                            .count());
        }
        return Collections.unmodifiableMap(counts);
    }

    /** What is different in the content of one of the changes. */
    public Detail detail(Change change) throws IOException {
        Optional<byte[]> stored = details.get(change.object());
        return stored.isEmpty() ? Detail.NONE : Json.MAPPER.readValue(stored.get(), Detail.class);
    }

    @Override
    public void close() throws IOException {
        details.close();
    }

    /** One comparison under way. */
    private static final class Comparing {
        /** What became of the content of an object, in numbers. */
        private record Sum(long added, long removed, int properties) {
            private static final Sum NOTHING = new Sum(0, 0, 0);
        }

        private final Vault vault;
        private final Snapshot before;
        private final Snapshot after;
        private final Merge merge;
        private final Scope scope;
        private final Spool details;
        private final Map<ObjectRef, Sum> sums = new HashMap<>();

        Comparing(Vault vault, Snapshot before, Snapshot after, Merge merge, Scope scope, Spool details) {
            this.vault = vault;
            this.before = before;
            this.after = after;
            this.merge = merge;
            this.scope = scope;
            this.details = details;
        }

        /** Reads what changed, and where it is needed what came and went: a page may stand in a block of it. */
        void readContents(boolean isApi, Path scratch) throws IOException {
            Set<UUID> blocks = blocks();
            Map<String, Merge.Pair> old = new HashMap<>();
            Map<String, Merge.Pair> now = new HashMap<>();
            for (Merge.Pair pair : merge.pairs()) {
                boolean mayHoldOthers = !blocks.isEmpty() && pair.object().kind() == Kind.PAGE;
                if (pair.hasOtherContent() ? mayHoldOthers || isInScope(pair) : mayHoldOthers && !pair.isInBoth()) {
                    if (pair.before() != null) {
                        old.put(pair.before().path(), pair);
                    }
                    if (pair.after() != null) {
                        now.put(pair.after().path(), pair);
                    }
                }
            }
            Places newer = before.id().compareTo(after.id()) > 0 ? merge.before() : merge.after();
            ObjectDifference objects =
                    new ObjectDifference(new Titles(newer, newer == merge.before() ? merge.after() : merge.before()));
            try (Spool contents = Spool.in(scratch)) {
                read(before, old, (pair, content) -> {
                    contents.put(pair.object(), content);
                    if (isApi) {
                        findBlocks(content, pair, blocks, merge.before());
                    }
                });
                read(after, now, (pair, content) -> {
                    if (isApi) {
                        findBlocks(content, pair, blocks, merge.after());
                    }
                    Optional<byte[]> earlier = contents.get(pair.object());
                    if (earlier.isPresent()) {
                        keep(
                                pair,
                                isApi
                                        ? objects.between(
                                                Json.MAPPER.readTree(earlier.get()), Json.MAPPER.readTree(content))
                                        : ExportDifference.between(
                                                pair.after().path(), text(earlier.get()), text(content)));
                    }
                });
            }
        }

        private static String text(byte[] content) {
            return new String(content, StandardCharsets.UTF_8);
        }

        private void keep(Merge.Pair pair, Detail detail) throws IOException {
            if (!detail.isEmpty()) {
                details.put(pair.object(), Json.MAPPER.writeValueAsBytes(detail));
                sums.put(
                        pair.object(),
                        new Sum(
                                detail.lines('+'),
                                detail.lines('-'),
                                detail.properties().size() + detail.schema().size()));
            }
        }

        private interface Taker {
            void take(Merge.Pair pair, byte[] content) throws IOException;
        }

        private void read(Snapshot snapshot, Map<String, Merge.Pair> wanted, Taker taker) throws IOException {
            if (!wanted.isEmpty()) {
                vault.read(
                        snapshot,
                        entry -> wanted.containsKey(entry.path()),
                        (Entry entry, InputStream content) ->
                                taker.take(wanted.get(entry.path()), content.readAllBytes()));
            }
        }

        /** The blocks that something stands in that is to be told of. */
        private Set<UUID> blocks() {
            Set<UUID> blocks = new HashSet<>();
            for (Merge.Pair pair : merge.pairs()) {
                boolean isSamePlace = pair.isInBoth()
                        && Objects.equals(pair.before().parent(), pair.after().parent());
                for (Listed listed : new Listed[] {pair.before(), pair.after()}) {
                    if (!isSamePlace && listed != null && listed.inBlock()) {
                        blocks.add(listed.parent());
                    }
                }
            }
            return blocks;
        }

        private static void findBlocks(byte[] content, Merge.Pair pair, Set<UUID> blocks, Places places)
                throws IOException {
            if (!blocks.isEmpty() && pair.object().kind() == Kind.PAGE) {
                JsonNode page = Json.MAPPER.readTree(new ByteArrayInputStream(content));
                findBlocks(page.path("blocks"), UUID.fromString(pair.object().id()), blocks, places);
            }
        }

        private static void findBlocks(JsonNode tree, UUID page, Set<UUID> blocks, Places places) {
            for (JsonNode block : tree) {
                if (block.path("children").isArray() && block.path("id").isTextual()) {
                    UUID id = UUID.fromString(block.path("id").textValue());
                    if (blocks.contains(id)) {
                        places.add(id, page);
                    }
                    findBlocks(block.path("children"), page, blocks, places);
                }
            }
        }

        private boolean isInScope(Merge.Pair pair) {
            return (pair.before() != null && scope.holds(merge.before(), pair.before()))
                    || (pair.after() != null && scope.holds(merge.after(), pair.after()));
        }

        List<Change> changes(boolean isSameSource) {
            List<Change> changes = new ArrayList<>();
            for (Merge.Pair pair : merge.pairs()) {
                Set<What> what = what(pair, isSameSource);
                if (!what.isEmpty() && isInScope(pair)) {
                    Sum sum = sums.getOrDefault(pair.object(), Sum.NOTHING);
                    changes.add(new Change(
                            pair.object(),
                            what,
                            side(pair.before(), merge.before()),
                            side(pair.after(), merge.after()),
                            sum.added(),
                            sum.removed(),
                            sum.properties()));
                }
            }
            return changes;
        }

        private Set<What> what(Merge.Pair pair, boolean isSameSource) {
            if (!pair.isInBoth()) {
                return EnumSet.of(pair.before() == null ? What.ADDED : What.REMOVED);
            }
            Set<What> what = EnumSet.noneOf(What.class);
            if (isMoved(pair.before(), pair.after(), isSameSource)) {
                what.add(What.MOVED);
            }
            if (!pair.before().title().equals(pair.after().title())) {
                what.add(What.RENAMED);
            }
            if (sums.containsKey(pair.object())) {
                what.add(What.CHANGED);
            }
            if (what.isEmpty() && isSameSource) {
                what.add(What.TOUCHED);
            }
            return what;
        }

        /** Another block of the same page is no other place. Other sources tell less, and what they do not tell is not other. */
        private boolean isMoved(Listed old, Listed now, boolean isSameSource) {
            if (Objects.equals(old.parent(), now.parent())) {
                return false;
            }
            Optional<UUID> from = merge.before().container(old.parent());
            Optional<UUID> to = merge.after().container(now.parent());
            if (!isSameSource && ((from.isEmpty() && old.parent() != null) || (to.isEmpty() && now.parent() != null))) {
                return false;
            }
            return (from.isPresent() || to.isPresent()) ? !from.equals(to) : isSameSource;
        }

        private static Side side(Listed listed, Places places) {
            return listed == null
                    ? null
                    : new Side(
                            listed.title(), places.trail(listed), places.holdsRows(listed.parent()) && isPage(listed));
        }

        private static boolean isPage(Listed listed) {
            return listed.object().kind() == Kind.PAGE;
        }
    }
}
