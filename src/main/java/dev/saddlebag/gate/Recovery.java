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
import dev.saddlebag.vault.Identity;
import dev.saddlebag.vault.IdentityFile;
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
 * catalogue of that snapshot in a vault, else from its record.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Path stateDirectory;
    private final Vaults vaults;
    private final Destinations destinations;

    Recovery(Path stateDirectory, Vaults vaults, Destinations destinations) {
        this.stateDirectory = stateDirectory;
        this.vaults = vaults;
        this.destinations = destinations;
    }

    /**
     * Writes what it finds.
     *
     * @param files where the baseline of a source belongs
     * @return the file that was written; empty when there is no accepted complete snapshot that anybody knows of
     * @throws IOException when the state directory cannot be written, or no destination can be asked
     */
    Optional<BaselineFile> into(Run run, Function<Source, BaselineFile> files) throws IOException {
        WorkspaceSettings workspace = run.workspace();
        List<Store> stores = destinations.vaults(workspace);
        vaults.recover(workspace.name(), stores);
        Optional<Sealed> newest = vaults.spool(workspace.name()).baseline();
        Optional<Counts> counts =
                newest.isPresent() ? Baseline.recorded(newest.get().facts()) : Optional.empty();
        if (counts.isPresent()) {
            Optional<BaselineFile> kept = fromState(workspace, newest.get(), counts.get(), files);
            if (kept.isPresent()) {
                return kept;
            }
        }
        for (Store store : stores) {
            try {
                Optional<BaselineFile> found = fromVault(workspace, store, files);
                if (found.isPresent()) {
                    return found;
                }
            } catch (IOException unanswered) {
                LOG.warn("What was accepted last could not be read from a destination: {}", unanswered.getMessage());
            }
        }
        return counts.isPresent()
                ? Optional.of(counted(newest.get().id().value(), Source.API, counts.get(), files))
                : Optional.empty();
    }

    private Optional<BaselineFile> fromState(
            WorkspaceSettings workspace, Sealed newest, Counts counts, Function<Source, BaselineFile> files)
            throws IOException {
        String run = newest.id().value();
        Optional<Accepted> accepted = Accepted.of(stateDirectory.resolve(workspace.name()), run);
        if (accepted.isEmpty()) {
            return Optional.empty();
        }
        Source source = source(accepted.get().header().about());
        Inventory inventory = Inventory.of(source, accepted.get().accounts());
        BaselineFile file = files.apply(source);
        file.write(new Baseline(run, source, counts, inventory.files(), new TreeMap<>(), true, true), inventory);
        return Optional.of(file);
    }

    private Optional<BaselineFile> fromVault(
            WorkspaceSettings workspace, Store store, Function<Source, BaselineFile> files) throws IOException {
        Path scratch =
                Files.createDirectories(stateDirectory.resolve(workspace.name()).resolve("scratch"));
        Vault vault = opened(workspace, vaults.reader(store, scratch));
        Optional<Snapshot> newest = vault.snapshots().stream()
                .filter(snapshot -> snapshot.facts().complete()
                        && snapshot.facts().verdict().equals(Verdict.ACCEPTED))
                .max(Comparator.comparing(Snapshot::id));
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        Snapshot snapshot = newest.get();
        try {
            return Optional.of(fromCatalogue(vault, snapshot, scratch, files));
        } catch (IOException | RuntimeException unreadable) {
            LOG.warn(
                    "The catalogue of the snapshot {} cannot be read ({}); its counts alone are compared",
                    snapshot.id(),
                    unreadable.getMessage());
        }
        Optional<Counts> counts = snapshot.isEncrypted() ? Optional.empty() : Baseline.recorded(snapshot.facts());
        return counts.isPresent()
                ? Optional.of(counted(snapshot.id().value(), Source.API, counts.get(), files))
                : Optional.empty();
    }

    private static BaselineFile counted(String run, Source source, Counts counts, Function<Source, BaselineFile> files)
            throws IOException {
        BaselineFile file = files.apply(source);
        file.write(Baseline.counted(run, source, counts), null);
        return file;
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
                    snapshot.id().value(), source, counts, files(vault, snapshot), new TreeMap<>(), true, false);
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
