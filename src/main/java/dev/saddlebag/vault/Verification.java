package dev.saddlebag.vault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.zip.ZipFile;

/** One verification of one vault (facts/vault-study.md §4.8); each stored file is read once, however many need it. */
final class Verification {
    private final Vault vault;
    private final Store store;
    private final Level level;
    private final Predicate<RunId> selection;
    private final NavigableSet<RunId> delivered;
    private final List<Finding> findings = new ArrayList<>();

    /** For each snapshot, what is wrong with a file that it needs. */
    private final Map<Snapshot, SortedMap<String, String>> problems = new LinkedHashMap<>();

    /** The stored files with a problem for any snapshot. */
    private final Set<String> bad = new HashSet<>();

    private Listing listing;

    Verification(Vault vault, Level level, Predicate<RunId> selection, Collection<RunId> delivered) {
        this.vault = vault;
        this.store = vault.store();
        this.level = level;
        this.selection = selection;
        this.delivered = new TreeSet<>(delivered);
    }

    List<Finding> run() throws IOException {
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
        if (level != Level.QUICK) {
            var contents = new EntryHashes();
            var expected = expected(selected);
            if (level == Level.FULL) {
                for (var parts : partsOf(selected)) {
                    readParts(parts, expected, contents);
                }
            }
            for (var file : expected.entrySet()) {
                readFile(file.getKey(), file.getValue(), contents);
            }
            if (level == Level.FULL) {
                for (var snapshot : selected) {
                    checkEntries(snapshot, contents);
                }
            }
        }
        for (var snapshot : problems.keySet()) {
            report(snapshot);
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
                    Signers.parse(bytes);
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
        if (level == Level.FULL && Names.isPack(name) && !Names.isEncrypted(name)) {
            try (var pack = Fetched.from(store, name, users.get(0), vault.scratch())) {
                compare(name, users, users.get(0).list().hashes().get(name));
                unpack(name, pack, users, contents);
            } catch (CannotFetch e) {
                users.forEach(user -> problem(user, name, e.getMessage()));
            }
            return;
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
            var users = Objects.requireNonNullElse(expected.remove(part), List.<Snapshot>of());
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
            if (names.stream().anyMatch(name -> hasProblem(snapshot, name) || Names.isEncrypted(name))) {
                return;
            }
            var first = names.get(0);
            boolean sound;
            if (Names.isPack(first)) {
                sound = contents.matches(first, entry.nameInPack(), entry.size(), entry.sha256());
            } else if (names.size() > 1) {
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
        if (Names.isEncrypted(manifest) || hasProblem(snapshot, manifest)) {
            return;
        }
        try (var fetched = Fetched.from(store, manifest, snapshot, vault.scratch());
                var entries = Vault.reader(snapshot, fetched.path())) {
            for (var entry = entries.next(); entry.isPresent(); entry = entries.next()) {
                visitor.visit(entry.get(), entries.header().files());
            }
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
            var unknown = !Names.isData(name)
                    || hasProblem(snapshot, snapshot.manifest())
                    || Names.isEncrypted(snapshot.manifest());
            var finding = Finding.damage(snapshot.id(), name, problem.getValue());
            findings.add(finding.concerning(
                    paths.getOrDefault(name, List.of()), unknown ? -1 : counts.getOrDefault(name, 0L)));
        }
    }

    private void problem(Snapshot snapshot, String file, String what) {
        problems.computeIfAbsent(snapshot, s -> new TreeMap<>()).putIfAbsent(file, what);
        bad.add(file);
    }

    private boolean hasProblem(Snapshot snapshot, String file) {
        return bad.contains(file)
                && problems.getOrDefault(snapshot, new TreeMap<>()).containsKey(file);
    }
}
