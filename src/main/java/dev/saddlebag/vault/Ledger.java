package dev.saddlebag.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this host remembers of its snapshots: the hash of each list, which destination has committed which run, and which
 * data files are lost for good. It is the anchor outside a vault that tells when the newest snapshot was taken away
 * (facts/vault-study.md §3.4). Losing it loses that memory, and no data.
 */
final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final Path file;
    private final Disk disk;
    private final SortedMap<RunId, String> alive = new TreeMap<>();
    private final SortedMap<String, NavigableSet<RunId>> delivered = new TreeMap<>();
    private final SortedMap<String, SortedSet<String>> lost = new TreeMap<>();

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
            for (var destination : json.path("lost").properties()) {
                var files = new TreeSet<String>();
                destination.getValue().forEach(name -> files.add(name.asText()));
                ledger.lost.put(destination.getKey(), files);
            }
        } catch (NoSuchFileException e) {
            LOG.debug("No ledger at {} yet", file);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            LOG.warn("The ledger {} cannot be read ({}); it is begun anew and no data is lost", file, e.getMessage());
            ledger.alive.clear();
            ledger.delivered.clear();
            ledger.lost.clear();
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

    SortedSet<String> lost(String destination) {
        return new TreeSet<>(lost.getOrDefault(destination, new TreeSet<>()));
    }

    /** What is lost at any destination. */
    SortedSet<String> lost() {
        var all = new TreeSet<String>();
        lost.values().forEach(all::addAll);
        return all;
    }

    /** Notes that these data files, and no others, are lost at {@code destination}. */
    void lose(String destination, Collection<String> files) {
        if (files.isEmpty()) {
            lost.remove(destination);
        } else {
            lost.put(destination, new TreeSet<>(files));
        }
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
        if (!lost.isEmpty()) {
            var places = json.putObject("lost");
            lost.forEach((name, files) -> {
                var list = places.putArray(name);
                files.forEach(list::add);
            });
        }
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
