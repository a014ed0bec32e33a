package dev.saddlebag.difference;

import dev.saddlebag.destination.Folder;
import dev.saddlebag.vault.Facts;
import dev.saddlebag.vault.Notes;
import dev.saddlebag.vault.RunId;
import dev.saddlebag.vault.Sealed;
import dev.saddlebag.vault.Sealer;
import dev.saddlebag.vault.Shipper;
import dev.saddlebag.vault.SigningKey;
import dev.saddlebag.vault.Snapshot;
import dev.saddlebag.vault.Spool;
import dev.saddlebag.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A vault in a folder, with snapshots of trees that a test makes. */
final class TwoSnapshots {
    private final Path home;
    private final SigningKey key;
    private final Spool spool;
    private final Folder folder;
    private final List<Snapshot> snapshots = new ArrayList<>();

    TwoSnapshots(Path home) throws IOException {
        this.home = home;
        this.key = SigningKey.at(home.resolve("key.pem"));
        this.spool = Spool.open(home.resolve("spool"), "acme", Clock.systemUTC());
        this.folder = new Folder(home.resolve("vault"));
    }

    /** Stores what lies in {@code tree} as the next day's snapshot. */
    Snapshot add(Path tree) throws IOException {
        int day = snapshots.size() + 1;
        RunId run = RunId.create(Clock.offset(Clock.systemUTC(), Duration.ofDays(day)), new Random(day));
        Facts facts = new Facts("accepted", true, Map.of("pages", 1L), "test");
        Sealed sealed = new Sealer(spool, key).seal(run, tree, facts, Notes.NONE);
        new Shipper(spool, key, true).ship(sealed, "vault", folder, List.of());
        spool.clear(List.of("vault"));
        snapshots.add(vault().find(run.value()));
        return snapshots.get(day - 1);
    }

    Vault vault() throws IOException {
        return new Vault(folder, scratch());
    }

    Path scratch() throws IOException {
        return Files.createDirectories(home.resolve("scratch"));
    }

    Difference difference(Snapshot before, Snapshot after) throws IOException {
        return Difference.between(vault(), before, after, Scope.ALL, scratch());
    }
}
