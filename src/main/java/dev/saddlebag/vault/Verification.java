package dev.saddlebag.vault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.zip.ZipFile;
import org.apache.commons.io.input.CloseShieldInputStream;

/** One verification of one vault (facts/vault-study.md §4.8); each stored file is read once, however many need it. */
final class Verification {
    private final Vault vault;
    private final Store store;
    private final Level level;
    private final Predicate<RunId> selection;
    private final NavigableSet<RunId> delivered;
    private final List<Finding> findings = new ArrayList<>();

    /** For each snapshot, what is wrong with a file that it needs. */
    private final Map<Snapshot, SortedMap<String, String>> problems = new TreeMap<>(Comparator.comparing(Snapshot::id));

    /** The stored files with a problem for any snapshot. */
    private final Set<String> bad = new HashSet<>();

    /** What no identity at hand opens, of each snapshot. */
    private final Map<Snapshot, Set<String>> locked = new TreeMap<>(Comparator.comparing(Snapshot::id));

    private Listing listing;

    Verification(Vault vault, Level level, Predicate<RunId> selection, Collection<RunId> delivered) {
        this.vault = vault;
        this.store = vault.store();
        this.level = level;
        this.selection = selection;
        this.delivered = new TreeSet<>(delivered);
    }

    List<Finding> run() throws IOException {
        var selected = look();
        if (level != Level.QUICK) {
            var contents = new EntryHashes();
            var expected = expected(selected);
            if (level == Level.FULL) {
                var parts = partsOf(selected);
                AtOnce.each(parts, store.atOnce(), one -> readParts(one, expected, contents));
                parts.forEach(expected.keySet()::removeAll);
            }
            AtOnce.each(
                    expected.entrySet(), store.atOnce(), file -> readFile(file.getKey(), file.getValue(), contents));
            if (level == Level.FULL) {
                for (var snapshot : selected) {
                    checkEntries(snapshot, contents);
                }
            }
        }
        return reported();
    }

    /**
     * Looks as {@link Level#QUICK} does, and reads every stored byte of those files whose turn it is.
     *
     * @param cycle within how long each file has its turn; zero when none has
     */
    ShareRead share(ReadTimes times, Duration cycle, Instant now) throws IOException {
        var selected = look();
        var expected = expected(selected);
        // Looking has read the records already.
        selected.forEach(snapshot -> expected.remove(Names.record(snapshot.id())));
        SortedMap<String, Long> sizes = new TreeMap<>();
        expected.keySet().stream()
                .filter(name -> !bad.contains(name))
                .forEach(name -> sizes.put(name, listing.size(name)));
        var due = cycle.isZero() ? new TreeSet<String>() : times.due(sizes, cycle, now);
        var contents = new EntryHashes();
        AtOnce.each(due, store.atOnce(), name -> readFile(name, expected.get(name), contents));
        var damaged = new TreeSet<>(due);
        damaged.retainAll(bad);
        var sound = new TreeSet<>(due);
        sound.removeAll(damaged);
        times.note(sound, damaged, sizes.keySet(), now);
        times.save();
        var bytes = 0L;
        for (var name : due) {
            bytes += sizes.get(name);
        }
        return new ShareRead(reported(), due.size(), bytes, expected.size(), times.oldest(sizes.keySet(), now));
    }

    /** Level 0; gives the sound ones of the selected snapshots. */
    private List<Snapshot> look() throws IOException {
        listing = Listing.read(store);
        var survey = vault.survey(listing.committed());
        checkTop(survey.snapshots());
        survey.findings().stream()
                .filter(finding -> selection.test(finding.snapshot()))
                .forEach(findings::add);
        checkTestimony(survey.snapshots());
        var selected = survey.snapshots().stream()
                .filter(snapshot -> selection.test(snapshot.id()))
                .toList();
        selected.forEach(this::checkListed);
        return selected;
    }

    private List<Finding> reported() throws IOException {
        for (var snapshot : problems.keySet()) {
            report(snapshot);
        }
        if (level == Level.FULL) {
            locked.forEach((snapshot, files) -> findings.add(unseen(snapshot, files)));
        }
        return List.copyOf(findings);
    }

    // --- level 0

    private void checkTop(List<Snapshot> snapshots) throws IOException {
        var description = readTop(Names.VAULT);
        String readme = null;
        if (description != null) {
            var hash = Hashes.of(description);
            if (snapshots.stream().anyMatch(s -> !s.record().vaultSha256().equals(hash))) {
                findings.add(Finding.damage(
                        null,
                        Names.VAULT,
                        "is not what was written: its SHA-256 is not the one in the signed records"));
            } else {
                readme = describedReadme(description);
            }
        }
        var readmeBytes = readTop(Names.README);
        if (readmeBytes != null && readme != null && !Hashes.of(readmeBytes).equals(readme)) {
            findings.add(Finding.damage(
                    null, Names.README, "is not what was written: its SHA-256 is not the one in " + Names.VAULT));
        }
        checkSigners();
    }

    private String describedReadme(byte[] description) throws IOException {
        try {
            return VaultDescription.parse(description).readmeSha256();
        } catch (UnsupportedVaultException e) {
            throw new UnsupportedVaultException("this vault cannot be read: in " + Names.VAULT + ", " + e.getMessage());
        } catch (IOException e) {
            findings.add(Finding.damage(null, Names.VAULT, "is damaged: " + e.getMessage()));
            return null;
        }
    }

    private void checkSigners() throws IOException {
        var names = new TreeSet<>(Set.of(Names.SIGNERS));
        listing.top().keySet().stream()
                .filter(name -> name.startsWith(Names.SIGNERS))
                .forEach(names::add);
        for (var name : names) {
            var bytes = readTop(name);
            if (bytes != null) {
                try {
                    Signers.parse(bytes).checkName(name);
                } catch (IOException e) {
                    findings.add(Finding.damage(null, name, "is damaged: " + e.getMessage()));
                }
            }
        }
    }

    private byte[] readTop(String name) throws IOException {
        if (!listing.top().containsKey(name)) {
            findings.add(Finding.damage(null, name, "is missing"));
            return null;
        }
        try (var in = store.get(name)) {
            return in.readNBytes(1 << 20);
        } catch (NoSuchFileException e) {
            findings.add(Finding.damage(null, name, "is listed and cannot be got"));
            return null;
        }
    }

    /** What the newest sound snapshot and this host's ledger testify must be there. */
    private void checkTestimony(List<Snapshot> snapshots) {
        var newest = snapshots.isEmpty() ? null : snapshots.get(snapshots.size() - 1);
        SortedMap<RunId, String> testified =
                newest == null ? new TreeMap<>() : newest.record().previous();
        var missing = new TreeSet<RunId>(testified.keySet());
        for (var run : delivered) {
            if (run.equals(delivered.last()) || listing.announced().contains(run)) {
                missing.add(run);
            }
        }
        missing.removeAll(listing.committed());
        missing.removeAll(listing.pruned());
        if (vault.isPart() && !missing.isEmpty()) {
            findings.add(Finding.note(
                    newest.id(),
                    Names.PART,
                    "says that this is a part of a vault: other snapshots of it, " + missing.size()
                            + " of which existed when the newest one here was made, are not looked for"));
            missing.clear();
        }
        for (var run : missing) {
            if (selection.test(run)) {
                findings.add(missing(run, newest));
            }
        }
        for (var snapshot : snapshots) {
            var hash = testified.get(snapshot.id());
            if (hash != null && !hash.equals(snapshot.listSha256()) && selection.test(snapshot.id())) {
                findings.add(Finding.unreadable(
                        snapshot.id(),
                        Names.list(snapshot.id()),
                        "is not the list that the later snapshot " + newest.id() + " testifies: it was replaced"));
            }
        }
        for (var run : listing.announced()) {
            if (!listing.committed().contains(run) && !listing.pruned().contains(run) && !missing.contains(run)) {
                if (selection.test(run)) {
                    findings.add(Finding.note(run, Names.list(run), "announces a run that is not finished here"));
                }
            }
        }
    }

    private Finding missing(RunId run, Snapshot newest) {
        var file = listing.announced().contains(run) ? Names.signature(run) : Names.list(run);
        if (delivered.contains(run)) {
            return Finding.unreadable(run, file, "is missing, though this destination had committed the snapshot");
        }
        if (!delivered.isEmpty() && !listing.announced().contains(run)) {
            return Finding.note(
                    run, file, "is missing: this snapshot was never delivered here, as far as this host knows");
        }
        return Finding.unreadable(
                run, file, "is missing, though the later snapshot " + newest.id() + " testifies that it existed");
    }

    private void checkListed(Snapshot snapshot) {
        for (var name : snapshot.list().hashes().keySet()) {
            var size = snapshot.record().size(name);
            var actual = listing.size(name);
            if (actual < 0) {
                problem(snapshot, name, "is missing");
            } else if (size >= 0 && actual != size) {
                problem(snapshot, name, "has " + actual + " bytes instead of " + size);
            } else if (size < 0 && !name.equals(Names.record(snapshot.id()))) {
                problem(snapshot, name, "has no size in the record " + Names.record(snapshot.id()));
            }
        }
    }

    // --- level 1

    /** From each stored file to the snapshots that need it. */
    private static SortedMap<String, List<Snapshot>> expected(List<Snapshot> snapshots) {
        SortedMap<String, List<Snapshot>> expected = new TreeMap<>();
        for (var snapshot : snapshots) {
            for (var name : snapshot.list().hashes().keySet()) {
                expected.computeIfAbsent(name, n -> new ArrayList<>()).add(snapshot);
            }
        }
        return expected;
    }

    private void readFile(String name, List<Snapshot> users, EntryHashes contents) throws IOException {
        if (users.isEmpty() || users.stream().allMatch(user -> hasProblem(user, name))) {
            return;
        }
        if (level == Level.FULL && Names.isData(name) && opens(name) && !Names.isPack(name)) {
            var content = Hashes.sha256();
            var length = decrypt(name, users, content);
            contents.put(name, "", length, content.digest());
            return;
        }
        if (level == Level.FULL && Names.isPack(name) && (opens(name) || isPlainPack(name))) {
            try (var content = fetch(name, users)) {
                unpack(name, content, users, contents);
            } catch (WrongIdentityException e) {
                users.forEach(user -> lock(user, name));
            } catch (CannotFetch e) {
                users.forEach(user -> problem(user, name, e.getMessage()));
            }
            return;
        }
        if (Names.isData(name) && Names.isEncrypted(name)) {
            users.forEach(user -> lock(user, name));
        }
        try (InputStream in = store.get(name)) {
            compare(name, users, Hashes.of(in));
        } catch (NoSuchFileException e) {
            users.forEach(user -> problem(user, name, "is missing"));
        } catch (IOException e) {
            users.forEach(user -> problem(user, name, "cannot be read: " + e.getMessage()));
        }
    }

    private void compare(String name, List<Snapshot> users, String actual) {
        for (var user : users) {
            if (!actual.equals(user.list().hashes().get(name))) {
                problem(user, name, "is not what was written: its SHA-256 is not the one in the signed list");
            }
        }
    }

    // --- level 2

    /** Whether {@code name} is encrypted and there is something to try to open it with. */
    private boolean opens(String name) {
        return Names.isEncrypted(name) && vault.decryption() != null;
    }

    private static boolean isPlainPack(String name) {
        return Names.isPack(name) && !Names.isEncrypted(name);
    }

    /** The content of a stored file, which is compared with the lists of all that need it on the way. */
    private Fetched fetch(String name, List<Snapshot> users) throws IOException {
        var stored = Fetched.from(store, name, users.get(0), vault.scratch());
        compare(name, users, users.get(0).list().hashes().get(name));
        return Names.isEncrypted(name) ? stored.decrypted(vault.decryption(), vault.scratch()) : stored;
    }

    /**
     * Reads what is in an encrypted file and compares the file itself, in one pass and without a copy of either.
     *
     * @param content takes in what is in the file
     * @return how much that is
     */
    private long decrypt(String name, List<Snapshot> users, MessageDigest content) throws IOException {
        var length = 0L;
        try (var stored = new HashingInput(store.get(name))) {
            String broken = null;
            try (var in = vault.decryption().decrypt(CloseShieldInputStream.wrap(stored))) {
                var buffer = new byte[1 << 16];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    content.update(buffer, 0, n);
                    length += n;
                }
            } catch (WrongIdentityException e) {
                users.forEach(user -> lock(user, name));
            } catch (CannotDecryptException e) {
                broken = e.getMessage();
            }
            stored.transferTo(OutputStream.nullOutputStream());
            compare(name, users, stored.sha256());
            if (broken != null) {
                var what = broken;
                users.stream().filter(user -> !hasProblem(user, name)).forEach(user -> problem(user, name, what));
            }
        } catch (NoSuchFileException e) {
            users.forEach(user -> problem(user, name, "is missing"));
        } catch (IOException e) {
            users.forEach(user -> problem(user, name, "cannot be read to its end: " + e.getMessage()));
        }
        return length;
    }

    private synchronized void lock(Snapshot snapshot, String name) {
        locked.computeIfAbsent(snapshot, s -> new TreeSet<>()).add(name);
    }

    private synchronized boolean isLocked(Snapshot snapshot, String name) {
        return locked.getOrDefault(snapshot, Set.of()).contains(name);
    }

    private static Finding unseen(Snapshot snapshot, Set<String> files) {
        var all = files.contains(snapshot.manifest());
        return Finding.unseen(
                snapshot.id(),
                all ? snapshot.manifest() : files.iterator().next(),
                all
                        ? "is encrypted, and no identity at hand opens it: all stored bytes were compared, and what is in"
                                + " them was not looked into"
                        : files.size() + " stored files are encrypted to other keys than the identities at hand: their"
                                + " bytes were compared, and what is in them was not looked into");
    }

    private void unpack(String name, Fetched pack, List<Snapshot> users, EntryHashes contents) {
        try (var zip = new ZipFile(pack.path().toFile())) {
            for (var entry : Collections.list(zip.entries())) {
                var digest = Hashes.sha256();
                var length = 0L;
                try (var in = zip.getInputStream(entry)) {
                    var buffer = new byte[1 << 16];
                    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                        digest.update(buffer, 0, n);
                        length += n;
                    }
                }
                contents.put(name, entry.getName(), length, digest.digest());
            }
        } catch (IOException e) {
            users.forEach(user -> problem(user, name, "does not unpack: " + e.getMessage()));
        }
    }

    /** The loose files of more than one part, each once. */
    private List<List<String>> partsOf(List<Snapshot> snapshots) throws IOException {
        Map<String, List<String>> parts = new TreeMap<>();
        for (var snapshot : snapshots) {
            eachEntry(snapshot, (entry, files) -> {
                if (entry.files().size() > 1) {
                    var names = entry.files().stream().map(files::get).toList();
                    parts.putIfAbsent(String.join(" ", names), names);
                }
            });
        }
        return List.copyOf(parts.values());
    }

    /** Reads the parts of one loose file in order, for the hash of each and of the whole. */
    private void readParts(List<String> parts, SortedMap<String, List<Snapshot>> expected, EntryHashes contents)
            throws IOException {
        var whole = Hashes.sha256();
        var length = 0L;
        for (var part : parts) {
            var users = expected.getOrDefault(part, List.of());
            if (Names.isEncrypted(part)) {
                if (opens(part)) {
                    length += decrypt(part, users, whole);
                } else {
                    readFile(part, users, contents);
                }
                continue;
            }
            var digest = Hashes.sha256();
            try (InputStream in = store.get(part)) {
                var buffer = new byte[1 << 16];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    digest.update(buffer, 0, n);
                    whole.update(buffer, 0, n);
                    length += n;
                }
                compare(part, users, Hashes.hex(digest.digest()));
            } catch (NoSuchFileException e) {
                users.forEach(user -> problem(user, part, "is missing"));
            } catch (IOException e) {
                users.forEach(user -> problem(user, part, "cannot be read: " + e.getMessage()));
            }
        }
        contents.put(String.join(" ", parts), "", length, whole.digest());
    }

    private void checkEntries(Snapshot snapshot, EntryHashes contents) throws IOException {
        eachEntry(snapshot, (entry, files) -> {
            var names = entry.files().stream().map(files::get).toList();
            if (names.stream().anyMatch(name -> hasProblem(snapshot, name) || isLocked(snapshot, name))) {
                return;
            }
            var first = names.get(0);
            boolean sound;
            if (Names.isPack(first)) {
                sound = contents.matches(first, entry.nameInPack(), entry.size(), entry.sha256());
            } else if (names.size() > 1 || Names.isEncrypted(first)) {
                sound = contents.matches(String.join(" ", names), "", entry.size(), entry.sha256());
            } else {
                sound = entry.sha256().equals(snapshot.list().hashes().get(first))
                        && entry.size() == snapshot.record().size(first);
            }
            if (!sound) {
                findings.addAll(CheckedContent.damaged(entry, snapshot.id(), first, "does not hold")
                        .findings());
            }
        });
    }

    // --- reports

    private interface EntryVisitor {
        void visit(Entry entry, List<String> files);
    }

    /** Visits the entries of a snapshot, and notes a problem when its manifest cannot be followed. */
    private void eachEntry(Snapshot snapshot, EntryVisitor visitor) throws IOException {
        var manifest = snapshot.manifest();
        if (hasProblem(snapshot, manifest) || isLocked(snapshot, manifest)) {
            return;
        }
        try (var fetched = fetch(manifest, List.of(snapshot));
                var entries = Vault.reader(snapshot, fetched.path())) {
            for (var entry = entries.next(); entry.isPresent(); entry = entries.next()) {
                visitor.visit(entry.get(), entries.header().files());
            }
        } catch (WrongIdentityException e) {
            lock(snapshot, manifest);
        } catch (CannotFetch e) {
            problem(snapshot, manifest, e.getMessage());
        } catch (UnsupportedVaultException e) {
            findings.add(Finding.note(snapshot.id(), manifest, e.getMessage()));
        } catch (IOException e) {
            problem(snapshot, manifest, "cannot be followed: " + e.getMessage());
        }
    }

    private void report(Snapshot snapshot) throws IOException {
        Map<String, List<String>> paths = new TreeMap<>();
        Map<String, Long> counts = new TreeMap<>();
        eachEntry(snapshot, (entry, files) -> {
            for (int position : entry.files()) {
                var name = files.get(position);
                if (hasProblem(snapshot, name)) {
                    counts.merge(name, 1L, Long::sum);
                    var some = paths.computeIfAbsent(name, n -> new ArrayList<>());
                    if (some.size() < Finding.SHOWN) {
                        some.add(entry.path());
                    }
                }
            }
        });
        for (var problem : problems.get(snapshot).entrySet()) {
            var name = problem.getKey();
            var finding = Finding.damage(snapshot.id(), name, problem.getValue());
            if (!Names.isData(name) || hasProblem(snapshot, snapshot.manifest())) {
                findings.add(finding.concerning(List.of(), -1));
            } else if (isLocked(snapshot, snapshot.manifest())) {
                findings.add(finding.concerning(List.of(), Finding.LOCKED));
            } else {
                findings.add(finding.concerning(paths.getOrDefault(name, List.of()), counts.getOrDefault(name, 0L)));
            }
        }
    }

    private synchronized void problem(Snapshot snapshot, String file, String what) {
        problems.computeIfAbsent(snapshot, s -> new TreeMap<>()).putIfAbsent(file, what);
        bad.add(file);
    }

    private synchronized boolean hasProblem(Snapshot snapshot, String file) {
        return bad.contains(file)
                && problems.getOrDefault(snapshot, new TreeMap<>()).containsKey(file);
    }
}
