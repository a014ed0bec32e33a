package dev.saddlebag.gate;

import dev.saddlebag.configuration.Source;
import dev.saddlebag.snapshot.Account;
import dev.saddlebag.snapshot.Accounts;
import dev.saddlebag.snapshot.Counts;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The pages and databases that a snapshot holds, and where each stands. Only who stands in whom is in memory; the rest is
 * read from the accounts as it is asked for.
 */
final class Inventory {
    /** No workspace is nested as deep; a ring of parents must not keep the gate for ever. */
    private static final int DEEPEST = 10_000;

    private final Source source;
    private final Accounts accounts;
    private final Map<UUID, UUID> parents = new HashMap<>();
    private final Map<UUID, UUID> dataSources = new HashMap<>();
    private final Set<UUID> databases = new HashSet<>();
    private final Set<UUID> templates = new HashSet<>();
    private final Set<UUID> lost = new HashSet<>();
    private final FileTotals files = new FileTotals();

    private Inventory(Source source, Accounts accounts) {
        this.source = source;
        this.accounts = accounts;
    }

    /** The inventory of what {@code accounts} say that the snapshot holds. */
    static Inventory of(Source source, Accounts accounts) throws IOException {
        Inventory inventory = new Inventory(source, accounts);
        accounts.forEach(Kind.DATABASE, inventory::place);
        accounts.forEach(Kind.DATA_SOURCE, inventory::place);
        accounts.forEach(Kind.PAGE, inventory::place);
        return inventory;
    }

    private void place(Account account) {
        if (!account.state().isHeld()) {
            return;
        }
        account.files().forEach(file -> files.add(file.path(), file.sha256(), file.size()));
        UUID id = uuid(account.object());
        switch (account.object().kind()) {
            case DATABASE -> databases.add(id);
            case DATA_SOURCE -> {
                UUID database = account.parent() == null ? id : uuid(account.parent());
                dataSources.put(id, database);
                if (!databases.contains(database)) {
                    // Shared without the database around it: then it is what people know as the database.
                    dataSources.put(id, id);
                    databases.add(id);
                }
                account.children().forEach(template -> templates.add(uuid(template)));
            }
            default -> {
                if (account.block() != null) {
                    lost.add(id);
                }
            }
        }
        if (account.parent() != null) {
            parents.put(id, uuid(account.parent()));
        }
        if (account.object().kind() != Kind.DATABASE) {
            // What stands in a column or a toggle names that block as its parent; the page around it knows it as a
            // child.
            account.children().stream()
                    .filter(child -> child.kind() == Kind.PAGE || child.kind() == Kind.DATABASE)
                    .forEach(child -> parents.putIfAbsent(uuid(child), id));
        }
    }

    /** Gives all items, in the order {@link Item#ORDER}. */
    void forEach(Consumer<Item> receiver) throws IOException {
        List<ObjectRef> ofDatabases = new ArrayList<>();
        for (UUID id : databases) {
            ofDatabases.add(new ObjectRef(Kind.DATABASE, id.toString()));
        }
        ofDatabases.sort(Item.ORDER);
        for (ObjectRef database : ofDatabases) {
            Account account = accounts.of(database)
                    .or(() -> accounts.of(new ObjectRef(Kind.DATA_SOURCE, database.id())))
                    .orElseThrow();
            receiver.accept(item(database, account));
        }
        accounts.forEach(Kind.PAGE, account -> {
            if (account.state().isHeld()) {
                receiver.accept(item(account.object(), account));
            }
        });
    }

    private Item item(ObjectRef object, Account account) {
        UUID id = uuid(object);
        UUID parent = container(id);
        boolean row = parent != null && databases.contains(parent) && !templates.contains(id);
        return new Item(
                object,
                account.line() == null ? "" : account.line().path("title").asText(""),
                text(parent),
                row && object.kind() == Kind.PAGE ? text(parent) : null,
                text(top(id)),
                // A key that Notion adds to every page would change every hash; its time of edit tells edits alone.
                source == Source.API ? account.edited() : account.shown(),
                account.blocks());
    }

    /** The page or database that holds an object, if the snapshot has it. */
    private UUID container(UUID id) {
        UUID parent = parents.get(id);
        UUID known = dataSources.getOrDefault(parent, parent);
        return known == null || known.equals(id) || !isHeld(known) ? null : known;
    }

    private boolean isHeld(UUID id) {
        return databases.contains(id) || accounts.has(new ObjectRef(Kind.PAGE, id.toString()));
    }

    private UUID top(UUID id) {
        UUID top = null;
        UUID at = id;
        for (int i = 0; i < DEEPEST; i++) {
            UUID up = container(at);
            if (up == null) {
                return lost.contains(at) ? null : top;
            }
            top = up;
            at = up;
        }
        return null;
    }

    /** The files that the items name, by kinds. */
    SortedMap<String, FileTotals.Total> files() {
        return files.byKind();
    }

    /** How many pages, databases and files there are; what else there is it does not know. */
    Counts counts() throws IOException {
        long[] pages = {0};
        accounts.forEach(Kind.PAGE, account -> pages[0] += account.state().isHeld() ? 1 : 0);
        FileTotals.Total all = files.total();
        return new Counts(pages[0], databases.size(), 0, 0, 0, 0, all.files(), all.bytes());
    }

    private static String text(UUID id) {
        return id == null ? null : id.toString();
    }

    private static UUID uuid(ObjectRef object) {
        return UUID.fromString(object.id());
    }
}
