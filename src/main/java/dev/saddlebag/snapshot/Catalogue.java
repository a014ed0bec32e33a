package dev.saddlebag.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.vault.Note;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Gathers the lines of {@code catalogue.jsonl} in the order in which objects are finished, and writes them out in the
 * order of their paths, so that the file of an unchanged workspace is the same in every run. Only the paths are in memory.
 */
public final class Catalogue {
    private record Line(String path, long offset, int length) {}

    private static final Comparator<Line> BY_PATH = Comparator.comparing(Line::path);

    private final Path unsorted;
    private final List<Line> lines = new ArrayList<>();
    private long end;

    /** @param unsorted a file for the time of the run; what it held is forgotten */
    public Catalogue(Path unsorted) throws IOException {
        this.unsorted = unsorted;
        Files.createDirectories(unsorted.getParent());
        Files.write(unsorted, new byte[0]);
    }

    public synchronized void add(String path, ObjectNode line) throws IOException {
        byte[] bytes = (Json.MAPPER.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
        try (RandomAccessFile file = new RandomAccessFile(unsorted.toFile(), "rw")) {
            file.seek(end);
            file.write(bytes);
        }
        lines.add(new Line(path, end, bytes.length));
        end += bytes.length;
    }

    /** What the manifest of the snapshot repeats of the line at {@code path}; nothing when there is no such line. */
    public synchronized Note note(String path) {
        int index = Collections.binarySearch(lines, new Line(path, 0, 0), BY_PATH);
        if (index < 0) {
            return Note.NONE;
        }
        try (RandomAccessFile file = new RandomAccessFile(unsorted.toFile(), "r")) {
            JsonNode line = Json.MAPPER.readTree(read(file, lines.get(index)));
            return new Note(
                    line.path("id").textValue(),
                    line.path("title").textValue(),
                    line.path("last_edited_time").textValue());
        } catch (IOException disk) {
            throw new UncheckedIOException("The catalogue in " + unsorted + " cannot be read back", disk);
        }
    }

    /** Sorts the lines and writes them to {@code target}. Afterwards {@link #note} can find them. */
    public synchronized void write(Path target) throws IOException {
        lines.sort(BY_PATH);
        try (RandomAccessFile file = new RandomAccessFile(unsorted.toFile(), "r");
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(target))) {
            for (Line line : lines) {
                out.write(read(file, line));
            }
        }
    }

    private static byte[] read(RandomAccessFile file, Line line) throws IOException {
        byte[] bytes = new byte[line.length()];
        file.seek(line.offset());
        file.readFully(bytes);
        return bytes;
    }
}
