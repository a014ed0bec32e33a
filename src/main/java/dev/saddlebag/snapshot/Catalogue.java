package dev.saddlebag.snapshot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.notion.NotionId;
import dev.saddlebag.vault.Note;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the accounts of a run say to readers of its snapshot: {@code catalogue.jsonl} and {@code ledger.jsonl}. */
public final class Catalogue {
    /** The order of the paths, in which an unchanged workspace gives the same file in every run. */
    private static final List<Kind> BY_PATH = List.of(Kind.DATA_SOURCE, Kind.DATABASE, Kind.PAGE, Kind.VIEW);

    private final Accounts accounts;
    private Map<String, ObjectRef> byReadablePath;

    public Catalogue(Accounts accounts) {
        this.accounts = accounts;
    }

    /** Writes a line for each object that the snapshot holds, in the order of their paths. */
    public void write(Path target) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target))) {
            for (Kind kind : BY_PATH) {
                accounts.forEach(kind, account -> {
                    if (account.state().isHeld()) {
                        write(out, account.line());
                    }
                });
            }
        }
    }

    /** Writes a line for every object that the run met, with its final state and when it was read. */
    public void writeLedger(Path target) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target))) {
            for (Kind kind : Kind.values()) {
                accounts.forEach(kind, account -> write(out, Ledger.line(account)));
            }
        }
    }

    private static void write(OutputStream out, ObjectNode line) {
        try {
            out.write((Json.MAPPER.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
    }

    /** What the manifest of the snapshot repeats of the object at {@code path}; nothing when no object has that path. */
    public Note note(String path) {
        Optional<ObjectRef> object = path.startsWith(ReadablePaths.ROOT + "/") ? readable(path) : object(path);
        Optional<ObjectNode> line = object.flatMap(accounts::of).map(Account::line);
        return line.map(found -> new Note(
                        found.path("id").textValue(),
                        found.path("title").textValue(),
                        found.path("last_edited_time").textValue()))
                .orElse(Note.NONE);
    }

    /** In the snapshot of an export the readable file is the only one that an object has. */
    private Optional<ObjectRef> readable(String path) {
        if (byReadablePath == null) {
            byReadablePath = new HashMap<>();
            try {
                accounts.forEach(account -> {
                    if (account.line() != null
                            && account.line().path("path").asText().startsWith(ReadablePaths.ROOT + "/")) {
                        byReadablePath.put(account.line().path("path").asText(), account.object());
                    }
                });
            } catch (IOException disk) {
                throw new UncheckedIOException("The accounts of the run cannot be read back", disk);
            }
        }
        return Optional.ofNullable(byReadablePath.get(path));
    }

    /** The object whose file has this path. */
    static Optional<ObjectRef> object(String path) {
        for (Kind kind : BY_PATH) {
            String prefix = kind.path("").replace(".json", "");
            if (path.startsWith(prefix) && path.endsWith(".json")) {
                String id = path.substring(prefix.length(), path.length() - 5);
                return NotionId.isDashed(id) ? Optional.of(new ObjectRef(kind, id)) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
