package dev.saddlebag.vault;

import dev.saddlebag.destination.Folder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A vault that a released version wrote, kept for ever with the keys to it and with what must come out of it.
 *
 * @param folder {@code src/test/resources/golden/<version>/plain} or {@code …/encrypted}
 */
record GoldenVault(Path folder) {
    static final Path ALL = Path.of("src/test/resources/golden");

    /** Every golden vault there is. */
    static Stream<GoldenVault> all() throws IOException {
        try (var versions = Files.list(ALL)) {
            return versions
                    .filter(Files::isDirectory)
                    .flatMap(version -> Stream.of("plain", "encrypted").map(version::resolve))
                    .sorted()
                    .toList()
                    .stream()
                    .map(GoldenVault::new);
        }
    }

    boolean isEncrypted() {
        return folder.endsWith("encrypted");
    }

    Path vault() {
        return folder.resolve("vault");
    }

    /** The key of the host that made it; a test key that protects nothing. */
    SigningKey signingKey() throws IOException {
        return SigningKey.at(folder.resolve("TEST-ONLY-signing-key.pem"));
    }

    /** The secret halves of its recipients; test keys that protect nothing. */
    List<Identity> identities() throws IOException {
        List<Identity> identities = new ArrayList<>();
        for (var name : isEncrypted() ? List.of("ops", "recovery") : List.<String>of()) {
            identities.addAll(IdentityFile.read(identityFile(name), file -> new char[0]));
        }
        return identities;
    }

    Path identityFile(String name) {
        return folder.resolve("TEST-ONLY-" + name + "-identity.txt");
    }

    /** For each snapshot that a reader must see, the SHA-256 of each path. */
    SortedMap<RunId, Map<String, String>> expected() throws IOException {
        SortedMap<RunId, Map<String, String>> expected = new TreeMap<>();
        try (var lists = Files.list(folder.resolve("expected"))) {
            for (var list : lists.toList()) {
                var hashes = new TreeMap<String, String>();
                for (var line : Files.readAllLines(list)) {
                    hashes.put(line.substring(66), line.substring(0, 64));
                }
                expected.put(RunId.parse(list.getFileName().toString().replace(".sha256", "")), hashes);
            }
        }
        return expected;
    }

    /** Its files in memory, where a test can change them. */
    MemoryStore copy() throws IOException {
        var store = new MemoryStore();
        store.files.putAll(Workshop.read(vault()));
        return store;
    }

    static Map<String, String> hashes(Map<String, byte[]> files) {
        var hashes = new TreeMap<String, String>();
        files.forEach((path, content) -> hashes.put(path, Hashes.of(content)));
        return hashes;
    }

    /** Writes the golden vaults of a version that is about to be released; its number is the argument. */
    public static void main(String[] arguments) throws Exception {
        for (var kind : List.of("plain", "encrypted")) {
            new GoldenVault(ALL.resolve(arguments[0]).resolve(kind)).make("saddlebag " + arguments[0]);
        }
    }

    private void make(String tool) throws IOException {
        Files.createDirectories(folder.resolve("expected"));
        try (var host = new Workshop()) {
            var recipients = new ArrayList<Recipient>();
            for (var name : isEncrypted() ? List.of("ops", "recovery") : List.<String>of()) {
                var identity = Identity.create();
                IdentityFile.write(identityFile(name), identity, Clock.systemUTC());
                recipients.add(identity.recipient());
            }
            var otherHost = SigningKey.at(host.home.resolve("other-host.pem"));
            var store = new Folder(vault());

            var hidden = seal(
                    host,
                    recipients,
                    signingKey(),
                    Workshop.sample(),
                    new Facts("accepted", true, Map.of("pages", 3L), tool));
            ship(host, hidden, signingKey(), store);
            var partial = CrashTest.changed();
            partial.put("failures.json", Workshop.text("[]"));
            var second = seal(
                    host,
                    recipients,
                    signingKey(),
                    partial,
                    new Facts("accepted with warnings", false, Map.of("pages", 4L), tool));
            ship(host, second, signingKey(), store);
            expect(second.id(), partial);
            var moved = new TreeMap<String, byte[]>();
            Workshop.sample().forEach((path, content) -> moved.put("moved/" + path, content));
            var third =
                    seal(host, recipients, otherHost, moved, new Facts("accepted", true, Map.of("pages", 3L), tool));
            ship(host, third, otherHost, store);
            expect(third.id(), moved);
            put(host, store, Traces.copying(third.id(), host.now), third.id() + "\n");
            put(host, store, Traces.pruned(hidden.id(), host.now), hidden.id() + "\n");
            var unfinished = seal(
                    host,
                    recipients,
                    signingKey(),
                    CrashTest.changed(),
                    new Facts("accepted", true, Map.of("pages", 4L), tool));
            store.put(Names.list(unfinished.id()), unfinished.file(Names.list(unfinished.id())));
        }
    }

    private static Sealed seal(
            Workshop host, List<Recipient> recipients, SigningKey key, Map<String, byte[]> tree, Facts facts)
            throws IOException {
        host.now = host.now.plus(Duration.ofDays(1));
        return new Sealer(host.spool(), key, recipients, Workshop.SMALL)
                .seal(
                        RunId.create(host.clock(), host.random),
                        host.stage(tree),
                        facts,
                        path -> path.equals("objects/pages/1.json")
                                ? new Note("1", "Onboarding", "2026-11-19T10:11:00.000Z")
                                : Note.NONE);
    }

    private static void ship(Workshop host, Sealed run, SigningKey key, Store store) throws IOException {
        var receipt = new Shipper(host.spool(), key, true).ship(run, "vault", store, List.of());
        if (!receipt.delivered()) {
            throw new IOException(receipt.error());
        }
    }

    private static void put(Workshop host, Store store, String name, String text) throws IOException {
        try (var file = ScratchFile.of(host.scratch, text)) {
            store.put(name, file.path());
        }
    }

    private void expect(RunId run, Map<String, byte[]> tree) throws IOException {
        var lines = new StringBuilder();
        hashes(tree)
                .forEach((path, hash) ->
                        lines.append(hash).append("  ").append(path).append('\n'));
        Files.writeString(folder.resolve("expected/" + run + ".sha256"), lines, StandardCharsets.UTF_8);
    }
}
