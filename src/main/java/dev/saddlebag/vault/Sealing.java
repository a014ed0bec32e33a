package dev.saddlebag.vault;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * One snapshot in the making: a streaming merge of the staged tree with the parent's manifest. Same path and hash: the
 * parent's stored file is used again. Same hash elsewhere, in the parent or in this tree: too, under its old name
 * inside the pack. Else the content goes into a pack or a loose file (facts/vault-study.md §4.5 step 1). Between the
 * staged paths come those that are carried over, as the parent has them.
 */
final class Sealing implements Closeable {
    private static final Set<String> TEXT = Set.of(
            "json",
            "jsonl",
            "ndjson",
            "md",
            "markdown",
            "csv",
            "tsv",
            "txt",
            "text",
            "html",
            "htm",
            "xhtml",
            "xml",
            "svg",
            "css",
            "js",
            "mjs",
            "ts",
            "yaml",
            "yml",
            "toml",
            "ini",
            "properties",
            "sql",
            "log",
            "tex",
            "ics",
            "vcf",
            "rtf",
            "eml",
            "py",
            "java",
            "sh",
            "c",
            "h",
            "cpp",
            "go",
            "rs",
            "rb",
            "php");
    /** A year of changes is 5 to 7 % more to send with it, and half as much to read for a restore (§2.3 there). */
    private static final int SPARSE_PERCENT = 10;

    /** Smaller packs, in bytes before packing, are in nobody's way. */
    private static final long LARGE_PACK = 1 << 20;

    private static final long NOWHERE = Long.MIN_VALUE;

    private final RunId run;
    private final Path folder;
    private final StoredFiles storing;
    private final Limits limits;
    private final Disk disk;
    private final PathGuard guard;
    private final HashTable contents = new HashTable();

    private final List<String> files = new ArrayList<>();
    private final List<StoredFile> stored = new ArrayList<>();
    private int number;
    private PackWriter texts;
    private PackWriter binaries;
    private final byte[] buffer;

    private final Sealed parent;
    private final ManifestReader parentReader;
    private final LinesAt parentLines;
    private final int[] parentFiles;

    /** The files of the parent that are lost, by their position there. */
    private final BitSet lostFiles = new BitSet();

    /** The packs of the parent of which so little is still needed that it is written anew where it was read anew. */
    private final BitSet sparsePacks = new BitSet();

    private final Map<String, Long> packed = new TreeMap<>();

    private final CarriedOver carriedOver;
    private Optional<Entry> parentEntry = Optional.empty();
    private long carried;

    private final Path entriesFile;
    private final OutputStream entriesOut;
    private final LinesAt entryLines;
    private long entriesLength;
    private long entries;
    private long bytes;

    /**
     * @param parent the snapshot to compare with, or null
     * @param carriedOver what of it to carry over
     * @param lost the data files that must not be used again, because some destination has lost them for good
     * @param recipients who shall be able to read what is new; nothing is encrypted when empty
     */
    Sealing(
            RunId run,
            Path folder,
            Sealed parent,
            CarriedOver carriedOver,
            Set<String> lost,
            List<Recipient> recipients,
            Limits limits,
            Disk disk)
            throws IOException {
        this.run = run;
        this.folder = folder;
        this.storing = new StoredFiles(folder, disk, recipients);
        this.parent = parent;
        this.carriedOver = carriedOver;
        this.guard = new PathGuard(
                carriedOver.expected() == 0 ? "the staged tree" : "the staged tree with what is carried over");
        this.limits = limits;
        this.disk = disk;
        this.buffer = new byte[Math.toIntExact(limits.looseBinary())];
        if (parent == null) {
            parentReader = null;
            parentLines = null;
            parentFiles = new int[0];
        } else {
            try (var all = parent.manifestReader()) {
                var names = all.header().files();
                for (int file = 0; file < names.size(); file++) {
                    lostFiles.set(file, lost.contains(names.get(file)));
                }
                var alive = new long[names.size()];
                for (var entry = all.next(); entry.isPresent(); entry = all.next()) {
                    alive[entry.get().files().get(0)] += entry.get().size();
                    if (!isLost(entry.get())) {
                        contents.putIfAbsent(Hashes.prefixOfHex(entry.get().sha256()), all.entryOffset());
                    }
                }
                findSparse(all.header(), alive);
            }
            parentReader = parent.manifestReader();
            parentLines = new LinesAt(parent.manifest());
            parentFiles = new int[parentReader.header().files().size()];
            Arrays.fill(parentFiles, -1);
            parentEntry = parentReader.next();
        }
        entriesFile = folder.resolve("entries");
        entriesOut = new BufferedOutputStream(disk.create(entriesFile), 1 << 16);
        entryLines = new LinesAt(entriesFile);
    }

    /** What is in a sparse pack moves on into new ones, so that the old one can go when its snapshots do. */
    private void findSparse(ManifestHeader header, long[] alive) {
        for (int file = 0; file < alive.length; file++) {
            long once = header.packed().getOrDefault(header.files().get(file), 0L);
            sparsePacks.set(file, once >= LARGE_PACK && alive[file] * 100 < once * SPARSE_PERCENT);
        }
    }

    /** Adds the next file in the order of the walk. */
    void add(String path, Path file, long size, Note note) throws IOException {
        carryBefore(path);
        var before = parentEntry.filter(entry -> entry.path().equals(path));
        if (before.isPresent()) {
            parentEntry = parentReader.next();
        }
        guard.check(path);
        var small = size < limits.looseBinary();
        String hash;
        if (small) {
            readSmall(path, file, size);
            var digest = Hashes.sha256();
            digest.update(buffer, 0, (int) size);
            hash = Hashes.hex(digest.digest());
        } else {
            hash = Hashes.of(file);
        }
        var entry = reused(path, size, hash, note, before);
        if (entry == null) {
            var places = small ? packSmall(path, (int) size) : storeLarge(path, file, size, hash);
            entry = new Entry(path, size, hash, places, null, note);
        }
        contents.putIfAbsent(Hashes.prefixOfHex(hash), -1 - entriesLength);
        write(entry);
    }

    /**
     * Ends the walk: carries over what comes after the last staged path.
     *
     * @throws IOException when not exactly what was expected could be carried over
     */
    void end() throws IOException {
        while (parentEntry.isPresent()) {
            carryNext();
        }
        if (carried != carriedOver.expected()) {
            throw new IOException(miscarried());
        }
    }

    /** The caller's facts with the counts of entries and bytes. */
    Facts counted(Facts facts) {
        var counts = new TreeMap<>(facts.counts());
        counts.put(ManifestHeader.ENTRIES, entries);
        counts.put(ManifestHeader.BYTES, bytes);
        return new Facts(facts.verdict(), facts.complete(), counts, facts.tool());
    }

    /** Closes the packs, writes the manifest, and gives all files that the snapshot needs, the manifest included. */
    List<StoredFile> finish(String workspace, Facts counted) throws IOException {
        texts = closed(texts);
        binaries = closed(binaries);
        entriesOut.close();
        var header = ManifestLines.encode(new ManifestHeader(run, workspace, counted.counts(), files, packed));
        var clear = new DigestOutput(disk.create(Sealed.manifest(folder)));
        var packed = storing.create(storing.stored(Names.manifest(run)));
        try (clear;
                packed;
                var gzip = new GZIPOutputStream(packed, 1 << 16);
                var in = Files.newInputStream(entriesFile)) {
            for (var out : List.of(clear, gzip)) {
                out.write(header);
                out.write('\n');
            }
            var chunk = new byte[1 << 16];
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                clear.write(chunk, 0, n);
                gzip.write(chunk, 0, n);
            }
        }
        try (var out = disk.create(Sealed.manifestSum(folder))) {
            out.write(Sealed.sum(clear.as("").sha256()));
        }
        disk.delete(entriesFile);
        stored.add(packed.finished());
        storing.awaitProofs();
        return stored;
    }

    private void write(Entry entry) throws IOException {
        var line = ManifestLines.encode(entry);
        entriesOut.write(line);
        entriesOut.write('\n');
        entriesLength += line.length + 1L;
        entries++;
        bytes += entry.size();
    }

    // --- what was not read again

    private void carryBefore(String path) throws IOException {
        while (parentEntry.isPresent()
                && PathRule.ORDER.compare(parentEntry.get().path(), path) < 0) {
            carryNext();
        }
    }

    private void carryNext() throws IOException {
        var old = parentEntry.get();
        if (carriedOver.contains(old.path(), old.sha256())) {
            if (isLost(old)) {
                throw new IOException("\"" + old.path() + "\" was to be carried over from " + parent.id()
                        + ", and its content there was found lost meanwhile. The next run reads everything again");
            }
            guard.check(old.path());
            write(new Entry(old.path(), old.size(), old.sha256(), fromParent(old), old.inside(), old.note()));
            carried++;
        }
        parentEntry = parentReader.next();
    }

    private String miscarried() {
        var expected = carriedOver.expected();
        if (parent == null) {
            return expected + " unchanged files were to be carried over, and there is no earlier snapshot here";
        }
        return carried < expected
                ? "of the " + expected + " unchanged files that were to be carried over from " + parent.id() + ", "
                        + (expected - carried) + " are not there with the content that was expected"
                : expected + " unchanged files were to be carried over from " + parent.id() + ", and " + carried
                        + " would have been";
    }

    // --- what is there already

    /** @param before what the parent has under this path */
    private Entry reused(String path, long size, String hash, Note note, Optional<Entry> before) throws IOException {
        if (before.isPresent()
                && before.get().sha256().equals(hash)
                && before.get().size() == size
                && !isLost(before.get())
                && !isSparse(before.get())) {
            return moved(path, fromParent(before.get()), before.get(), note);
        }
        var place = contents.get(Hashes.prefixOfHex(hash), NOWHERE);
        if (place == NOWHERE) {
            return null;
        }
        if (place >= 0) {
            var old = parentLines.at(place, parentFiles.length);
            return old.sha256().equals(hash) && old.size() == size && !isSparse(old)
                    ? moved(path, fromParent(old), old, note)
                    : null;
        }
        entriesOut.flush();
        var twin = entryLines.at(-1 - place, files.size());
        return twin.sha256().equals(hash) && twin.size() == size ? moved(path, twin.files(), twin, note) : null;
    }

    private Entry moved(String path, List<Integer> places, Entry from, Note note) {
        var inside = from.nameInPack();
        var named = Names.isPack(files.get(places.get(0))) && !inside.equals(path);
        return new Entry(path, from.size(), from.sha256(), places, named ? inside : null, note);
    }

    private boolean isLost(Entry ofParent) {
        return ofParent.files().stream().anyMatch(lostFiles::get);
    }

    private boolean isSparse(Entry ofParent) {
        return sparsePacks.get(ofParent.files().get(0));
    }

    private List<Integer> fromParent(Entry entry) throws IOException {
        List<Integer> places = new ArrayList<>();
        for (int file : entry.files()) {
            if (parentFiles[file] < 0) {
                var name = parentReader.header().files().get(file);
                var hash = parent.snapshot().list().hashes().get(name);
                if (hash == null) {
                    throw new IOException(
                            "the manifest of " + parent.id() + " uses \"" + name + "\", which its list does not name");
                }
                parentFiles[file] = position(name);
                var once = parentReader.header().packed().get(name);
                if (once != null) {
                    packed.put(name, once);
                }
                stored.add(new StoredFile(name, hash, parent.snapshot().record().size(name)));
            }
            places.add(parentFiles[file]);
        }
        return places;
    }

    // --- what is new

    private List<Integer> packSmall(String path, int size) throws IOException {
        if (isText(path)) {
            var pack = texts(size);
            pack.deflate(path, new ByteArrayInputStream(buffer, 0, size));
            return packedInto(pack, size);
        }
        if (binaries != null && binaries.isFull(size, limits)) {
            binaries = closed(binaries);
        }
        if (binaries == null) {
            binaries = openPack('f');
        }
        binaries.store(path, buffer, size);
        return packedInto(binaries, size);
    }

    private List<Integer> packedInto(PackWriter pack, long size) {
        packed.merge(files.get(pack.position()), size, Long::sum);
        return List.of(pack.position());
    }

    private List<Integer> storeLarge(String path, Path file, long size, String hash) throws IOException {
        try (var in = new HashingInput(Files.newInputStream(file))) {
            List<Integer> places;
            if (isText(path) && size < limits.looseText()) {
                var pack = texts(size);
                pack.deflate(path, in);
                places = packedInto(pack, size);
            } else {
                places = storeLoose(path, in, size);
            }
            if (in.count() != size || !in.sha256().equals(hash)) {
                throw changed(path);
            }
            return places;
        }
    }

    private List<Integer> storeLoose(String path, InputStream in, long size) throws IOException {
        var extension = storing.encrypts() ? "" : Names.looseExtension(path);
        var base = "data/%s-b%04d%s".formatted(run, ++number, extension);
        List<Integer> places = new ArrayList<>();
        if (size <= limits.part()) {
            places.add(storePart(base, in, size));
        } else {
            for (long start = 0; start < size; start += limits.part()) {
                var name = "%s.%03d".formatted(base, places.size() + 1);
                places.add(storePart(name, in, Math.min(limits.part(), size - start)));
            }
        }
        if (in.read() >= 0) {
            throw changed(path);
        }
        return places;
    }

    private int storePart(String plainName, InputStream in, long length) throws IOException {
        var name = storing.stored(plainName);
        var out = storing.create(name);
        try (out) {
            var chunk = new byte[1 << 16];
            for (long left = length; left > 0; ) {
                var n = in.read(chunk, 0, (int) Math.min(chunk.length, left));
                if (n < 0) {
                    break;
                }
                out.write(chunk, 0, n);
                left -= n;
            }
        }
        stored.add(out.finished());
        return position(name);
    }

    private PackWriter texts(long size) throws IOException {
        if (texts != null && texts.isFull(size, limits)) {
            texts = closed(texts);
        }
        if (texts == null) {
            texts = openPack('p');
        }
        return texts;
    }

    private PackWriter openPack(char kind) throws IOException {
        var name = storing.stored("data/%s-%s%04d.zip".formatted(run, kind, ++number));
        return new PackWriter(position(name), storing.create(name));
    }

    private PackWriter closed(PackWriter pack) throws IOException {
        if (pack != null) {
            stored.add(pack.finish());
        }
        return null;
    }

    private int position(String name) {
        files.add(name);
        return files.size() - 1;
    }

    private void readSmall(String path, Path file, long size) throws IOException {
        try (var in = Files.newInputStream(file)) {
            if (in.readNBytes(buffer, 0, (int) size) != size || in.read() >= 0) {
                throw changed(path);
            }
        }
    }

    private static IOException changed(String path) {
        return new IOException("\"" + path + "\" changed while it was being sealed");
    }

    private static boolean isText(String path) {
        var dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/')
                && TEXT.contains(path.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    @Override
    public void close() throws IOException {
        var openTexts = texts;
        var openBinaries = binaries;
        try (storing;
                entriesOut;
                entryLines;
                parentReader;
                parentLines;
                openTexts;
                openBinaries) {
            texts = null;
            binaries = null;
        }
    }
}
