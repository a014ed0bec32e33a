package dev.saddlebag.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Where a run puts a snapshot together: the tree that becomes the snapshot, and beside it the objects that a listing has
 * already shown in full and that wait to be collected. All of it is on disk; a workspace of 100,000 pages is no heavier in
 * memory than one of five.
 */
public final class Staging {
    private final Path directory;

    public Staging(Path directory) {
        this.directory = directory;
    }

    /** The tree that becomes the snapshot. */
    public Path tree() {
        return directory.resolve("tree");
    }

    /** Keeps an object that a listing showed in full, so that it need not be asked for again. */
    public void keepSeen(ObjectRef ref, ObjectNode object) throws IOException {
        write(seen(ref), object);
    }

    /** Takes out what {@link #keepSeen} kept of the object, if anything. */
    public Optional<ObjectNode> takeSeen(ObjectRef ref) throws IOException {
        Path file = seen(ref);
        try {
            Optional<ObjectNode> object = Optional.of((ObjectNode) Json.MAPPER.readTree(Files.readAllBytes(file)));
            Files.delete(file);
            return object;
        } catch (NoSuchFileException notSeen) {
            return Optional.empty();
        }
    }

    /** Writes one file of the snapshot. */
    public byte[] write(String path, JsonNode content) throws IOException {
        return write(tree().resolve(path), content);
    }

    /** A path for a file that is not complete yet. */
    public Path temporary(String name) throws IOException {
        Path folder = directory.resolve("temporary");
        Files.createDirectories(folder);
        return folder.resolve(name);
    }

    /** Deletes everything that the run has put here. */
    public void delete() throws IOException {
        if (Files.exists(directory)) {
            Files.walkFileTree(directory, new Deletion());
        }
    }

    private Path seen(ObjectRef ref) {
        String id = ref.id();
        return directory
                .resolve("seen")
                .resolve(ref.kind().word())
                .resolve(id.substring(id.length() - 2))
                .resolve(id);
    }

    private static byte[] write(Path file, JsonNode content) throws IOException {
        // The text that a node gives of itself is written within the library's default limits.
        byte[] bytes = (Json.MAPPER.writeValueAsString(content) + "\n").getBytes(StandardCharsets.UTF_8);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        return bytes;
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
