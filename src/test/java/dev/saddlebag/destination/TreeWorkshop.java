package dev.saddlebag.destination;

import dev.saddlebag.vault.Facts;
import dev.saddlebag.vault.Notes;
import dev.saddlebag.vault.RunId;
import dev.saddlebag.vault.Sealed;
import dev.saddlebag.vault.Sealer;
import dev.saddlebag.vault.Shipper;
import dev.saddlebag.vault.SigningKey;
import dev.saddlebag.vault.Spool;
import dev.saddlebag.vault.Tree;
import dev.saddlebag.vault.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A host that seals snapshots, with a vault in a folder: where trees come from. The clock runs a day ahead with each. */
final class TreeWorkshop {
    private final Path home;
    private final String workspace;
    private final SigningKey key;
    private final Spool spool;
    private Instant now = Instant.parse("2026-11-20T02:00:05Z");

    TreeWorkshop(Path home, String workspace) throws IOException {
        this.home = home;
        this.workspace = workspace;
        this.key = SigningKey.at(state().resolve("keys/signing-key.pem"));
        this.spool =
                Spool.open(state().resolve(workspace).resolve("spool"), workspace, Clock.fixed(now, ZoneOffset.UTC));
    }

    Path state() {
        return home.resolve("state");
    }

    Folder folder() {
        return new Folder(home.resolve("vault").resolve(workspace));
    }

    Vault vault() throws IOException {
        return new Vault(folder(), Files.createDirectories(home.resolve("scratch")));
    }

    /** A small workspace: the objects and their pages, a file, the books. */
    static Map<String, String> sample() {
        Map<String, String> files = new TreeMap<>();
        files.put("catalogue.jsonl", "{}\n");
        files.put("files/aa.png", "picture");
        files.put("objects/pages/1.json", "{\"page\":1}");
        files.put("objects/pages/2.json", "{\"page\":2}");
        files.put("objects/views/1.json", "{}");
        files.put("pages/a b/Ünïcödé 日本 🎒.md", "# bags\n");
        files.put("pages/a.md", "a\n");
        files.put("pages/a/child.md", "child\n");
        files.put("pages/a-b.md", "a-b\n");
        files.put("pages/empty.md", "");
        files.put("workspace.json", "{}");
        return files;
    }

    /** The sample with one page changed. */
    static Map<String, String> sample(String page) {
        Map<String, String> files = sample();
        files.put("objects/pages/2.json", page);
        return files;
    }

    Sealed seal(Map<String, String> files) throws IOException {
        return seal(files, true);
    }

    /** The next day's snapshot, sealed and in the vault. */
    Sealed seal(Map<String, String> files, boolean complete) throws IOException {
        now = now.plus(Duration.ofDays(1));
        return seal(
                RunId.create(Clock.fixed(now, ZoneOffset.UTC), new java.util.Random(now.getEpochSecond())),
                files,
                complete);
    }

    Sealed seal(RunId run, Map<String, String> files, boolean complete) throws IOException {
        Path staged = home.resolve("staged");
        erase(staged);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = staged.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue().getBytes(StandardCharsets.UTF_8));
        }
        Facts facts = new Facts("accepted", complete, Map.of("pages", 2L), "saddlebag test");
        Sealed sealed = new Sealer(spool, key).seal(run, staged, facts, Notes.NONE);
        new Shipper(spool, key, true).ship(sealed, "vault", folder(), List.of());
        return sealed;
    }

    /** The tree of a snapshot, of which the spool keeps nothing but what the vaults lack. */
    Tree tree(Sealed sealed) throws IOException {
        return Tree.of(sealed, spool, List.of(folder()), key);
    }

    /** Nothing of the runs so far is in the spool any more. */
    void clearSpool() throws IOException {
        spool.clear(List.of("vault"));
    }

    static void erase(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
