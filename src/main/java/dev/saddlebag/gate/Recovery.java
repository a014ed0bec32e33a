package dev.saddlebag.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.configuration.Source;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.destination.Destinations;
import dev.saddlebag.destination.Vaults;
import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.Accepted;
import dev.saddlebag.snapshot.Account;
import dev.saddlebag.snapshot.Accounts;
import dev.saddlebag.snapshot.Counts;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.State;
import dev.saddlebag.vault.Age;
import dev.saddlebag.vault.Entries;
import dev.saddlebag.vault.Entry;
import dev.saddlebag.vault.Facts;
import dev.saddlebag.vault.Identity;
import dev.saddlebag.vault.IdentityFile;
import dev.saddlebag.vault.RunId;
import dev.saddlebag.vault.Sealed;
import dev.saddlebag.vault.Snapshot;
import dev.saddlebag.vault.Store;
import dev.saddlebag.vault.Vault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out again what the last accepted complete snapshot held: from what this host keeps for the next run, else from the
 * catalogue of such a snapshot in a vault, else from the record of the newest.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    /** An older snapshot of another source is no measure for this day any more. */
    private static final int SEARCHED = 50;

    private final Path stateDirectory;
    private final Vaults vaults;
    private final Destinations destinations;

    Recovery(Path stateDirectory, Vaults vaults, Destinations destinations) {
        this.stateDirectory = stateDirectory;
        this.vaults = vaults;
        this.destinations = destinations;
    }

    /**
     * Writes what it finds: the newest snapshot of the source of {@code run}, else the newest of another.
     *
     * @param sameSource whether one of another source is of no use
     * @param files where the baseline of a source belongs
     * @return the file that was written; empty when there is no accepted complete snapshot that anybody knows of
     * @throws IOException when the state directory cannot be written, or no destination can be asked
     */
    Optional<BaselineFile> into(Run run, boolean sameSource, Function<Source, BaselineFile> files) throws IOException {
        WorkspaceSettings workspace = run.workspace();
        List<Store> stores = destinations.vaults(workspace);
        vaults.recover(workspace.name(), stores);
        Optional<Sealed> newest = vaults.spool(workspace.name()).baseline();
        if (newest.isPresent() && !Baseline.isMeasure(newest.get().facts())) {
            newest = Optional.empty();
        }
        Optional<Accepted> kept = newest.isPresent()
                ? Accepted.of(
                        stateDirectory.resolve(workspace.name()),
                        newest.get().id().value())
                : Optional.empty();
        if (kept.filter(one -> source(one.header().about()) == run.source()).isPresent()) {
            return Optional.of(fromState(kept.get(), newest.get(), files));
        }
        List<Candidate> candidates = candidates(run, stores);
        for (Candidate candidate : candidates) {
            if (candidate.source() == run.source()) {
                Optional<BaselineFile> read = fromVault(candidate, workspace, files);
                if (read.isPresent()) {
                    return read;
                }
            }
        }
        if (sameSource) {
            return Optional.empty();
        }
        if (kept.isPresent()) {
            return Optional.of(fromState(kept.get(), newest.get(), files));
        }
        for (Candidate candidate : candidates) {
            Optional<BaselineFile> read =
                    candidate.source() == null ? Optional.empty() : fromVault(candidate, workspace, files);
            if (read.isPresent()) {
                return read;
            }
        }
        return withoutCatalogue(run, newest, candidates, files);
    }

    /**
     * A snapshot in a vault that could be the measure.
     *
     * @param source where its content came from; null when that cannot be read
     */
    private record Candidate(Vault vault, Snapshot snapshot, Source source) {}

    /** Of each destination, the newest of the source of {@code run} and the newest of any. */
    private List<Candidate> candidates(Run run, List<Store> stores) throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        Path scratch = scratch(run.workspace());
        for (Store store : stores) {
            try {
                Vault vault = opened(run.workspace(), vaults.reader(store, scratch));
                List<Snapshot> measures = vault.snapshots().stream()
                        .filter(snapshot -> Baseline.isMeasure(snapshot.facts()))
                        .sorted(Comparator.comparing(Snapshot::id).reversed())
                        .limit(SEARCHED)
                        .toList();
                find(run.source(), vault, measures, candidates);
            } catch (IOException unanswered) {
                LOG.warn("What was accepted last could not be read from a destination: {}", unanswered.getMessage());
            }
        }
        return candidates;
    }

    private static void find(Source wanted, Vault vault, List<Snapshot> newestFirst, List<Candidate> candidates) {
        for (Snapshot snapshot : newestFirst) {
            Source source = source(vault, snapshot);
            if (source == wanted || snapshot.equals(newestFirst.get(0))) {
                candidates.add(new Candidate(vault, snapshot, source));
            }
            // What cannot be opened here cannot be so further back either.
            if (source == wanted || (source == null && snapshot.isEncrypted())) {
                return;
            }
        }
    }

    private static Source source(Vault vault, Snapshot snapshot) {
        try (InputStream in = vault.open(snapshot, "workspace.json")) {
            return source(Json.MAPPER.readTree(in.readAllBytes()));
        } catch (IOException | RuntimeException unreadable) {
            LOG.warn("What {} holds cannot be read here ({})", snapshot.id(), unreadable.getMessage());
            return null;
        }
    }

    private Path scratch(WorkspaceSettings workspace) throws IOException {
        return Files.createDirectories(stateDirectory.resolve(workspace.name()).resolve("scratch"));
    }

    private static BaselineFile fromState(Accepted accepted, Sealed newest, Function<Source, BaselineFile> files)
            throws IOException {
        Source source = source(accepted.header().about());
        Inventory inventory = Inventory.of(source, accepted.accounts());
        Optional<Counts> recorded = Baseline.recorded(newest.facts());
        Counts counts = recorded.isPresent() ? recorded.get() : inventory.counts();
        BaselineFile file = files.apply(source);
        file.write(
                new Baseline(
                        newest.id().value(),
                        source,
                        Baseline.format(accepted.header().about()),
                        counts,
                        inventory.files(),
                        new TreeMap<>(),
                        true,
                        true),
                inventory);
        return file;
    }

    private Optional<BaselineFile> fromVault(
            Candidate candidate, WorkspaceSettings workspace, Function<Source, BaselineFile> files) {
        try {
            return Optional.of(fromCatalogue(candidate.vault(), candidate.snapshot(), scratch(workspace), files));
        } catch (IOException | RuntimeException unreadable) {
            LOG.warn(
                    "The catalogue of the snapshot {} cannot be read ({})",
                    candidate.snapshot().id(),
                    unreadable.getMessage());
            return Optional.empty();
        }
    }

    /** What records say, which anybody can read: the counts, of an encrypted snapshot not even these. */
    private static Optional<BaselineFile> withoutCatalogue(
            Run run, Optional<Sealed> newest, List<Candidate> candidates, Function<Source, BaselineFile> files)
            throws IOException {
        Optional<Snapshot> record =
                candidates.stream().map(Candidate::snapshot).max(Comparator.comparing(Snapshot::id));
        Optional<RunId> id = newest.map(Sealed::id).or(() -> record.map(Snapshot::id));
        if (id.isEmpty()) {
            return Optional.empty();
        }
        Facts facts = newest.isPresent() ? newest.get().facts() : record.get().facts();
        // A workspace that has one source only is taken to have had no other.
        Source source = run.workspace().sources().equals(List.of(run.source())) ? run.source() : null;
        String name = id.get().value();
        BaselineFile file = files.apply(run.source());
        file.write(
                Baseline.recorded(facts)
                        .map(counts -> Baseline.counted(name, source, counts))
                        .orElseGet(() -> Baseline.named(name)),
                null);
        return Optional.of(file);
    }

    private static Vault opened(WorkspaceSettings workspace, Vault vault) {
        List<Identity> all = new ArrayList<>();
        for (Path file : workspace.encryption().identities()) {
            try {
                all.addAll(IdentityFile.read(file, protectedFile -> {
                    throw new IOException(protectedFile + " has a passphrase, and nobody is there to be asked for it");
                }));
            } catch (IOException unreadable) {
                LOG.warn("An identity cannot be used: {}", unreadable.getMessage());
            }
        }
        return all.isEmpty() ? vault : vault.with(Age.decryption(all));
    }

    private static BaselineFile fromCatalogue(
            Vault vault, Snapshot snapshot, Path scratch, Function<Source, BaselineFile> files) throws IOException {
        JsonNode about;
        try (InputStream in = vault.open(snapshot, "workspace.json")) {
            about = Json.MAPPER.readTree(in.readAllBytes());
        }
        JsonNode completeness;
        try (InputStream in = vault.open(snapshot, "completeness.json")) {
            completeness = Json.MAPPER.readTree(in.readAllBytes());
        }
        Counts counts = Json.MAPPER.treeToValue(completeness.path("counts"), Counts.class);
        Source source = source(about);
        Path lines = Files.createTempFile(scratch, "catalogue-", ".jsonl");
        try {
            Inventory inventory = Inventory.of(source, accounts(vault, snapshot, lines));
            BaselineFile file = files.apply(source);
            Baseline baseline = new Baseline(
                    snapshot.id().value(),
                    source,
                    Baseline.format(about),
                    counts,
                    files(vault, snapshot),
                    new TreeMap<>(),
                    true,
                    false);
            file.write(baseline, inventory);
            return file;
        } finally {
            Files.deleteIfExists(lines);
        }
    }

    private static SortedMap<String, FileTotals.Total> files(Vault vault, Snapshot snapshot) throws IOException {
        FileTotals totals = new FileTotals();
        try (Entries entries = vault.entries(snapshot)) {
            for (Optional<Entry> entry = entries.next(); entry.isPresent(); entry = entries.next()) {
                if (entry.get().path().startsWith("files/")) {
                    totals.add(
                            entry.get().path(),
                            entry.get().sha256(),
                            entry.get().size());
                }
            }
        }
        return totals.byKind();
    }

    /** What a catalogue says, as the books would have said it. */
    private static Accounts accounts(Vault vault, Snapshot snapshot, Path target) throws IOException {
        Accounts accounts = Accounts.open(target);
        try (InputStream in = vault.open(snapshot, "catalogue.jsonl");
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                JsonNode line = Json.MAPPER.readTree(text);
                if (line instanceof ObjectNode object
                        && !line.path("type").asText().equals(Kind.VIEW.word())) {
                    accounts.add(account(object));
                }
            }
        } catch (JsonProcessingException garbled) {
            throw new IOException("catalogue.jsonl is garbled: " + garbled.getOriginalMessage(), garbled);
        }
        return accounts;
    }

    private static Account account(ObjectNode line) {
        JsonNode parent = line.path("parent");
        return new Account(
                new ObjectRef(
                        Kind.of(line.path("type").asText()), line.path("id").asText()),
                State.COLLECTED,
                null,
                line.path("last_edited_time").asText(null),
                true,
                null,
                false,
                0,
                0,
                0,
                parent(parent),
                parent.path("block_id").asText(null),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                line);
    }

    private static ObjectRef parent(JsonNode parent) {
        for (Kind kind : List.of(Kind.DATA_SOURCE, Kind.DATABASE, Kind.PAGE)) {
            String id = parent.path(kind.word() + "_id").asText("");
            if (!id.isEmpty()) {
                return new ObjectRef(kind, id);
            }
        }
        return null;
    }

    private static Source source(JsonNode about) {
        return about.path("source").asText().equals("export") ? Source.EXPORT : Source.API;
    }
}
