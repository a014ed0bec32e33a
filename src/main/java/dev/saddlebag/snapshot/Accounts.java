package dev.saddlebag.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Accounts in a file, one JSON line each, the later line of an object in the place of the earlier one. Only where the
 * lines stand is in memory. A last line that a crash cut short is forgotten.
 */
public final class Accounts {
    private record Place(long offset, int length) {}

    private final Path file;
    private final Map<Kind, Map<UUID, Place>> places = new EnumMap<>(Kind.class);
    private long end;

    private Accounts(Path file) {
        this.file = file;
        for (Kind kind : Kind.values()) {
            places.put(kind, new HashMap<>());
        }
    }

    /** No accounts, and no file. */
    public static Accounts none() {
        return new Accounts(null);
    }

    /** The accounts in {@code file}, which is made when it is not there. */
    public static Accounts open(Path file) throws IOException {
        Accounts accounts = new Accounts(file);
        Files.createDirectories(file.getParent());
        if (Files.exists(file)) {
            accounts.replay();
        } else {
            Files.createFile(file);
        }
        return accounts;
    }

    private void replay() throws IOException {
        try (Lines lines = new Lines(file)) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                ObjectRef object;
                try {
                    object = Json.MAPPER.readValue(line, Account.class).object();
                } catch (JsonProcessingException torn) {
                    break;
                }
                places.get(object.kind()).put(object.uuid(), new Place(end, line.length));
                end += line.length;
            }
        }
        try (RandomAccessFile written = new RandomAccessFile(file.toFile(), "rw")) {
            written.setLength(end);
        }
    }

    /** Writes an account down. */
    public synchronized void add(Account account) throws IOException {
        byte[] bytes = (Json.MAPPER.writeValueAsString(account) + "\n").getBytes(StandardCharsets.UTF_8);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.seek(end);
            out.write(bytes);
        }
        places.get(account.object().kind()).put(account.object().uuid(), new Place(end, bytes.length));
        end += bytes.length;
    }

    /** Forgets what is written of an object; only until the file is opened again. */
    public synchronized void forget(ObjectRef object) {
        places.get(object.kind()).remove(object.uuid());
    }

    public synchronized boolean has(ObjectRef object) {
        return places.get(object.kind()).containsKey(object.uuid());
    }

    /** What is written of an object. */
    public synchronized Optional<Account> of(ObjectRef object) {
        Place place = places.get(object.kind()).get(object.uuid());
        if (place == null) {
            return Optional.empty();
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            return Optional.of(read(in, place));
        } catch (IOException disk) {
            throw new UncheckedIOException("The accounts in " + file + " cannot be read back", disk);
        }
    }

    /** All objects of a kind that something is written of, in the order of their ids. */
    public synchronized List<ObjectRef> objects(Kind kind) {
        return places.get(kind).keySet().stream()
                .map(UUID::toString)
                .sorted()
                .map(id -> new ObjectRef(kind, id))
                .toList();
    }

    /** Gives every account of a kind, in the order of their ids. */
    public void forEach(Kind kind, Consumer<Account> receiver) throws IOException {
        List<ObjectRef> objects = objects(kind);
        if (objects.isEmpty()) {
            return;
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            for (ObjectRef object : objects) {
                receiver.accept(read(in, place(object)));
            }
        } catch (UncheckedIOException disk) {
            throw disk.getCause();
        }
    }

    /** Gives every account. */
    public void forEach(Consumer<Account> receiver) throws IOException {
        for (Kind kind : Kind.values()) {
            forEach(kind, receiver);
        }
    }

    private synchronized Place place(ObjectRef object) {
        return places.get(object.kind()).get(object.uuid());
    }

    private static Account read(RandomAccessFile in, Place place) throws IOException {
        byte[] bytes = new byte[place.length()];
        in.seek(place.offset());
        in.readFully(bytes);
        return Json.MAPPER.readValue(bytes, Account.class);
    }
}
