package dev.saddlebag.snapshot;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What this host knows of the newest snapshot of a workspace, so that the next run can carry over from it what did not
 * change. Losing it loses no data: the next run reads everything again.
 */
public final class Accepted {
    private final Header header;
    private final Accounts accounts;
    private Map<ObjectRef, Set<ObjectRef>> rows;

    private Accepted(Header header, Accounts accounts) {
        this.header = header;
        this.accounts = accounts;
    }

    /** What holds for the snapshot as a whole. */
    public Header header() {
        return header;
    }

    /** What holds for each of its objects. */
    public Accounts accounts() {
        return accounts;
    }

    /** The rows of a data source that the snapshot holds. */
    public synchronized Set<ObjectRef> rows(ObjectRef dataSource) throws IOException {
        if (rows == null) {
            rows = findRows();
        }
        return rows.getOrDefault(dataSource, Set.of());
    }

    /** The pages of a data source but for its templates, which stand in it as its children. */
    private Map<ObjectRef, Set<ObjectRef>> findRows() throws IOException {
        Map<ObjectRef, Set<ObjectRef>> found = new HashMap<>();
        accounts.forEach(Kind.PAGE, page -> {
            if (page.state().isHeld() && page.parent() != null) {
                found.computeIfAbsent(page.parent(), unused -> new HashSet<>()).add(page.object());
            }
        });
        accounts.forEach(
                Kind.DATA_SOURCE,
                dataSource ->
                        found.getOrDefault(dataSource.object(), new HashSet<>()).removeAll(dataSource.children()));
        return found;
    }

    /**
     * What holds for a snapshot as a whole.
     *
     * @param run the id of the run that made it
     * @param started when that run began, ISO 8601 in UTC
     * @param swept when the last run began that read everything
     * @param settings what was to be collected; a run with other settings cannot carry anything over
     * @param searched whether search was read to its end
     * @param about what stands in {@code workspace.json}
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Header(
            String run,
            String started,
            String swept,
            String settings,
            @JsonProperty("searched") boolean searched,
            ObjectNode about) {
        public Instant startedAt() {
            return Instant.parse(started);
        }

        public Instant sweptAt() {
            return Instant.parse(swept);
        }
    }

    /** What is known of the snapshot of {@code run}, if anything. */
    public static Optional<Accepted> of(Path stateOfWorkspace, String run) throws IOException {
        Optional<Header> header = header(stateOfWorkspace, run);
        return header.isPresent()
                ? Optional.of(new Accepted(header.get(), Accounts.open(accountsOf(stateOfWorkspace, run))))
                : Optional.empty();
    }

    /** What holds for the snapshot of {@code run} as a whole, if it is known; looks at nothing else, and writes nothing. */
    public static Optional<Header> header(Path stateOfWorkspace, String run) throws IOException {
        try {
            byte[] header = Files.readAllBytes(folder(stateOfWorkspace).resolve(run + ".json"));
            return Optional.of(Json.MAPPER.readValue(header, Header.class));
        } catch (NoSuchFileException unknown) {
            return Optional.empty();
        }
    }

    /**
     * Gives every account of the snapshot of {@code run}, in the order in which they were written. One account at a time is
     * in memory, and nothing is written.
     */
    public static void stream(Path stateOfWorkspace, String run, Consumer<Account> receiver) throws IOException {
        try (Lines lines = new Lines(accountsOf(stateOfWorkspace, run))) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                receiver.accept(Json.MAPPER.readValue(line, Account.class));
            }
        }
    }

    /**
     * Keeps what is known of a snapshot that is about to become the newest. What is known of the newest until now stays,
     * since a crash may keep the new one from ever becoming it; anything else is deleted.
     */
    public static void keep(Path stateOfWorkspace, Header header, Accounts accounts, Optional<String> newestUntilNow)
            throws IOException {
        Path folder = Files.createDirectories(folder(stateOfWorkspace));
        for (Path file : listed(folder)) {
            String name = file.getFileName().toString();
            if (newestUntilNow.isEmpty() || !name.startsWith(newestUntilNow.get() + ".")) {
                Files.delete(file);
            }
        }
        Accounts kept = Accounts.open(accountsOf(stateOfWorkspace, header.run()));
        for (Kind kind : Kind.values()) {
            for (ObjectRef object : accounts.objects(kind)) {
                kept.add(accounts.of(object).orElseThrow().carriedOver());
            }
        }
        // The header comes last: without it the accounts count for nothing.
        Files.write(folder.resolve(header.run() + ".json"), Json.PRETTY.writeValueAsBytes(header));
    }

    /** The run of the snapshot that was the newest before that of {@code run}, if it is still known. */
    public static Optional<String> before(Path stateOfWorkspace, String run) throws IOException {
        Path folder = folder(stateOfWorkspace);
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        return listed(folder).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".json"))
                .map(name -> name.substring(0, name.length() - ".json".length()))
                .filter(other -> other.compareTo(run) < 0)
                .max(Comparator.naturalOrder());
    }

    private static List<Path> listed(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static Path folder(Path stateOfWorkspace) {
        return stateOfWorkspace.resolve("accepted");
    }

    private static Path accountsOf(Path stateOfWorkspace, String run) {
        return folder(stateOfWorkspace).resolve(run + ".jsonl");
    }
}
