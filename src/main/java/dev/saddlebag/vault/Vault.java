package dev.saddlebag.vault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A vault as a reader sees it, at any destination. Nothing that lies there is believed before its hash was found in a
 * signed list (facts/vault-study.md §4.8).
 */
public final class Vault {
    private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)");
    private static final int SHOWN = 10;
    private static final Logger LOG = LoggerFactory.getLogger(Vault.class);

    private final Store store;
    private final Signers trusted;
    private final Path scratch;
    private final Decryption decryption;
    private final boolean part;

    /** Trusts the keys that the vault itself names; {@code scratch} is a folder for files of passing interest. */
    public Vault(Store store, Path scratch) {
        this(store, null, scratch);
    }

    /** Trusts {@code trusted} only, as one does who fears that somebody can write to the vault. */
    public Vault(Store store, Signers trusted, Path scratch) {
        this(store, trusted, scratch, null, false);
    }

    private Vault(Store store, Signers trusted, Path scratch, Decryption decryption, boolean part) {
        this.store = store;
        this.trusted = trusted;
        this.scratch = scratch;
        this.decryption = decryption;
        this.part = part;
    }

    /** The same vault, to be looked into with {@code identities} where it is encrypted. */
    public Vault with(Decryption identities) {
        return new Vault(store, trusted, scratch, identities, part);
    }

    /**
     * The same vault where nobody expects more of it than is there, if it says of itself that it was taken out of a larger
     * one ({@link PortableVault}). Never to be asked of a destination: whoever can write there could hide a theft so.
     */
    public Vault orPart() throws IOException {
        var says = store.list("").stream().anyMatch(file -> file.name().equals(Names.PART));
        return new Vault(store, trusted, scratch, decryption, says);
    }

    /** The committed snapshots that are not pruned and whose signature, list and record are sound, oldest first. */
    public List<Snapshot> snapshots() throws IOException {
        return survey().snapshots();
    }

    /** Whether nothing was ever put here. */
    public boolean isEmpty() throws IOException {
        return store.list("").isEmpty() && store.list(Names.META).isEmpty();
    }

    /** {@link #snapshots}, and what is wrong with the others. */
    public Survey survey() throws IOException {
        refuseUnknown();
        var listing = Listing.ofMeta(store);
        return survey(listing.committed(), listing.pruned());
    }

    /**
     * The snapshot that a person means by {@code latest}, an id, the beginning of one id, or a date such as
     * {@code 2026-11-20} (the last one of that day, UTC).
     *
     * @throws NoSuchSnapshotException when that is none or several; the message lists what exists
     * @throws DamageException when the snapshot is there and its description is not what was written
     */
    public Snapshot find(String name) throws IOException {
        refuseUnknown();
        var runs = Listing.ofMeta(store).committed();
        var wanted = name.strip();
        if (runs.isEmpty()) {
            throw new NoSuchSnapshotException("there is no snapshot in this vault yet");
        }
        var loader = new Loader(store, signers());
        if (wanted.equals("latest")) {
            return loader.load(runs.last());
        }
        var date = DATE.matcher(wanted);
        var prefix = date.matches() ? date.group(1) + date.group(2) + date.group(3) + "T" : wanted;
        var meant = runs.stream()
                .filter(run -> !prefix.isEmpty() && run.value().startsWith(prefix))
                .toList();
        if (meant.isEmpty()) {
            throw new NoSuchSnapshotException("there is no snapshot \"" + wanted + "\"; there are: " + shown(runs));
        }
        if (meant.size() > 1 && !date.matches()) {
            throw new NoSuchSnapshotException(
                    "\"" + wanted + "\" is the beginning of several snapshots: " + shown(meant));
        }
        return loader.load(meant.get(meant.size() - 1));
    }

    /**
     * All entries of {@code snapshot}; to be closed.
     *
     * @throws WrongIdentityException when the snapshot is encrypted, and the identities at hand do not open it; all that
     *     look into a snapshot throw it
     */
    public Entries entries(Snapshot snapshot) throws IOException {
        var manifest = fetch(snapshot, snapshot.manifest());
        try {
            return new FetchedEntries(manifest, reader(snapshot, manifest.path()));
        } catch (IOException | RuntimeException e) {
            manifest.close();
            throw e;
        }
    }

    /**
     * Opens one file of {@code snapshot}. Its hash is checked while it is read: reading past its last byte throws when
     * it is not what was written.
     *
     * @throws NoSuchFileException when the snapshot has no such path
     */
    public InputStream open(Snapshot snapshot, String path) throws IOException {
        try (var manifest = fetch(snapshot, snapshot.manifest());
                var entries = reader(snapshot, manifest.path())) {
            for (var entry = entries.next(); entry.isPresent(); entry = entries.next()) {
                if (entry.get().path().equals(path)) {
                    return new EntryContent(this, snapshot, entries.header().files()).open(entry.get());
                }
            }
        }
        throw new NoSuchFileException(path, null, "the snapshot " + snapshot.id() + " has no such file");
    }

    /**
     * Writes the files of {@code snapshot} that {@code filter} accepts into {@code target}. Files that are there with the
     * same content stay, so that an interrupted export goes on where it ended; others are never overwritten.
     *
     * @throws DamageException after all that can be had was written, when something is lost; it names what
     * @throws IOException when the target cannot be written, or the manifest is not one that may be followed
     */
    public Exported export(Snapshot snapshot, Path target, Predicate<Entry> filter, Progress progress)
            throws IOException {
        return new Export(this, snapshot, target, progress).run(filter);
    }

    /**
     * Reads the files of {@code snapshot} that {@code wanted} accepts, in the order that fetches each stored file once.
     *
     * @throws DamageException when one of them is not what was written
     */
    public void read(Snapshot snapshot, Predicate<Entry> wanted, Tree.Reader reader) throws IOException {
        try (var entries = GroupedEntries.of(this, snapshot, wanted);
                var contents = EntryContent.of(this, snapshot, entries)) {
            for (int i = 0; i < entries.count(); i++) {
                var entry = entries.get(i);
                try (var content = contents.stream(entry)) {
                    reader.read(entry, content);
                }
            }
        }
    }

    /**
     * Compares what is stored with what was written.
     *
     * @param selection which snapshots; what concerns the whole vault is always looked at
     * @param delivered the runs that this destination is known to have committed ({@link Spool#delivered}): the anchor
     *     that tells when the newest snapshot was taken away; may be empty
     * @return what is wrong or worth knowing; nothing when all is well. What is encrypted and opens with no identity at
     *     hand is compared byte for byte, and a note says that it was not looked into
     * @throws IOException when the vault cannot be reached, or is of a kind that this version cannot read
     */
    public List<Finding> verify(Level level, Predicate<RunId> selection, Collection<RunId> delivered)
            throws IOException {
        return new Verification(this, level, selection, delivered).run();
    }

    /**
     * Compares signatures, lists and sizes of everything, and every stored byte of those files whose turn it is. It needs no
     * identity. Runs and prunes may go on meanwhile.
     *
     * @param times when each file was read; it is brought up to date and saved
     * @param cycle within how long each file is to be read once more; zero when none is to be read
     * @param delivered as in {@link #verify}
     * @throws IOException when the vault cannot be reached, or is of a kind that this version cannot read
     */
    public ShareRead verifyShare(ReadTimes times, Duration cycle, Collection<RunId> delivered, Instant now)
            throws IOException {
        return new Verification(this, Level.QUICK, run -> true, delivered).share(times, cycle, now);
    }

    /** Gives every path of {@code snapshot} whose content lies in the stored file {@code file}. */
    public void paths(Snapshot snapshot, String file, Consumer<String> receiver) throws IOException {
        try (var manifest = fetch(snapshot, snapshot.manifest());
                var entries = reader(snapshot, manifest.path())) {
            entries.pathsIn(file, receiver);
        }
    }

    /**
     * Tries whether the identities at hand open {@code snapshot}: its manifest, read to its end, and the smallest file of
     * each run whose content it uses, because each run encrypts to the recipients of its time.
     *
     * @return the runs whose files they do not open
     * @throws DamageException when what is tried is not what was written
     */
    public NavigableSet<RunId> unopened(Snapshot snapshot) throws IOException {
        SortedMap<RunId, String> samples = new TreeMap<>();
        for (var name : snapshot.list().hashes().keySet()) {
            if (Names.isData(name)) {
                var run = RunId.leading(name.substring(Names.DATA.length() + 1)).orElseThrow();
                samples.merge(run, name, (one, other) -> smaller(snapshot, one, other));
            }
        }
        NavigableSet<RunId> unopened = new TreeSet<>();
        try (var entries = entries(snapshot)) {
            var entry = entries.next();
            while (entry.isPresent()) {
                entry = entries.next();
            }
        } catch (WrongIdentityException e) {
            unopened.add(snapshot.id());
        }
        for (var sample : samples.entrySet()) {
            try (var content = fetch(snapshot, sample.getValue())) {
                LOG.debug("{} opens", content.path());
            } catch (WrongIdentityException e) {
                unopened.add(sample.getKey());
            }
        }
        return unopened;
    }

    private static String smaller(Snapshot snapshot, String one, String other) {
        return snapshot.record().size(one) <= snapshot.record().size(other) ? one : other;
    }

    // --- what the parts share

    Store store() {
        return store;
    }

    Path scratch() {
        return scratch;
    }

    /** Whether that other snapshots are missing here is as it should be. */
    boolean isPart() {
        return part;
    }

    /** Null when there are no identities. */
    Decryption decryption() {
        return decryption;
    }

    /** What is known of {@code runs}, hidden or not. */
    Survey survey(NavigableSet<RunId> runs) throws IOException {
        return survey(runs, Set.of());
    }

    private Survey survey(NavigableSet<RunId> runs, Set<RunId> hidden) throws IOException {
        var loader = new Loader(store, signers());
        List<Snapshot> snapshots = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (var run : runs) {
            try {
                snapshots.add(loader.load(run));
            } catch (DamageException e) {
                findings.addAll(e.findings());
            } catch (UnsupportedVaultException e) {
                findings.add(Finding.note(run, Names.record(run), e.getMessage()));
            }
        }
        return new Survey(snapshots, findings, hidden);
    }

    /** Refuses a vault of a later format; one whose description is missing or garbled is for verification to report. */
    void refuseUnknown() throws IOException {
        try (var in = store.get(Names.VAULT)) {
            VaultDescription.parse(in.readNBytes(1 << 20));
        } catch (UnsupportedVaultException e) {
            throw new UnsupportedVaultException("this vault cannot be read: in " + Names.VAULT + ", " + e.getMessage());
        } catch (NoSuchFileException nothingYet) {
            return;
        } catch (IOException e) {
            LOG.warn("The vault's description {} cannot be read: {}", Names.VAULT, e.toString());
        }
    }

    /** A local, proven copy of a stored file that {@code snapshot} needs, without its encryption. */
    Fetched fetch(Snapshot snapshot, String name) throws IOException {
        try {
            var stored = Fetched.from(store, name, snapshot, scratch);
            return Names.isEncrypted(name) ? stored.decrypted(decryption, scratch) : stored;
        } catch (WrongIdentityException e) {
            throw new WrongIdentityException(locked(snapshot, name), e);
        } catch (CannotFetch e) {
            var finding = name.equals(snapshot.manifest())
                    ? Finding.unreadable(snapshot.id(), name, e.getMessage())
                    : Finding.damage(snapshot.id(), name, e.getMessage());
            throw (DamageException) new DamageException("", List.of(finding)).initCause(e);
        }
    }

    static ManifestReader reader(Snapshot snapshot, Path manifest) throws IOException {
        var reader = ManifestReader.compressed(snapshot.manifest(), manifest);
        try {
            checkHeader(snapshot, reader.header());
            return reader;
        } catch (IOException e) {
            reader.close();
            throw e;
        }
    }

    private static void checkHeader(Snapshot snapshot, ManifestHeader header) throws IOException {
        if (!header.id().equals(snapshot.id())) {
            throw new IOException(snapshot.manifest() + ": it is the manifest of another snapshot, " + header.id());
        }
        for (var file : header.files()) {
            if (!Names.isData(file) || !snapshot.list().hashes().containsKey(file)) {
                throw new IOException(
                        snapshot.manifest() + ": it uses \"" + file + "\", which the signed list does not name");
            }
        }
    }

    private String locked(Snapshot snapshot, String name) {
        if (!SnapshotRecord.isOwn(snapshot.id(), name)) {
            return "the snapshot " + snapshot.id() + " needs " + name
                    + ", which the identities at hand do not open: it was"
                    + " encrypted to the keys of its time. Give the identity of that time too (--identity FILE)";
        }
        return "the snapshot " + snapshot.id() + " is encrypted to " + Recipients.text(snapshot.recipients())
                + (decryption == null
                        ? ". Give the identity file of one of these keys (--identity FILE)"
                        : ", and the identities at hand are of other keys. Give one of these (--identity FILE)");
    }

    private Signers signers() throws IOException {
        return trusted != null ? trusted : namedSigners();
    }

    /** Whether a snapshot that this key has signed is believed here. */
    boolean trusts(String line) {
        return trusted == null || trusted.lines().contains(line);
    }

    /** The keys that must be trusted; empty when those are that the vault names. */
    Optional<Signers> trusted() {
        return Optional.ofNullable(trusted);
    }

    /** The keys that the vault names in its files. */
    Signers namedSigners() throws IOException {
        var all = Signers.none();
        var names = store.list("").stream()
                .map(Store.Stored::name)
                .filter(name -> name.startsWith(Names.SIGNERS))
                .sorted(Comparator.naturalOrder())
                .toList();
        for (var name : names) {
            try (var in = store.get(name)) {
                all = all.and(Signers.parse(in.readNBytes(1 << 20)));
            } catch (IOException e) {
                LOG.warn("The vault's {} cannot be used: {}", name, e.toString());
            }
        }
        return all;
    }

    static String shown(Collection<RunId> runs) {
        var newest = runs.stream()
                .sorted(Comparator.reverseOrder())
                .limit(SHOWN)
                .map(RunId::value)
                .collect(Collectors.joining(", "));
        return runs.size() > SHOWN ? newest + " and " + (runs.size() - SHOWN) + " older" : newest;
    }
}
