package dev.saddlebag.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A baseline on disk: the first line says what holds for the whole, each further one is an {@link Item}, and the last says
 * how many there are, so that a file that was cut short is not taken for a smaller workspace.
 */
final class BaselineFile {
    private static final String END = "items";
    private static final int LONGEST_END = 64;

    private final Path file;

    BaselineFile(Path file) {
        this.file = file;
    }

    Path path() {
        return file;
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** Whether there is such a file, written to its end. */
    boolean isWhole() throws IOException {
        if (!exists()) {
            return false;
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] tail = new byte[(int) Math.min(LONGEST_END, in.length())];
            in.seek(in.length() - tail.length);
            in.readFully(tail);
            return new String(tail, StandardCharsets.UTF_8).matches("(?s).*\n\\{\"items\":\\d+}\n");
        }
    }

    /** What holds for the whole; nothing after it is looked at. */
    Baseline header() throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            String line = in.readLine();
            return Json.MAPPER.readValue(line == null ? "" : line, Baseline.class);
        }
    }

    /** Writes a baseline in one step: the file is the old one until the new one is whole. */
    void write(Baseline baseline, Inventory inventory) throws IOException {
        Files.createDirectories(file.getParent());
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try (BufferedWriter out = Files.newBufferedWriter(temporary)) {
            line(out, Json.MAPPER.writeValueAsString(baseline));
            long[] written = {0};
            if (baseline.items()) {
                inventory.forEach(item -> {
                    try {
                        line(out, Json.MAPPER.writeValueAsString(item));
                    } catch (IOException disk) {
                        throw new UncheckedIOException(disk);
                    }
                    written[0]++;
                });
            }
            line(out, Json.MAPPER.createObjectNode().put(END, written[0]).toString());
        } catch (UncheckedIOException disk) {
            throw disk.getCause();
        }
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void line(BufferedWriter out, String line) throws IOException {
        out.write(line);
        out.write('\n');
    }

    /** The items, one at a time. */
    Items items() throws IOException {
        return new Items(file);
    }

    /** The items of a baseline, in the order {@link Item#ORDER}; read as they are asked for. */
    static final class Items implements Closeable {
        private final Path file;
        private final BufferedReader in;
        private long read;

        private Items(Path file) throws IOException {
            this.file = file;
            this.in = Files.newBufferedReader(file);
            in.readLine();
        }

        /**
         * The next item, or null after the last.
         *
         * @throws UncheckedIOException when the file cannot be read, or was cut short
         */
        Item next() {
            try {
                String line = in.readLine();
                JsonNode json = line == null ? Json.MAPPER.createObjectNode() : Json.MAPPER.readTree(line);
                if (json instanceof ObjectNode object && object.has("object")) {
                    read++;
                    return Json.MAPPER.treeToValue(json, Item.class);
                }
                if (json.path(END).asLong(-1) != read) {
                    throw new IOException(file + " was cut short after " + read + " items");
                }
                return null;
            } catch (IOException disk) {
                throw new UncheckedIOException(disk);
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
