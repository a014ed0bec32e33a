package dev.saddlebag.bench;

import dev.saddlebag.destination.Folder;
import dev.saddlebag.destination.Remote;
import dev.saddlebag.vault.Age;
import dev.saddlebag.vault.CarriedOver;
import dev.saddlebag.vault.Facts;
import dev.saddlebag.vault.Finding;
import dev.saddlebag.vault.IdentityFile;
import dev.saddlebag.vault.Level;
import dev.saddlebag.vault.Notes;
import dev.saddlebag.vault.Progress;
import dev.saddlebag.vault.Receipt;
import dev.saddlebag.vault.Recipient;
import dev.saddlebag.vault.RunId;
import dev.saddlebag.vault.Sealed;
import dev.saddlebag.vault.Sealer;
import dev.saddlebag.vault.Shipper;
import dev.saddlebag.vault.SigningKey;
import dev.saddlebag.vault.Spool;
import dev.saddlebag.vault.Store;
import dev.saddlebag.vault.Vault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * One step of {@link VaultBench} in a process of its own: what a run does after it has collected, or a command that reads.
 * The arguments: a file of settings, the step, and for a backup the staged tree and how many files of the newest snapshot
 * are carried over, for a restore the folder to write to.
 */
final class VaultWork {
    private static final String WORKSPACE = "bench";

    private final Properties settings = new Properties();
    private final Path state;

    private VaultWork(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            settings.load(in);
        }
        state = Path.of(settings.getProperty("state"));
    }

    /** Does the step, and prints nothing but what went wrong. */
    public static void main(String[] arguments) throws Exception {
        VaultWork work = new VaultWork(Path.of(arguments[0]));
        switch (arguments[1]) {
            case "backup" -> work.backup(Path.of(arguments[2]), Long.parseLong(arguments[3]));
            case "verify" -> work.verify();
            case "restore" -> work.restore(Path.of(arguments[2]));
            default -> throw new IllegalArgumentException(arguments[1]);
        }
        System.exit(0);
    }

    private void backup(Path staged, long carried) throws IOException {
        SigningKey key = SigningKey.at(state.resolve("signing-key.pem"));
        Spool spool = Spool.open(state.resolve("spool"), WORKSPACE, Clock.systemUTC());
        List<Recipient> recipients = Pattern.compile(",")
                .splitAsStream(settings.getProperty("recipients", ""))
                .filter(recipient -> !recipient.isEmpty())
                .map(Recipient::new)
                .toList();
        RunId run = RunId.create(Clock.systemUTC(), new SecureRandom());
        Facts facts = new Facts("accepted", true, Map.of(), "bench");
        Sealed sealed = new Sealer(spool, key, recipients).seal(run, staged, facts, Notes.NONE, new AllElse(carried));
        Receipt receipt = new Shipper(spool, key, true).ship(sealed, "target", store(), List.of());
        if (!receipt.delivered()) {
            throw new IOException(receipt.error());
        }
        spool.clear(List.of("target"));
    }

    private void verify() throws IOException {
        List<Finding> findings = vault().verify(Level.FULL, run -> true, List.of());
        if (!findings.isEmpty()) {
            throw new IOException(findings.toString());
        }
    }

    private void restore(Path target) throws IOException {
        Vault vault = vault();
        vault.export(vault.find("latest"), target, entry -> true, Progress.NONE);
    }

    private Vault vault() throws IOException {
        Vault vault = new Vault(store(), Files.createDirectories(state.resolve("scratch")));
        String identity = settings.getProperty("identity", "");
        return identity.isEmpty()
                ? vault
                : vault.with(Age.decryption(IdentityFile.read(Path.of(identity), file -> new char[0])));
    }

    private Store store() {
        String kind = settings.getProperty("kind");
        if (kind.equals("folder")) {
            return new Folder(Path.of(settings.getProperty("directory")));
        }
        Remote remote = kind.equals("s3") ? Remote.s3() : Remote.sftp();
        settings.stringPropertyNames().stream()
                .filter(name -> name.startsWith("option."))
                .forEach(name ->
                        remote.getOptions().put(name.substring("option.".length()), settings.getProperty(name)));
        return remote;
    }

    /** All files of the newest snapshot that are not staged again. */
    private record AllElse(long expected) implements CarriedOver {
        @Override
        public boolean contains(String path, String sha256) {
            return expected > 0;
        }
    }
}
