package dev.saddlebag.readable;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.saddlebag.notion.Json;
import dev.saddlebag.render.Rendered;
import dev.saddlebag.snapshot.Accepted;
import dev.saddlebag.snapshot.Account;
import dev.saddlebag.snapshot.Accounts;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.vault.Hashes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What every object of the newest snapshot is in each format, with its placeholders: one file an object and format in the
 * state directory. A file is called after the hash of the JSON that it was made of, so that what a held run leaves here is
 * never taken for the state of the accepted one. Losing the files loses nothing: the next run reads everything again.
 */
public final class RenderedTexts {
    /** Another number makes all texts anew; it goes up when the renderers write something else, or the files change. */
    private static final int VERSION = 1;

    /** What others show of an object lies beside its text, under this ending. */
    private static final String SYNCED = "synced";

    private static final Set<Kind> KINDS = Set.of(Kind.PAGE, Kind.DATABASE, Kind.DATA_SOURCE);

    private final Path root;
    private final Path folder;

    /** The texts in a workspace's part of the state directory. */
    public RenderedTexts(Path stateOfWorkspace) {
        this.root = stateOfWorkspace.resolve("rendered");
        this.folder = root.resolve(Integer.toString(VERSION));
    }

    /** Whether an object is one to be read: it is in the snapshot, and more than a view. */
    static boolean isReadable(Account account) {
        return account.state().isHeld() && KINDS.contains(account.object().kind()) && account.line() != null;
    }

    /** Whether a snapshot can be carried over: the text of each of its objects is here in each of the formats. */
    public boolean hasAll(Path stateOfWorkspace, String run, List<String> formats) throws IOException {
        boolean[] has = {true};
        if (!formats.isEmpty()) {
            Accepted.stream(
                    stateOfWorkspace,
                    run,
                    account -> has[0] = has[0] && (!isReadable(account) || has(account, formats)));
        }
        return has[0];
    }

    boolean has(Account account, List<String> formats) {
        return formats.stream().allMatch(format -> Files.exists(file(account, format)));
    }

    void keep(Account account, String format, Rendered rendered) throws IOException {
        if (!rendered.synced().isEmpty()) {
            write(file(account, SYNCED), Json.MAPPER.writeValueAsString(rendered.synced()));
        }
        // The text comes last: when it is there, everything is.
        write(file(account, format), rendered.text());
    }

    String text(Account account, String format) throws IOException {
        return read(file(account, format));
    }

    /** By the ids of blocks, what their copies on other pages show; empty when nobody copies any of the object. */
    Map<String, String> synced(Account account) throws IOException {
        Path file = file(account, SYNCED);
        return Files.exists(file)
                ? Json.MAPPER.readValue(read(file), new TypeReference<Map<String, String>>() {})
                : Map.of();
    }

    /** Deletes whatever is not of the objects in {@code accounts}, in one of the formats. */
    void keepOnly(Accounts accounts, List<String> formats) throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!isOf(accounts, formats, file)) {
                    Files.deleteIfExists(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                try {
                    Files.delete(visited);
                } catch (DirectoryNotEmptyException inUse) {
                    return FileVisitResult.CONTINUE;
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private boolean isOf(Accounts accounts, List<String> formats, Path file) {
        Path path = root.relativize(file);
        String[] parts = file.getFileName().toString().split("\\.", -1);
        if (path.getNameCount() != 4 || parts.length != 3 || formats.isEmpty()) {
            return false;
        }
        if (!parts[2].equals(SYNCED) && !formats.contains(parts[2])) {
            return false;
        }
        ObjectRef object = new ObjectRef(Kind.of(path.getName(1).toString()), parts[0]);
        return accounts.of(object)
                .filter(RenderedTexts::isReadable)
                .filter(account -> file(account, parts[2]).equals(file))
                .isPresent();
    }

    private Path file(Account account, String ending) {
        ObjectRef object = account.object();
        String id = object.id();
        String hash = account.line().path("sha256").asText();
        return folder.resolve(object.kind().word())
                .resolve(id.substring(id.length() - 2))
                .resolve(id + "." + hash + "." + ending);
    }

    /** A hash comes first: a crash of the machine may leave a file of which only the name is whole. */
    private void write(Path file, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Path temporary = Files.createDirectories(root.resolve("temporary"))
                .resolve(UUID.randomUUID().toString());
        try {
            try (OutputStream out = Files.newOutputStream(temporary)) {
                out.write((Hashes.of(bytes) + "\n").getBytes(StandardCharsets.UTF_8));
                out.write(bytes);
            }
            Files.createDirectories(file.getParent());
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static String read(Path file) throws IOException {
        String whole;
        try {
            whole = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException gone) {
            throw new IOException(lost(file, "is gone"), gone);
        }
        int end = whole.indexOf('\n');
        String text = whole.substring(end + 1);
        if (end < 0 || !Hashes.of(text.getBytes(StandardCharsets.UTF_8)).equals(whole.substring(0, end))) {
            Files.delete(file);
            throw new IOException(lost(file, "was damaged and is deleted"));
        }
        return text;
    }

    private static String lost(Path file, String what) {
        return "A readable text in the state directory " + what + ": " + file
                + ". No snapshot is touched; the next run reads everything and makes it anew";
    }
}
