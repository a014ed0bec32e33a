package dev.saddlebag.vault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run on its way to one store; the steps carry the numbers of facts/vault-study.md §4.5 step 3. */
final class Shipment {
    private static final Logger LOG = LoggerFactory.getLogger(Shipment.class);

    /** From this age on a run's intent might be taken for a dead one, and a marker says that it lives. */
    private static final Duration OLD = Duration.ofDays(1);

    /** No delivery may take longer, with a day to spare to when a prune takes its intent for dead. */
    private static final Duration LONGEST = Duration.ofDays(5);

    /** A step, after which another process may come in. */
    @FunctionalInterface
    interface Step {
        void take(Shipment shipment) throws IOException;
    }

    static final List<Step> STEPS = List.of(
            Shipment::prepareVault,
            Shipment::lookForSignature,
            Shipment::markCopy,
            Shipment::announce,
            Shipment::refuseTrash,
            Shipment::putData,
            Shipment::putDescription,
            Shipment::checkAllThere,
            Shipment::checkContent,
            Shipment::refuseOverslept,
            Shipment::commit,
            Shipment::checkCommitted);

    private final Sealed run;
    private final Snapshot snapshot;
    private final Store store;
    private final List<Store> others;
    private final Spool spool;
    private final SigningKey key;
    private final boolean readBack;
    private final List<Step> steps;
    private final Set<String> foreignPut = ConcurrentHashMap.newKeySet();
    private Map<String, Long> meta = Map.of();
    private final Instant begun;
    private Receipt.Outcome outcome;
    private final AtomicInteger objects = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger alreadyThere = new AtomicInteger();

    Shipment(
            Sealed run,
            Store store,
            List<Store> others,
            Spool spool,
            SigningKey key,
            boolean readBack,
            List<Step> steps) {
        this.run = run;
        this.snapshot = run.snapshot();
        this.store = store;
        this.others = List.copyOf(others);
        this.spool = spool;
        this.key = key;
        this.readBack = readBack;
        this.steps = List.copyOf(steps);
        this.begun = spool.clock().instant();
    }

    int objects() {
        return objects.get();
    }

    long bytes() {
        return bytes.get();
    }

    int alreadyThere() {
        return alreadyThere.get();
    }

    Receipt.Outcome ship() throws IOException {
        for (var step : steps) {
            if (outcome == null) {
                step.take(this);
            }
        }
        return outcome;
    }

    /**
     * Step 0. A process that slept just before it signed has signed what a prune had swept away meanwhile: such a run is
     * delivered anew.
     */
    void lookForSignature() throws IOException {
        meta = sizes(Names.META);
        var signature = Names.signature(run.id());
        if (meta.getOrDefault(signature, -1L) == localSize(signature) && (isHidden() || isAllThere())) {
            alreadyThere.set(snapshot.list().hashes().size() + 2);
            outcome = Receipt.Outcome.ALREADY_COMMITTED;
        }
    }

    /**
     * The files at the top of a vault, each written once; refuses what is another vault. They are read and not only
     * listed: a listing that is cut off must not make another vault, or another host's key, look like nothing.
     */
    void prepareVault() throws IOException {
        var ours = VaultDescription.parse(spool.vaultJson());
        var top = sizes("");
        var theirs = readTop(Names.VAULT);
        var begun = theirs != null && !isTorn(theirs, spool.vaultJson(), top.get(Names.VAULT));
        if (begun) {
            checkSameVault(theirs, ours);
        }
        putTop(Names.README, top, begun);
        putSigner(top);
        putTop(Names.VAULT, top, begun);
    }

    /** What was begun and has no whole {@code vault.json} yet, which comes last, may hold torn files. */
    private void putTop(String name, Map<String, Long> top, boolean begun) throws IOException {
        if (!begun || !top.containsKey(name)) {
            put(name, spool.topFile(name), top.getOrDefault(name, -1L));
        }
    }

    /** Null when there is none. */
    private byte[] readTop(String name) throws IOException {
        try (var in = store.get(name)) {
            return in.readNBytes(1 << 20);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Whether {@code theirs} is the beginning of {@code ours} and all that there is of it, as a listing confirms. */
    private static boolean isTorn(byte[] theirs, byte[] ours, Long listed) {
        return theirs.length < ours.length
                && Arrays.equals(theirs, Arrays.copyOf(ours, theirs.length))
                && listed != null
                && listed == theirs.length;
    }

    private static void checkSameVault(byte[] description, VaultDescription ours) throws IOException {
        VaultDescription theirs;
        try {
            theirs = VaultDescription.parse(description);
        } catch (UnsupportedVaultException e) {
            throw new UnsupportedVaultException(
                    "this destination holds a vault that cannot be used: in its vault.json, " + e.getMessage());
        } catch (IOException e) {
            throw new IOException("its vault.json cannot be read: " + e.getMessage(), e);
        }
        if (!theirs.id().equals(ours.id())) {
            throw new UnsupportedVaultException(
                    "this destination holds another vault: its vault.json says id " + theirs.id()
                            + " (workspace \"" + theirs.workspace() + "\"), ours is " + ours.id() + " (workspace \""
                            + ours.workspace() + "\"). Nothing was written. Give each workspace a folder of its own");
        }
    }

    /** A vault names each key that ever signed in it; a new key gets a file of its own, because none is written twice. */
    private void putSigner(Map<String, Long> top) throws IOException {
        var line = key.allowedSigner() + "\n";
        var own = key.signers().ownName();
        if (top.containsKey(own)) {
            return;
        }
        var theirs = readTop(Names.SIGNERS);
        var listed = top.get(Names.SIGNERS);
        if (theirs == null || isTorn(theirs, line.getBytes(StandardCharsets.US_ASCII), listed)) {
            putText(Names.SIGNERS, line, theirs == null ? -1 : theirs.length);
        } else if (!namesOurKey(theirs)) {
            putText(own, line, -1);
        }
    }

    private boolean namesOurKey(byte[] file) {
        try {
            return Signers.parse(file).includes(key.signers());
        } catch (IOException e) {
            LOG.warn("The vault's {} cannot be read ({}); our key is written beside it", Names.SIGNERS, e.getMessage());
            return false;
        }
    }

    /** Step 1, before the list. */
    void markCopy() throws IOException {
        if (Duration.between(run.id().started(), begun).compareTo(OLD) > 0) {
            putText(Traces.copying(run.id(), begun), run.id() + "\n", -1);
        }
    }

    /** Step 1. */
    void announce() throws IOException {
        var list = Names.list(run.id());
        put(list, run.file(list), meta.getOrDefault(list, -1L));
    }

    /** Step 2. */
    void refuseTrash() throws IOException {
        var announced = Announced.find(store, snapshot::needs);
        if (announced.isPresent()) {
            throw new TrashConflict("the snapshot " + run.id() + " needs "
                    + announced.get().name() + ", which a prune has announced to delete in "
                    + announced.get().where());
        }
    }

    /** Step 3. */
    void putData() throws IOException {
        var data = sizes(Names.DATA);
        var names =
                snapshot.list().hashes().keySet().stream().filter(Names::isData).toList();
        AtOnce.each(names, store.atOnce(), name -> putNeeded(name, data.getOrDefault(name, -1L)));
    }

    /** Step 4. */
    void putDescription() throws IOException {
        putNeeded(snapshot.manifest(), meta.getOrDefault(snapshot.manifest(), -1L));
        putNeeded(Names.record(run.id()), meta.getOrDefault(Names.record(run.id()), -1L));
    }

    /** Steps 3 and 4, one file. */
    private void putNeeded(String name, long sizeThere) throws IOException {
        var size = expectedSize(name);
        if (sizeThere == size) {
            alreadyThere.incrementAndGet();
            return;
        }
        if (Files.exists(run.file(name))) {
            put(name, checked(name, run.file(name)), sizeThere);
            return;
        }
        var owner = RunId.leading(name.substring(name.indexOf('/') + 1));
        var older = owner.isPresent() ? spool.waiting(owner.get()) : Optional.<Sealed>empty();
        if (older.isPresent() && Files.exists(older.get().file(name))) {
            put(name, checked(name, older.get().file(name)), sizeThere);
        } else {
            putFromOthers(name, sizeThere);
        }
        foreignPut.add(name);
    }

    private void putFromOthers(String name, long sizeThere) throws IOException {
        var tried = new StringBuilder();
        for (var other : others) {
            try (var copy = Fetched.from(other, name, snapshot, spool.scratch())) {
                put(name, copy.path(), sizeThere);
                return;
            } catch (CannotFetch e) {
                tried.append("; another destination: ").append(e.getMessage());
            }
        }
        throw new IOException(name + ", which holds unchanged content of the snapshot " + run.id() + ", "
                + (sizeThere < 0
                        ? "is missing here"
                        : "has " + sizeThere + " bytes here instead of " + expectedSize(name))
                + " and is neither in the spool nor at another destination" + tried
                + ". `saddlebag repair` brings that file back from wherever it is sound. Where it is nowhere, repair"
                + " notes that, and the next run reads everything and stores anew what is still in Notion");
    }

    private boolean isHidden() {
        return meta.keySet().stream().anyMatch(name -> Traces.hides(name, run.id()));
    }

    private boolean isAllThere() throws IOException {
        var there = sizes(Names.DATA);
        there.putAll(meta);
        for (var name : snapshot.list().hashes().keySet()) {
            if (there.getOrDefault(name, -1L) != expectedSize(name)) {
                return false;
            }
        }
        return there.getOrDefault(Names.list(run.id()), -1L) == localSize(Names.list(run.id()));
    }

    /** Step 5: a listing must show all that the snapshot needs, and our own intent, before it is committed. */
    void checkAllThere() throws IOException {
        listAllThere();
    }

    private Map<String, Long> listAllThere() throws IOException {
        var there = sizes(Names.DATA);
        there.putAll(sizes(Names.META));
        for (var name : snapshot.list().hashes().keySet()) {
            requireListed(there, name, expectedSize(name));
        }
        requireListed(there, Names.list(run.id()), localSize(Names.list(run.id())));
        return there;
    }

    /**
     * Reads back what is this run's, even what an earlier attempt put: nobody else has checked it. What reads back
     * wrong is removed, because by its size alone the next attempt would take it for right.
     */
    void checkContent() throws IOException {
        if (!readBack) {
            return;
        }
        var names = snapshot.list().hashes().keySet().stream()
                .filter(name -> SnapshotRecord.isOwn(run.id(), name) || foreignPut.contains(name))
                .toList();
        AtOnce.each(
                names,
                store.atOnce(),
                name -> checkContent(name, snapshot.list().hashes().get(name)));
        checkContent(Names.list(run.id()), snapshot.listSha256());
    }

    private void checkContent(String name, String hash) throws IOException {
        String actual;
        try (InputStream in = store.get(name)) {
            actual = Hashes.of(in);
        }
        if (!actual.equals(hash)) {
            var failure = new IOException(name + " reads back different from what was written (SHA-256 " + actual
                    + " instead of " + hash + ")");
            try {
                store.delete(name);
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
    }

    /** A prune takes an intent that is a week old for a dead one: whoever slept that long must begin again. */
    void refuseOverslept() throws IOException {
        if (Duration.between(begun, spool.clock().instant()).compareTo(LONGEST) > 0) {
            throw new IOException("the delivery has taken longer than " + LONGEST.toDays()
                    + " days, and a prune might have taken it for dead by now");
        }
    }

    /** Step 6. */
    void commit() throws IOException {
        var signature = Names.signature(run.id());
        put(signature, run.file(signature), meta.getOrDefault(signature, -1L));
    }

    /** Step 6, afterwards. */
    void checkCommitted() throws IOException {
        var there = listAllThere();
        var signature = Names.signature(run.id());
        requireListed(there, signature, localSize(signature));
        if (readBack) {
            checkContent(signature, Hashes.of(run.file(signature)));
        }
        outcome = Receipt.Outcome.COMMITTED;
    }

    private static void requireListed(Map<String, Long> there, String name, long size) throws IOException {
        var actual = there.get(name);
        if (actual == null) {
            throw new IOException("the listing does not show " + name + ", which was put or found before");
        }
        if (actual != size) {
            throw new IOException("the listing shows " + name + " with " + actual + " bytes instead of " + size);
        }
    }

    private Path checked(String name, Path file) throws IOException {
        var hash = snapshot.list().hashes().get(name);
        if (!Hashes.of(file).equals(hash)) {
            throw new IOException("the spool's copy " + file + " is damaged: its SHA-256 is not " + hash
                    + ", as the signed list says");
        }
        return file;
    }

    private void put(String name, Path file, long sizeThere) throws IOException {
        var size = Files.size(file);
        if (sizeThere == size) {
            return;
        }
        if (sizeThere >= 0) {
            replace(name, file);
        } else {
            try {
                store.put(name, file);
            } catch (FileAlreadyExistsException e) {
                LOG.debug("{} was there though no listing showed it", name, e);
                replace(name, file);
            }
        }
        objects.incrementAndGet();
        bytes.addAndGet(size);
    }

    /** The name is taken by a torn copy of these very bytes: names are used for one content only. */
    private void replace(String name, Path file) throws IOException {
        LOG.warn("Replacing {}, which has the wrong size", name);
        store.delete(name);
        store.put(name, file);
    }

    private void putText(String name, String text, long sizeThere) throws IOException {
        try (var file = ScratchFile.of(spool.scratch(), text)) {
            put(name, file.path(), sizeThere);
        }
    }

    private long expectedSize(String name) throws IOException {
        return name.equals(Names.record(run.id()))
                ? localSize(name)
                : snapshot.record().size(name);
    }

    private long localSize(String name) throws IOException {
        return Files.size(run.file(name));
    }

    private Map<String, Long> sizes(String folder) throws IOException {
        Map<String, Long> sizes = new HashMap<>();
        for (var stored : store.list(folder)) {
            sizes.put(stored.name(), stored.size());
        }
        return sizes;
    }
}
