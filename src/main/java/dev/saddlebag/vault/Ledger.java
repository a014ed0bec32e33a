package dev.saddlebag.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this host remembers of its snapshots: the hash of each list, and which destination has committed which run. It
 * is the anchor outside a vault that tells when the newest snapshot was taken away (facts/vault-study.md §3.4). Losing
 * it loses that memory, and no data.
 */
final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final Path file;
    private final Disk disk;
    private final SortedMap<RunId, String> alive = new TreeMap<>();
    private final SortedMap<String, NavigableSet<RunId>> delivered = new TreeMap<>();

    private Ledger(Path file, Disk disk) {
        this.file = file;
        this.disk = disk;
    }

    static Ledger at(Path file, Disk disk) throws IOException {
        var ledger = new Ledger(file, disk);
        try {
            var json = Json.MAPPER.readTree(Files.readAllBytes(file));
            for (var run : json.path("alive").properties()) {
                ledger.alive.put(RunId.parse(run.getKey()), run.getValue().asText());
            }
            for (var destination : json.path("delivered").properties()) {
                for (var run : destination.getValue()) {
                    ledger.runs(destination.getKey()).add(RunId.parse(run.asText()));
                }
            }
        } catch (NoSuchFileException e) {
            LOG.debug("No ledger at {} yet", file);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            LOG.warn("The ledger {} cannot be read ({}); it is begun anew and no data is lost", file, e.getMessage());
            ledger.alive.clear();
            ledger.delivered.clear();
        }
        return ledger;
    }

    SortedMap<RunId, String> alive() {
        return new TreeMap<>(alive);
    }

    NavigableSet<RunId> delivered(String destination) {
        return new TreeSet<>(delivered.getOrDefault(destination, new TreeSet<>()));
    }

    void remember(RunId run, String listSha256) {
        alive.put(run, listSha256);
    }

    void deliver(String destination, RunId run) {
        runs(destination).add(run);
    }

    void forgetAlive(RunId run) {
        alive.remove(run);
    }

    void forget(String destination, RunId run) {
        runs(destination).remove(run);
    }

    void save() throws IOException {
        var json = Json.MAPPER.createObjectNode();
        var hashes = json.putObject("alive");
        alive.forEach((run, hash) -> hashes.put(run.value(), hash));
        var destinations = json.putObject("delivered");
        delivered.forEach((name, runs) -> {
            var list = destinations.putArray(name);
            runs.forEach(run -> list.add(run.value()));
        });
        var temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try (var out = disk.create(temporary)) {
            out.write((Json.PRETTY.writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        disk.rename(temporary, file);
    }

    private NavigableSet<RunId> runs(String destination) {
        return delivered.computeIfAbsent(destination, name -> new TreeSet<>());
    }
}
