package dev.saddlebag.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Brings back what a destination lost: every stored file has the same bytes everywhere, and the signed lists say which. It
 * is the only one that ever replaces a file, and only by what its snapshot was signed with (facts/vault-study.md §4.8). It
 * needs no key that decrypts.
 */
public final class Repairer {
    /** A list that was brought back may show that more is missing. */
    private static final int ROUNDS = 3;

    private final Vault vault;
    private final Map<String, Vault> others;
    private final Spool spool;
    private final String destination;
    private final Map<String, List<Snapshot>> known = new HashMap<>();
    private final Map<String, String> unanswered = new LinkedHashMap<>();

    /**
     * A repairer of one vault.
     *
     * @param others the same vault at other destinations, by their names
     * @param destination the name under which this host remembers what {@code vault} has committed
     */
    public Repairer(Vault vault, Map<String, Vault> others, Spool spool, String destination) {
        this.vault = vault;
        this.others = new LinkedHashMap<>(others);
        this.spool = spool;
        this.destination = destination;
    }

    /**
     * What a repair did.
     *
     * @param replaced the files that are as they were written again
     * @param left what verification finds now
     * @param lost the data files of which no place has a good copy; no later snapshot uses them
     * @param unanswered why other destinations could not be asked, by their names
     */
    public record Repaired(
            List<String> replaced, List<Finding> left, SortedSet<String> lost, Map<String, String> unanswered) {
        public Repaired {
            replaced = List.copyOf(replaced);
            left = List.copyOf(left);
            lost = new TreeSet<>(lost);
            unanswered = Map.copyOf(unanswered);
        }
    }

    /**
     * Verifies as deep as {@code level} says, and replaces each damaged or missing file of which there is a good copy. The
     * spool notes the data files of which there is none ({@link Spool#lost}).
     */
    public Repaired repair(Level level) throws IOException {
        var replaced = new ArrayList<String>();
        var findings = verify(level);
        for (int round = 0; round < ROUNDS; round++) {
            var before = replaced.size();
            for (var file : damaged(findings)) {
                if (replace(file)) {
                    replaced.add(file);
                }
            }
            replaced.addAll(nameSigners());
            if (replaced.size() == before) {
                break;
            }
            findings = verify(level);
        }
        var lost = lost(findings);
        if (level != Level.QUICK) {
            spool.lose(destination, lost);
        }
        return new Repaired(replaced, findings, lost, unanswered);
    }

    /**
     * Gives every path of a snapshot whose content lies in {@code file}. Of the newest snapshot this host knows them even
     * when it is encrypted.
     *
     * @throws WrongIdentityException when no identity at hand opens the snapshot, and this host has no copy of its listing
     * @throws DamageException when the listing of the snapshot is lost too
     */
    public void paths(RunId run, String file, Consumer<String> receiver) throws IOException {
        var newest = spool.baseline().filter(baseline -> baseline.id().equals(run));
        if (newest.isEmpty()) {
            vault.paths(vault.find(run.value()), file, receiver);
            return;
        }
        try (var entries = newest.get().manifestReader()) {
            entries.pathsIn(file, receiver);
        }
    }

    private List<Finding> verify(Level level) throws IOException {
        return vault.verify(level, run -> true, spool.delivered(destination));
    }

    private static Set<String> damaged(List<Finding> findings) {
        var files = new TreeSet<String>();
        for (var finding : findings) {
            if (finding.isDamage()) {
                files.add(finding.file());
                if (finding.snapshot() != null && finding.affected() == -1) {
                    // Which of the three is wrong cannot be told from outside.
                    files.add(Names.list(finding.snapshot()));
                    files.add(Names.signature(finding.snapshot()));
                    files.add(Names.record(finding.snapshot()));
                }
            }
        }
        return files;
    }

    /** The data files that are damaged or missing here; what could not be read may be sound. */
    private SortedSet<String> lost(List<Finding> findings) {
        var lost = new TreeSet<String>();
        for (var finding : findings) {
            if (finding.isDamage() && Names.isData(finding.file()) && answers(finding.file())) {
                lost.add(finding.file());
            }
        }
        return lost;
    }

    private boolean answers(String file) {
        try (var in = vault.store().get(file)) {
            Hashes.of(in);
            return true;
        } catch (NoSuchFileException missing) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean replace(String file) throws IOException {
        if (file.startsWith(Names.SIGNERS)) {
            return replaceSigners(file);
        }
        if (file.equals(Names.VAULT) || file.equals(Names.README)) {
            return replaceTop(file);
        }
        var owner = RunId.leading(file.substring(file.indexOf('/') + 1));
        if (owner.isEmpty()) {
            return false;
        }
        var waiting = spool.waiting(owner.get());
        if (waiting.isPresent() && Files.exists(waiting.get().file(file)) && isGood(waiting.get(), file)) {
            return put(file, waiting.get().file(file));
        }
        for (var other : others.keySet()) {
            if (replaceFrom(other, file, owner.get())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isGood(Sealed sealed, String file) throws IOException {
        var list = sealed.file(Names.list(sealed.id()));
        if (file.equals(Names.signature(sealed.id()))) {
            return SshSignature.parse(Files.readAllBytes(sealed.file(file))).matches(Files.readAllBytes(list));
        }
        var hash = sealed.file(file).equals(list)
                ? sealed.snapshot().listSha256()
                : sealed.snapshot().list().hashes().get(file);
        return Hashes.of(sealed.file(file)).equals(hash);
    }

    private boolean replaceFrom(String name, String file, RunId owner) throws IOException {
        var other = others.get(name);
        for (var snapshot : snapshots(name)) {
            if (snapshot.list().hashes().containsKey(file)) {
                try (var copy = Fetched.from(other.store(), file, snapshot, vault.scratch())) {
                    return put(file, copy.path());
                } catch (CannotFetch damagedThereToo) {
                    return false;
                }
            }
            if (snapshot.id().equals(owner)
                    && (file.equals(Names.list(owner)) || file.equals(Names.signature(owner)))) {
                return replaceSigned(other, file);
            }
        }
        return false;
    }

    /** The sound snapshots at another destination, the hidden ones too; none when it cannot be asked. */
    private List<Snapshot> snapshots(String name) {
        return known.computeIfAbsent(name, other -> {
            try {
                return sound(others.get(other));
            } catch (IOException e) {
                unanswered.put(other, e.getMessage() == null ? e.toString() : e.getMessage());
                return List.of();
            }
        });
    }

    private static List<Snapshot> sound(Vault vault) throws IOException {
        var runs = new TreeSet<RunId>();
        for (var traces : Traces.of(Listing.ofMeta(vault.store())).values()) {
            if (traces.isCommitted()) {
                runs.add(traces.run());
            }
        }
        return vault.survey(runs).snapshots();
    }

    /** The list and its signature, which the reader of {@code other} has just proven. */
    private boolean replaceSigned(Vault other, String file) throws IOException {
        try (var in = other.store().get(file)) {
            return put(file, in.readAllBytes());
        }
    }

    // --- the files at the top

    /** {@code vault.json} is proven by the signed records, {@code README.txt} by {@code vault.json}. */
    private boolean replaceTop(String file) throws IOException {
        var signed = new TreeSet<String>();
        sound(vault).forEach(snapshot -> signed.add(snapshot.record().vaultSha256()));
        for (var other : others.keySet()) {
            snapshots(other).forEach(snapshot -> signed.add(snapshot.record().vaultSha256()));
        }
        var description = copies(Names.VAULT).stream()
                .filter(bytes -> signed.contains(Hashes.of(bytes)))
                .findFirst();
        if (description.isEmpty() || file.equals(Names.VAULT)) {
            return description.isPresent() && put(file, description.get());
        }
        var hash = VaultDescription.parse(description.get()).readmeSha256();
        var readme = copies(file).stream()
                .filter(bytes -> Hashes.of(bytes).equals(hash))
                .findFirst();
        return readme.isPresent() && put(file, readme.get());
    }

    /** The file as it is in the spool, at the other destinations and here. */
    private List<byte[]> copies(String file) throws IOException {
        var copies = new ArrayList<byte[]>();
        if (Files.exists(spool.topFile(file))) {
            copies.add(Files.readAllBytes(spool.topFile(file)));
        }
        for (var other : others.values()) {
            read(other, file).ifPresent(copies::add);
        }
        read(vault, file).ifPresent(copies::add);
        return copies;
    }

    /** Takes a copy that names only trusted keys, else writes down the trusted keys anew. */
    private boolean replaceSigners(String file) throws IOException {
        for (var other : others.values()) {
            var copy = read(other, file);
            if (copy.isPresent() && isTrusted(copy.get())) {
                return put(file, copy.get());
            }
        }
        var lines = new ArrayList<String>();
        vault.trusted().ifPresent(trusted -> lines.addAll(trusted.lines()));
        if (!file.equals(Names.SIGNERS)) {
            lines.removeIf(line -> !SignerFiles.ofOne(line).equals(file));
        }
        return !lines.isEmpty() && put(file, Signers.text(lines));
    }

    private boolean isTrusted(byte[] signers) {
        try {
            return Signers.parse(signers).lines().stream().allMatch(vault::trusts);
        } catch (IOException e) {
            return false;
        }
    }

    /** Names the keys that signed sound snapshots here and that no file names, for those who trust what a vault names. */
    private List<String> nameSigners() throws IOException {
        var named = vault.namedSigners().lines();
        var put = new ArrayList<String>();
        for (var snapshot : sound(vault)) {
            try (var in = vault.store().get(Names.signature(snapshot.id()))) {
                var line =
                        Signers.line(SshSignature.parse(in.readNBytes(1 << 20)).publicKey());
                var file = SignerFiles.ofOne(line);
                if (!named.contains(line) && !put.contains(file) && put(file, Signers.text(List.of(line)))) {
                    put.add(file);
                }
            }
        }
        return put;
    }

    private static Optional<byte[]> read(Vault from, String file) {
        try (var in = from.store().get(file)) {
            return Optional.of(in.readNBytes(1 << 20));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private boolean put(String name, byte[] content) throws IOException {
        try (var copy = ScratchFile.of(vault.scratch(), content)) {
            return put(name, copy.path());
        }
    }

    /** Leaves alone what is as it should be: of three files that describe a snapshot, one is wrong. */
    private boolean put(String name, Path file) throws IOException {
        try (var in = vault.store().get(name)) {
            if (Hashes.of(in).equals(Hashes.of(file))) {
                return false;
            }
        } catch (NoSuchFileException missing) {
            vault.store().put(name, file);
            return true;
        }
        vault.store().delete(name);
        vault.store().put(name, file);
        return true;
    }
}
