package dev.saddlebag.vault;

import dev.saddlebag.MemoryFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A host that backs up: state directory, key, a clock that runs a day ahead with each seal, staged trees. */
final class Workshop implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-20T02:00:05Z");
    static final Limits SMALL = new Limits(4096, 16384, 4096, 8192, 50);

    final Path home;
    final Path scratch;
    final SigningKey key;
    final Random random = new Random(7);
    final Limits limits;
    Disk disk = new QuickDisk();
    List<Recipient> recipients = List.of();
    Instant now = START;

    Workshop() {
        this(SMALL);
    }

    Workshop(Limits limits) {
        this.limits = limits;
        try {
            home = MemoryFolders.create("saddlebag-workshop-");
            scratch = Files.createDirectory(home.resolve("scratch"));
            key = SigningKey.at(home.resolve("state/signing-key.pem"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Clock clock() {
        return new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    Spool spool() throws IOException {
        return Spool.open(home.resolve("state/spool"), "acme", clock(), new Random(1), disk);
    }

    /** Stages {@code files} (path to content) afresh and seals them as the next day's run. */
    Sealed seal(Map<String, byte[]> files) throws IOException {
        now = now.plus(Duration.ofDays(1));
        return seal(RunId.create(clock(), random), files);
    }

    Sealed seal(RunId run, Map<String, byte[]> files) throws IOException {
        return new Sealer(spool(), key, recipients, limits).seal(run, stage(files), facts(), Notes.NONE);
    }

    /** Seals {@code files} as the next day's run, and stages only what the newest snapshot does not have. */
    Sealed sealChanges(Map<String, byte[]> files) throws IOException {
        var unchanged = Unchanged.between(spool().baseline().orElseThrow(), files);
        return seal(unchanged.rest(files), unchanged);
    }

    Sealed seal(Map<String, byte[]> staged, CarriedOver carried) throws IOException {
        now = now.plus(Duration.ofDays(1));
        return new Sealer(spool(), key, recipients, limits)
                .seal(RunId.create(clock(), random), stage(staged), facts(), Notes.NONE, carried);
    }

    static Facts facts() {
        return new Facts("accepted", true, Map.of("pages", 3L), "saddlebag test");
    }

    Path stage(Map<String, byte[]> files) throws IOException {
        var staged = home.resolve("staged");
        erase(staged);
        Files.createDirectories(staged);
        for (var file : files.entrySet()) {
            var path = staged.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return staged;
    }

    Receipt ship(Sealed run, Store store, Store... others) throws IOException {
        return new Shipper(spool(), key, true).ship(run, "vault", store, List.of(others));
    }

    Vault vault(Store store) {
        return new Vault(store, scratch);
    }

    /** Exports {@code snapshot} and gives what came out. */
    Map<String, byte[]> export(Store store, RunId snapshot) throws IOException {
        var target = Files.createTempDirectory(home, "export-");
        var vault = vault(store);
        vault.export(vault.find(snapshot.value()), target, entry -> true, Progress.NONE);
        return read(target);
    }

    static Map<String, byte[]> read(Path tree) throws IOException {
        var files = new TreeMap<String, byte[]>();
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                files.put(tree.relativize(file).toString(), Files.readAllBytes(file));
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    static void erase(Path path) throws IOException {
        Disk.LOCAL.delete(path);
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes that do not compress, the same for the same seed. */
    static byte[] noise(int length, long seed) {
        var bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** A small workspace with everything the format knows: packs of both kinds, a loose file, one in parts, twins. */
    static Map<String, byte[]> sample() {
        var files = new TreeMap<String, byte[]>();
        files.put("workspace.json", text("{\"workspace\":\"acme\"}"));
        files.put("objects/pages/1.json", text("{\"page\":{\"id\":\"1\"}}"));
        files.put("objects/pages/2.json", text("{\"page\":{\"id\":\"2\"}}"));
        files.put("pages/Ünïcödé Á/日本 🎒.md", text("# bags"));
        files.put("pages/a;1", text("semicolon"));
        files.put("pages/ [x]*?'\"$HOME.md", text("quoting"));
        files.put("pages/-n.md", text("dash"));
        files.put("pages/empty.md", new byte[0]);
        files.put("files/small.png", noise(900, 1));
        files.put("files/twin.png", noise(900, 1));
        files.put("files/loose.zip", noise(4096, 2));
        files.put("files/parts.bin", noise(10_000, 3));
        files.put("catalogue.jsonl", text("{\"id\":\"1\"}\n".repeat(900)));
        return files;
    }

    @Override
    public void close() throws IOException {
        erase(home);
    }
}
