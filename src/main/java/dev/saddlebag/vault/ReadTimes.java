package dev.saddlebag.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When each stored file of one destination was last read and found as it was written, so that every one has its turn
 * (facts/vault-study.md §4.8). Losing it loses no data: the turns begin anew.
 */
public final class ReadTimes {
    private static final Logger LOG = LoggerFactory.getLogger(ReadTimes.class);
    private static final Duration FIRST_STEP = Duration.ofDays(1);

    private final Path file;
    private final Disk disk;
    private final SortedMap<String, Instant> read = new TreeMap<>();
    private final SortedSet<String> bad = new TreeSet<>();
    private Instant since;
    private Instant last;

    private ReadTimes(Path file, Disk disk) {
        this.file = file;
        this.disk = disk;
    }

    /** What {@code file} remembers; nothing when it is not there or cannot be understood. */
    public static ReadTimes at(Path file) throws IOException {
        return at(file, Disk.LOCAL);
    }

    static ReadTimes at(Path file, Disk disk) throws IOException {
        var times = new ReadTimes(file, disk);
        try {
            times.parse(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            LOG.debug("Nothing is known yet of when files were read: {}", file);
        } catch (JsonProcessingException | DateTimeException e) {
            LOG.warn("{} cannot be read ({}); the turns of the stored files begin anew", file, e.getMessage());
            return new ReadTimes(file, disk);
        }
        return times;
    }

    private void parse(byte[] bytes) throws IOException {
        var json = Json.MAPPER.readTree(bytes);
        since = Instant.parse(json.path("since").asText());
        last = Instant.parse(json.path("last").asText());
        json.path("bad").forEach(name -> bad.add(name.asText()));
        for (var time : json.path("read").properties()) {
            var then = Instant.parse(time.getKey());
            time.getValue().forEach(name -> read.put(name.asText(), then));
        }
    }

    /**
     * The files whose turn it is: as few bytes as are enough to read each file within {@code cycle} of the time before, if
     * the next turn is as far away as the last one was; those first that were not read for the longest. What was found
     * damaged is read again each time, on top of that.
     *
     * @param sizes all stored files with their bytes
     */
    SortedSet<String> due(SortedMap<String, Long> sizes, Duration cycle, Instant now) {
        var step = last == null || !last.isBefore(now) ? FIRST_STEP : Duration.between(last, now);
        var queue = new ArrayList<>(sizes.keySet());
        queue.removeAll(bad);
        queue.sort(Comparator.<String, Instant>comparing(name -> when(name, now))
                .thenComparing(Comparator.naturalOrder()));
        var quota = quota(queue, sizes, cycle, step, now);
        var due = new TreeSet<>(bad);
        due.retainAll(sizes.keySet());
        var taken = 0L;
        for (var name : queue) {
            if (taken >= quota) {
                break;
            }
            due.add(name);
            taken += sizes.get(name);
        }
        return due;
    }

    /** Of each deadline: what must be read until then, as evenly as the time until then allows. */
    private double quota(List<String> queue, Map<String, Long> sizes, Duration cycle, Duration step, Instant now) {
        var quota = 0.0;
        var sum = 0L;
        for (var name : queue) {
            sum += sizes.get(name);
            var left = Duration.between(now, when(name, now).plus(cycle));
            var share = left.compareTo(step) <= 0 ? 1.0 : (double) step.toMillis() / left.toMillis();
            quota = Math.max(quota, sum * share);
        }
        return quota;
    }

    /** When a file was read last. The run that wrote it read it back; what is older than this memory counts from its start. */
    private Instant when(String name, Instant now) {
        var known = read.get(name);
        if (known != null && !known.isAfter(now)) {
            return known;
        }
        var begun = since == null || since.isAfter(now) ? now : since;
        return RunId.leading(name.substring(name.indexOf('/') + 1))
                .map(RunId::started)
                .filter(written -> written.isAfter(begun) && !written.isAfter(now))
                // Before those that were read in the very first turn.
                .orElse(begun.minusMillis(1));
    }

    /**
     * Notes what was read at {@code now}.
     *
     * @param existing all stored files; what is not among them is forgotten
     */
    void note(Collection<String> sound, Collection<String> damaged, Collection<String> existing, Instant now) {
        since = since == null || since.isAfter(now) ? now : since;
        last = now;
        sound.forEach(name -> read.put(name, now));
        read.keySet().retainAll(existing);
        bad.removeAll(sound);
        bad.addAll(damaged);
        bad.retainAll(existing);
    }

    /** When the file that has waited longest was read. */
    Instant oldest(Collection<String> existing, Instant now) {
        return existing.stream()
                .filter(name -> !bad.contains(name))
                .map(name -> when(name, now))
                .min(Comparator.naturalOrder())
                .orElse(now);
    }

    void save() throws IOException {
        var json = Json.MAPPER.createObjectNode();
        json.put("since", since.toString());
        json.put("last", last.toString());
        var damaged = json.putArray("bad");
        bad.forEach(damaged::add);
        SortedMap<Instant, List<String>> byTime = new TreeMap<>();
        read.forEach((name, time) ->
                byTime.computeIfAbsent(time, any -> new ArrayList<>()).add(name));
        var times = json.putObject("read");
        byTime.forEach((time, names) -> {
            var list = times.putArray(time.toString());
            names.forEach(list::add);
        });
        disk.createFolder(file.toAbsolutePath().getParent());
        // The command line may verify beside the daemon.
        var temporary = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try (var out = disk.create(temporary)) {
            out.write(Json.MAPPER.writeValueAsString(json).getBytes(StandardCharsets.UTF_8));
        }
        disk.rename(temporary, file);
    }
}
