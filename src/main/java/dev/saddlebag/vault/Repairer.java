package dev.saddlebag.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Brings back what a destination lost: every stored file has the same bytes everywhere, and the signed lists say which. It
 * is the only one that ever replaces a file, and only by what its snapshot was signed with (facts/vault-study.md §4.8).
 */
public final class Repairer {
    /** A list that was brought back may show that more is missing. */
    private static final int ROUNDS = 3;

    private final Vault vault;
    private final List<Vault> others;
    private final Spool spool;
    private final String destination;

    /**
     * A repairer of one vault.
     *
     * @param others the same vault at other destinations
     * @param destination the name under which this host remembers what {@code vault} has committed
     */
    public Repairer(Vault vault, List<Vault> others, Spool spool, String destination) {
        this.vault = vault;
        this.others = List.copyOf(others);
        this.spool = spool;
        this.destination = destination;
    }

    /**
     * What a repair did.
     *
     * @param replaced the files that are as they were written again
     * @param left what verification finds now
     */
    public record Repaired(List<String> replaced, List<Finding> left) {
        public Repaired {
            replaced = List.copyOf(replaced);
            left = List.copyOf(left);
        }
    }

    /** Verifies as deep as {@code level} says, and replaces each damaged or missing file of which there is a good copy. */
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
            if (replaced.size() == before) {
                break;
            }
            findings = verify(level);
        }
        return new Repaired(replaced, findings);
    }

    private List<Finding> verify(Level level) throws IOException {
        return vault.verify(level, run -> true, spool.delivered(destination));
    }

    private static Set<String> damaged(List<Finding> findings) {
        var files = new TreeSet<String>();
        for (var finding : findings) {
            if (finding.isDamage() && finding.snapshot() != null) {
                files.add(finding.file());
                if (finding.affected() < 0) {
                    // Which of the three is wrong cannot be told from outside.
                    files.add(Names.list(finding.snapshot()));
                    files.add(Names.signature(finding.snapshot()));
                    files.add(Names.record(finding.snapshot()));
                }
            }
        }
        return files;
    }

    private boolean replace(String file) throws IOException {
        var owner = RunId.leading(file.substring(file.indexOf('/') + 1));
        if (owner.isEmpty()) {
            return false;
        }
        var waiting = spool.waiting(owner.get());
        if (waiting.isPresent() && Files.exists(waiting.get().file(file)) && isGood(waiting.get(), file)) {
            return put(file, waiting.get().file(file));
        }
        for (var other : others) {
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

    private boolean replaceFrom(Vault other, String file, RunId owner) throws IOException {
        for (var snapshot : other.snapshots()) {
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

    /** The list and its signature, which the reader of {@code other} has just proven. */
    private boolean replaceSigned(Vault other, String file) throws IOException {
        var copy = Files.createTempFile(vault.scratch(), "fetch-", ".tmp");
        try (var in = other.store().get(file)) {
            Files.write(copy, in.readAllBytes());
            return put(file, copy);
        } finally {
            Files.deleteIfExists(copy);
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
