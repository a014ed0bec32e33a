package dev.saddlebag.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.commons.io.file.PathUtils;

/**
 * Where a run puts a snapshot together: the tree that becomes the snapshot, the accounts of what is finished, and the
 * objects that a listing has already shown in full and that wait to be collected. All of it is on disk, so that a workspace
 * of 100,000 pages is no heavier in memory than one of five, and a run that was killed can go on where it was.
 */
public final class Staging {
    private static final String DELETED = ".deleted";
    private static final FileAttribute<?>[] OWNER_ALONE =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                    }
                    : new FileAttribute<?>[0];

    private final Path directory;

    public Staging(Path directory) {
        this.directory = directory;
    }

    /** The tree that becomes the snapshot. */
    public Path tree() {
        return directory.resolve("tree");
    }

    /** The file of the accounts. */
    public Path accounts() {
        return directory.resolve("accounts.jsonl");
    }

    /** The file of the addresses whose files have arrived. */
    Path addresses() {
        return directory.resolve("addresses.jsonl");
    }

    /** Keeps an object that a listing showed in full, so that it need not be asked for again. */
    public void keepSeen(ObjectRef ref, ObjectNode object) throws IOException {
        keep(seenFile(ref), object);
    }

    /** What {@link #keepSeen} kept of the object, if anything. */
    public Optional<ObjectNode> seen(ObjectRef ref) throws IOException {
        return kept(seenFile(ref));
    }

    /** The object is finished, and what was seen of it is no longer needed. */
    public void dropSeen(ObjectRef ref) throws IOException {
        Files.deleteIfExists(seenFile(ref));
    }

    /** Every object of which something seen is kept. */
    public List<ObjectRef> allSeen() throws IOException {
        List<ObjectRef> all = new ArrayList<>();
        Path root = directory.resolve("seen");
        if (Files.exists(root)) {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    Kind kind = Kind.of(root.relativize(file).getName(0).toString());
                    all.add(new ObjectRef(kind, file.getFileName().toString()));
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return all;
    }

    /** Keeps what the run knows besides its objects, under a name. */
    public void keepNote(String name, ObjectNode note) throws IOException {
        keep(directory.resolve(name + ".json"), note);
    }

    /** What {@link #keepNote} kept under the name, if anything. */
    public Optional<ObjectNode> note(String name) throws IOException {
        return kept(directory.resolve(name + ".json"));
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

    /** Moves everything that the run has put here to another place on the same disk, by one rename. */
    public void moveTo(Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Files.move(directory, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes everything that the run has put here; a crash on the way leaves nothing under its name. */
    public void delete() throws IOException {
        Path aside = directory.resolveSibling(directory.getFileName() + DELETED);
        deleteTree(aside);
        if (Files.exists(directory)) {
            Files.move(directory, aside, StandardCopyOption.ATOMIC_MOVE);
            deleteTree(aside);
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (Files.exists(folder)) {
            PathUtils.deleteDirectory(folder);
        }
    }

    private Path seenFile(ObjectRef ref) {
        String id = ref.id();
        return directory
                .resolve("seen")
                .resolve(ref.kind().word())
                .resolve(id.substring(id.length() - 2))
                .resolve(id);
    }

    /** A file has its name only when it is whole: a crash, or another thread, never sees a part of it. */
    private void keep(Path file, JsonNode content) throws IOException {
        Path temporary = temporary(UUID.randomUUID().toString());
        // A note may hold a link that is as good as a password.
        Files.createFile(temporary, OWNER_ALONE);
        write(temporary, content);
        Files.createDirectories(file.getParent());
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Optional<ObjectNode> kept(Path file) throws IOException {
        try {
            return Json.MAPPER.readTree(Files.readAllBytes(file)) instanceof ObjectNode object
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (NoSuchFileException | JsonProcessingException nothingWhole) {
            // What a crash of the machine has made unreadable is as good as not there.
            return Optional.empty();
        }
    }

    private static byte[] write(Path file, JsonNode content) throws IOException {
        // The text that a node gives of itself is written within the library's default limits.
        byte[] bytes = (Json.MAPPER.writeValueAsString(content) + "\n").getBytes(StandardCharsets.UTF_8);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        return bytes;
    }
}
