package dev.saddlebag.vault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one workspace's vault keeps on this host: sealed runs on their way to destinations, the newest manifest in clear
 * (so that the next run finds what did not change), and the {@link Ledger}. Losing all of it loses no data and no
 * ability to restore (facts/vault-study.md §4.5 and §4.12, invariant 9).
 *
 * <pre>
 * vault/              README.txt and vault.json as every destination has them
 * sealing-RUN/        being written; rubbish when its process is gone
 * sealed/RUN/         promoted, not yet at every destination
 * kept/RUN/           everywhere, kept without its data for its manifest
 * ledger.json
 * </pre>
 */
public final class Spool {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    private static final Duration LEFT_OVER = Duration.ofDays(7);

    private final Path directory;
    private final String workspace;
    private final Clock clock;
    private final RandomGenerator random;
    private final Disk disk;

    Spool(Path directory, String workspace, Clock clock, RandomGenerator random, Disk disk) {
        this.directory = directory;
        this.workspace = workspace;
        this.clock = clock;
        this.random = random;
        this.disk = disk;
    }

    /** Opens the spool of {@code workspace} in a directory of its own, which is made when it is not there. */
    public static Spool open(Path directory, String workspace, Clock clock) throws IOException {
        return open(directory, workspace, clock, new SecureRandom(), Disk.LOCAL);
    }

    static Spool open(Path directory, String workspace, Clock clock, RandomGenerator random, Disk disk)
            throws IOException {
        var spool = new Spool(directory, workspace, clock, random, disk);
        for (var folder : List.of(directory, spool.sealedFolder(), spool.keptFolder(), spool.vaultFolder())) {
            disk.createFolder(folder);
        }
        return spool;
    }

    /** The sealed runs that wait for a destination, oldest first. */
    public List<Sealed> waiting() throws IOException {
        return read(sealedFolder());
    }

    /** The run of this id, when its files are still here. */
    public Optional<Sealed> waiting(RunId run) throws IOException {
        var folder = sealedFolder().resolve(run.value());
        return Files.isDirectory(folder) ? Optional.of(Sealed.read(folder)) : Optional.empty();
    }

    /**
     * The newest snapshot whose manifest is here in clear: what the next run is compared with. Empty at the first run,
     * and after the spool was lost until {@link #recover} has found one.
     */
    public Optional<Sealed> baseline() throws IOException {
        var known = new ArrayList<>(read(sealedFolder()));
        known.addAll(readKept());
        known.sort(Comparator.comparing(Sealed::id).reversed());
        for (var sealed : known) {
            if (sealed.hasSoundManifest()) {
                return Optional.of(sealed);
            }
            LOG.warn("The clear manifest of {} is gone or altered; an older one is used, or none", sealed.directory());
        }
        return Optional.empty();
    }

    /** The runs that {@code destination} has committed, as far as this host knows. */
    public synchronized NavigableSet<RunId> delivered(String destination) throws IOException {
        return ledger().delivered(destination);
    }

    /** Notes that {@code destination} holds the whole of {@code run}. */
    public synchronized void delivered(String destination, RunId run) throws IOException {
        var ledger = ledger();
        ledger.deliver(destination, run);
        ledger.save();
    }

    /**
     * The data files that were lost at some destination and that no place has: no later snapshot uses them again
     * (facts/vault-study.md §4.8). Only a snapshot that was made before they were found out needs any of them.
     */
    public synchronized SortedSet<String> lost() throws IOException {
        return ledger().lost();
    }

    /** What is lost at {@code destination} alone. */
    public synchronized SortedSet<String> lost(String destination) throws IOException {
        return ledger().lost(destination);
    }

    /** Notes that these data files, and no others, are lost at {@code destination} and nowhere else to be had. */
    public synchronized void lose(String destination, Collection<String> files) throws IOException {
        var ledger = ledger();
        if (!ledger.lost(destination).equals(new TreeSet<>(files))) {
            ledger.lose(destination, files);
            ledger.save();
        }
    }

    /** Whether {@code run} needs what is lost: it cannot get to where that is missing. */
    public boolean needsLost(Snapshot run) throws IOException {
        return lost().stream().anyMatch(run::needs);
    }

    /**
     * Frees the space of the runs that every one of {@code destinations} has; the newest manifest stays. A run that needs
     * what is lost is given up when a later one is everywhere: it has what could be saved.
     *
     * @return the runs that were cleared
     */
    public synchronized List<RunId> clear(Collection<String> destinations) throws IOException {
        List<RunId> cleared = new ArrayList<>();
        if (destinations.isEmpty()) {
            return cleared;
        }
        var ledger = ledger();
        var everywhere = everywhere(destinations, ledger);
        for (var sealed : waiting()) {
            var givenUp = !everywhere.contains(sealed.id())
                    && everywhere.higher(sealed.id()) != null
                    && ledger.lost().stream().anyMatch(sealed.snapshot()::needs);
            if (everywhere.contains(sealed.id()) || givenUp) {
                if (givenUp) {
                    LOG.warn(
                            "The snapshot {} is given up: it needs content that is lost, and not every destination has"
                                    + " it. A later one is everywhere",
                            sealed.id());
                    ledger.forgetAlive(sealed.id());
                } else {
                    ledger.remember(sealed.id(), sealed.snapshot().listSha256());
                }
                ledger.save();
                disk.rename(sealed.directory(), keptFolder().resolve(sealed.id().value()));
                cleared.add(sealed.id());
            }
        }
        sweepKept();
        return cleared;
    }

    private static NavigableSet<RunId> everywhere(Collection<String> destinations, Ledger ledger) {
        NavigableSet<RunId> everywhere = null;
        for (var name : destinations) {
            if (everywhere == null) {
                everywhere = ledger.delivered(name);
            } else {
                everywhere.retainAll(ledger.delivered(name));
            }
        }
        return everywhere;
    }

    /**
     * Makes up for a lost state directory: when no baseline is here, takes the newest one that can be read from
     * {@code stores}, and the vault's identity with it. The keys that each vault names itself are trusted: the state
     * that would know better is lost. Does nothing when there is a baseline.
     *
     * @return true when there is a baseline now
     * @throws IOException when the vault's identity is unknown here and no store at all can be asked for it: a new identity
     *     might be refused by all of them for ever. One that does not answer beside others stops nothing.
     */
    public boolean recover(List<Store> stores) throws IOException {
        if (baseline().isPresent()) {
            return true;
        }
        IOException unanswered = null;
        var answered = false;
        for (var store : stores) {
            try {
                adopt(store);
                answered = true;
            } catch (UnsupportedVaultException e) {
                throw e;
            } catch (IOException e) {
                unanswered = e;
                LOG.warn("No baseline could be taken from a destination: {}", e.getMessage());
            }
        }
        if (unanswered != null && !answered && !knowsItself()) {
            throw new IOException(
                    "the state directory " + directory + " does not know its vault, and no destination that might know"
                            + " it can be read (" + unanswered.getMessage()
                            + "). Nothing was written. Try again when one is back",
                    unanswered);
        }
        return baseline().isPresent();
    }

    // --- what the sealer needs

    /** Runs {@code work} while no other process seals into this spool. */
    <T> T exclusively(Work<T> work) throws IOException {
        try (var channel = FileChannel.open(
                        directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            if (lock == null || !lock.isValid()) {
                throw busy(null);
            }
            return work.run();
        } catch (OverlappingFileLockException e) {
            throw busy(e);
        }
    }

    /** Clears what processes that died have left: a run while it sealed, and any in the midst of a delivery or a prune. */
    void sweep() throws IOException {
        for (var path : children(directory)) {
            var name = path.getFileName().toString();
            if (name.startsWith("sealing-") || (name.endsWith(".tmp") && isLeftOver(path))) {
                LOG.info("Clearing {}, which a process left unfinished", path);
                disk.delete(path);
            }
        }
        sweepKept();
    }

    /** Other processes may be at work here; none needs a file of passing interest for as long as this. */
    private boolean isLeftOver(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().plus(LEFT_OVER).isBefore(clock.instant());
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    /**
     * Where {@code run} is sealed.
     *
     * @throws IOException when there is a run of this id already
     */
    Path sealingFolder(RunId run) throws IOException {
        if (alive().containsKey(run)) {
            throw new IOException("the run " + run + " is sealed already; a new run needs a new id");
        }
        return directory.resolve("sealing-" + run);
    }

    /** Makes the folders to seal in. */
    void begin(Path sealingFolder) throws IOException {
        disk.createFolder(sealingFolder);
        disk.createFolder(sealingFolder.resolve(Names.DATA));
        disk.createFolder(sealingFolder.resolve(Names.META));
    }

    /** Makes the sealed run in {@code folder} the newest, in one step. */
    synchronized Sealed promote(RunId run, Path folder) throws IOException {
        var target = sealedFolder().resolve(run.value());
        disk.sync(folder.resolve(Names.DATA));
        disk.sync(folder.resolve(Names.META));
        disk.sync(folder);
        disk.rename(folder, target);
        var sealed = Sealed.read(target);
        try {
            var ledger = ledger();
            ledger.remember(run, sealed.snapshot().listSha256());
            ledger.save();
        } catch (IOException e) {
            LOG.warn("The ledger of {} could not be written; the run is sealed all the same", directory, e);
        }
        return sealed;
    }

    /** The snapshots that exist as far as this host knows, with the hash of each one's list. */
    synchronized SortedMap<RunId, String> alive() throws IOException {
        var alive = ledger().alive();
        for (var sealed : waiting()) {
            if (needsLost(sealed.snapshot())) {
                // It may get to no destination any more, and whoever looked for it there would take it for stolen.
                alive.remove(sealed.id());
            } else {
                alive.put(sealed.id(), sealed.snapshot().listSha256());
            }
        }
        return alive;
    }

    /** Notes that {@code run} was hidden on purpose, so that later snapshots do not testify for it. */
    synchronized void forgetAlive(RunId run) throws IOException {
        var ledger = ledger();
        ledger.forgetAlive(run);
        ledger.save();
    }

    /** Notes that {@code destination} does not hold {@code run} any more, or never did. */
    synchronized void forget(String destination, RunId run) throws IOException {
        var ledger = ledger();
        ledger.forget(destination, run);
        ledger.save();
    }

    /** Notes that {@code snapshot} exists, as far as this host knows. */
    synchronized void remember(Snapshot snapshot) throws IOException {
        var ledger = ledger();
        ledger.remember(snapshot.id(), snapshot.listSha256());
        ledger.save();
    }

    /**
     * Refuses when the vault was made with encryption and is now to go on without, or the other way: it would say two
     * things of itself. A vault that is not made yet refuses nothing.
     *
     * @param encrypted what is asked for
     */
    public synchronized void requireEncryption(boolean encrypted) throws IOException {
        if (!knowsItself()) {
            return;
        }
        var made = VaultDescription.parse(Files.readAllBytes(vaultFolder().resolve(Names.VAULT)))
                .isEncrypted();
        if (made != encrypted) {
            throw new EncryptionFixedException("the vault of the workspace \"" + workspace + "\" was made "
                    + (made
                            ? "encrypted, and the settings name no recipients"
                            : "without encryption, and the settings name recipients")
                    + ". A vault stays as it was made; nothing was changed. Either "
                    + (made ? "give the recipients again" : "take the recipients out of the settings")
                    + ", or begin a new vault: give the destinations new, empty folders and move "
                    + directory + " away. The old vault can be read as before");
        }
    }

    /** The bytes of {@code vault.json}. */
    byte[] vaultJson() throws IOException {
        return vaultJson(List.of());
    }

    /** The bytes of {@code vault.json}; at the very first run a vault gets its identity and its encryption here. */
    synchronized byte[] vaultJson(List<Recipient> recipients) throws IOException {
        if (!knowsItself()) {
            byte[] readme;
            try (InputStream resource = Spool.class.getResourceAsStream(Names.README)) {
                readme = resource.readAllBytes();
            }
            write(vaultFolder().resolve(Names.README), readme);
            write(
                    vaultFolder().resolve(Names.VAULT),
                    VaultDescription.create(workspace, Hashes.of(readme), recipients, clock, random)
                            .encode());
        }
        return Files.readAllBytes(vaultFolder().resolve(Names.VAULT));
    }

    /** The files of {@code vault/}, each once at the top of every destination. */
    Path topFile(String name) {
        return vaultFolder().resolve(name);
    }

    /** A folder for files of passing interest on the same disk. */
    Path scratch() {
        return directory;
    }

    Disk disk() {
        return disk;
    }

    Clock clock() {
        return clock;
    }

    String workspace() {
        return workspace;
    }

    /** What {@link #exclusively} runs. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    // --- recovery

    private void adopt(Store store) throws IOException {
        if (store.list("").stream().noneMatch(file -> file.name().equals(Names.VAULT))) {
            return;
        }
        var description = readAll(store, Names.VAULT);
        var theirs = VaultDescription.parse(description);
        if (knowsItself()) {
            if (!VaultDescription.parse(vaultJson()).id().equals(theirs.id())) {
                throw new IOException("it holds another vault, " + theirs.id());
            }
        } else {
            write(vaultFolder().resolve(Names.README), readAll(store, Names.README));
            write(vaultFolder().resolve(Names.VAULT), description);
        }
        var vault = new Vault(store, directory);
        var snapshots = vault.snapshots();
        rememberAll(snapshots);
        if (!snapshots.isEmpty()) {
            var newest = snapshots.get(snapshots.size() - 1);
            if (!Names.isEncrypted(newest.manifest())
                    && baseline()
                            .map(Sealed::id)
                            .filter(id -> id.compareTo(newest.id()) >= 0)
                            .isEmpty()) {
                keep(vault, newest);
            }
        }
    }

    private synchronized void rememberAll(List<Snapshot> snapshots) throws IOException {
        var ledger = ledger();
        snapshots.forEach(snapshot -> ledger.remember(snapshot.id(), snapshot.listSha256()));
        ledger.save();
    }

    private void keep(Vault vault, Snapshot snapshot) throws IOException {
        var folder = directory.resolve("sealing-" + snapshot.id());
        disk.delete(folder);
        disk.createFolder(folder);
        disk.createFolder(folder.resolve(Names.META));
        for (var name : List.of(Names.list(snapshot.id()), Names.record(snapshot.id()))) {
            write(folder.resolve(name), readAll(vault.store(), name));
        }
        try (var manifest = vault.fetch(snapshot, snapshot.manifest());
                var in = new GZIPInputStream(Files.newInputStream(manifest.path()), 1 << 16)) {
            var out = new DigestOutput(disk.create(Sealed.manifest(folder)));
            try (out) {
                in.transferTo(out);
            }
            write(Sealed.manifestSum(folder), Sealed.sum(out.as("").sha256()));
        }
        disk.sync(folder.resolve(Names.META));
        disk.sync(folder);
        disk.rename(folder, keptFolder().resolve(snapshot.id().value()));
        LOG.info("Took the manifest of {} from a destination as the baseline", snapshot.id());
    }

    /** Whether the vault was given its identity, here or by what {@link #recover} found at a destination. */
    public boolean knowsItself() {
        return Files.exists(vaultFolder().resolve(Names.VAULT));
    }

    private static byte[] readAll(Store store, String name) throws IOException {
        try (var in = store.get(name)) {
            return in.readNBytes(64 << 20);
        }
    }

    // --- files

    private void sweepKept() throws IOException {
        var newest = baseline();
        for (var folder : children(keptFolder())) {
            if (newest.isPresent() && newest.get().directory().equals(folder)) {
                disk.delete(folder.resolve(Names.DATA));
            } else {
                disk.delete(folder);
            }
        }
    }

    private void write(Path file, byte[] content) throws IOException {
        var temporary = file.resolveSibling(".tmp-" + file.getFileName());
        try (var out = disk.create(temporary)) {
            out.write(content);
        }
        disk.rename(temporary, file);
    }

    private Ledger ledger() throws IOException {
        return Ledger.at(directory.resolve("ledger.json"), disk);
    }

    private List<Sealed> read(Path folder) throws IOException {
        List<Sealed> read = new ArrayList<>();
        for (var path : children(folder)) {
            read.add(Sealed.read(path));
        }
        return read;
    }

    /** What is kept is a convenience: what cannot be read of it is as good as gone. */
    private List<Sealed> readKept() throws IOException {
        List<Sealed> read = new ArrayList<>();
        for (var path : children(keptFolder())) {
            try {
                read.add(Sealed.read(path));
            } catch (IOException | IllegalArgumentException e) {
                LOG.warn("The kept manifest in {} cannot be used: {}", path, e.getMessage());
            }
        }
        return read;
    }

    private static List<Path> children(Path folder) throws IOException {
        try (var listing = Files.list(folder)) {
            return listing.sorted().toList();
        }
    }

    private IOException busy(Exception cause) {
        return new IOException(
                "another run is sealing into " + directory
                        + " right now. Nothing was written. Try again when it is done",
                cause);
    }

    private Path sealedFolder() {
        return directory.resolve("sealed");
    }

    private Path keptFolder() {
        return directory.resolve("kept");
    }

    private Path vaultFolder() {
        return directory.resolve("vault");
    }
}
