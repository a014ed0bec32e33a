package dev.saddlebag.export.archive;

import dev.saddlebag.export.archive.ArchiveRefusedException.Remedy;
import dev.saddlebag.vault.Background;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.regex.Matcher;

/**
 * One unpacking. Archives are taken one after the other, each looked through before anything of it is written; the
 * entries of one are read by several threads at once, while a further thread brings the next part out of its wrapper.
 */
final class Unpacking implements Closeable {
    private static final int WRAPPERS = 2;
    private static final int BATCH = 64;
    private static final long BATCH_BYTES = 1 << 20;
    private static final String INDEX = "index.html";

    private final Path tree;
    private final Path spool;
    private final UnpackLimits limits;
    private final Room room;
    private final Workers workers;
    private final StoredPaths paths;
    private final Queue<ZipBytes> spooled = new ConcurrentLinkedQueue<>();
    private final Findings findings = new Findings();
    private int archive;
    private int indexDownload;
    private long listed;
    private long unpacked;

    /** One of the downloads: what its bytes may become is measured against its length. */
    private static final class Download {
        private final int number;
        private final ZipBytes zip;
        private long bytes;

        private Download(int number, ZipBytes zip) {
            this.number = number;
            this.zip = zip;
        }
    }

    /** A file to write, or to compare with what is there. */
    private record Job(Header header, Path file, boolean again) {}

    /** @param working a folder that is there and empty, on the disk on which the tree shall be */
    Unpacking(Path working, UnpackLimits limits, Room.Free free, int threads) throws IOException {
        this.tree = Files.createDirectory(working.resolve("tree"));
        this.spool = Files.createDirectory(working.resolve("spool"));
        this.limits = limits;
        this.room = new Room(working, free);
        this.workers = new Workers(threads);
        this.paths = new StoredPaths(tree, room);
    }

    /** Unpacks all of it; the tree is at {@link #tree} then. */
    void unpack(List<Path> downloads) throws IOException {
        checkNames(downloads);
        for (int i = 0; i < downloads.size(); i++) {
            Path file = downloads.get(i);
            try (ZipBytes zip = ZipBytes.of(file, file.getFileName().toString())) {
                unpack(new Download(i + 1, zip), zip, 0, 0);
            }
        }
    }

    Path tree() {
        return tree;
    }

    Unpacked result(Path root) {
        return new Unpacked(
                root,
                findings.parts(),
                findings.entries(),
                findings.bytes(),
                findings.format(),
                List.copyOf(findings.warnings(paths)),
                paths.renamed());
    }

    /** @param coming how much room the next part will need meanwhile */
    private void unpack(Download download, ZipBytes zip, int depth, long coming) throws IOException {
        Survey survey = Survey.of(zip, limits);
        listed += survey.directory().entries();
        if (listed > limits.entries()) {
            throw Survey.tooMany(zip, limits);
        }
        if (survey.parts().isEmpty()) {
            write(download, survey, coming);
        } else if (depth < WRAPPERS) {
            unpackParts(download, survey, depth, coming);
        } else {
            throw zip.refused("is wrapped in more archives than any export is", Remedy.HOSTILE);
        }
    }

    private void unpackParts(Download download, Survey survey, int depth, long coming) throws IOException {
        List<Survey.Part> parts = survey.parts().stream()
                .sorted(Comparator.comparingInt(Survey.Part::number))
                .toList();
        checkNumbers(
                survey.zip().name(), parts.stream().map(Survey.Part::number).toList());
        // What the parts hold is not known before they are out, but it is hardly less than they are.
        room.check(coming
                + survey.bytes()
                + parts.stream().mapToLong(Unpacking::spoolRoom).max().orElse(0));
        Future<ZipBytes> next = take(survey, parts.get(0));
        for (int i = 0; i < parts.size(); i++) {
            try (ZipBytes zip = Background.result(next)) {
                long then = coming;
                if (i + 1 < parts.size()) {
                    then += spoolRoom(parts.get(i + 1));
                    room.check(then);
                    next = take(survey, parts.get(i + 1));
                }
                unpack(download, zip, depth + 1, then);
            }
        }
    }

    private static long spoolRoom(Survey.Part part) {
        return part.header().method() == Header.STORED ? 0 : part.header().size();
    }

    /** Brings a part out of its wrapper; where it lies there uncompressed, it is only checked. */
    private Future<ZipBytes> take(Survey survey, Survey.Part part) {
        Header header = part.header();
        ZipBytes outer = survey.zip();
        long end = survey.end(header.offset());
        archive++;
        Path file = spool.resolve(archive + ".zip");
        return workers.begin(reader -> {
            if (header.method() == Header.STORED) {
                long start = reader.read(outer, header, end, bytes -> {});
                return outer.stretch(header.name(), start, header.size());
            }
            try (FileSink sink = new FileSink(file, room)) {
                reader.read(outer, header, end, sink);
            }
            ZipBytes zip = ZipBytes.spooled(file, header.name() + " in " + outer.name());
            spooled.add(zip);
            return zip;
        });
    }

    private void write(Download download, Survey survey, long coming) throws IOException {
        ZipBytes zip = survey.zip();
        findings.part(survey);
        unpacked += survey.bytes();
        if (unpacked > limits.bytes()) {
            throw Survey.tooLarge(zip, limits);
        }
        download.bytes += survey.bytes();
        Survey.checkRatio(download.zip, download.bytes, download.zip.length(), limits);
        room.check(coming + survey.room());
        archive++;
        long files = hand(download, survey, archive);
        workers.finish();
        if (files != survey.files()) {
            throw zip.damaged("has another number of files at the second look");
        }
    }

    /** Hands the entries to the threads, in batches, so that small ones cost little. */
    private long hand(Download download, Survey survey, int number) throws IOException {
        List<Job> batch = new ArrayList<>();
        long batchBytes = 0;
        long files = 0;
        CentralDirectory.Reader reader = survey.directory().read();
        for (Header header = reader.next(); header != null && !workers.failed(); header = reader.next()) {
            if (header.noise() || header.folder()) {
                continue;
            }
            files++;
            batch.add(job(download, survey, number, header));
            batchBytes += header.size();
            if (batch.size() == BATCH || batchBytes >= BATCH_BYTES) {
                add(survey, batch);
                batch = new ArrayList<>();
                batchBytes = 0;
            }
        }
        add(survey, batch);
        return workers.failed() ? survey.files() : files;
    }

    private Job job(Download download, Survey survey, int number, Header header) throws IOException {
        String entry = header.name().substring(survey.wrapper().length());
        StoredPaths.Place place = paths.place(survey.zip(), number, nameOf(download, entry));
        if (!nameOf(download, entry).equals(entry)) {
            paths.renamed().put(place.path(), entry);
        }
        if (entry.equals(INDEX) && indexDownload == 0) {
            indexDownload = download.number;
        }
        if (place.again()) {
            findings.repeated();
        } else {
            findings.file(entry, header.size());
        }
        return new Job(header, tree.resolve(place.path()), place.again());
    }

    /** Each export of a page tree has an index of its own; that of a further download is kept beside the first. */
    private String nameOf(Download download, String entry) {
        boolean further = entry.equals(INDEX) && indexDownload != 0 && indexDownload != download.number;
        return further ? "index-" + download.number + ".html" : entry;
    }

    private void add(Survey survey, List<Job> batch) throws IOException {
        workers.add(reader -> {
            for (Job job : batch) {
                if (job.again()) {
                    compare(reader, survey, job);
                } else {
                    write(reader, survey, job);
                }
            }
            return null;
        });
    }

    private void write(EntryReader reader, Survey survey, Job job) throws IOException {
        try (FileSink sink = new FileSink(job.file(), room)) {
            reader.read(survey.zip(), job.header(), survey.end(job.header().offset()), sink);
        }
    }

    private static void compare(EntryReader reader, Survey survey, Job job) throws IOException {
        try (SameFile there = new SameFile(job.file())) {
            reader.read(survey.zip(), job.header(), survey.end(job.header().offset()), there);
            if (!there.same()) {
                throw survey.zip()
                        .refused(
                                "is refused: its entry "
                                        + Sizes.quoted(job.header().name())
                                        + " has other bytes than the same path in another archive of this export",
                                Remedy.CONTRADICTORY);
            }
        }
    }

    /** Parts can also be handed in one by one, without their wrapper. */
    private static void checkNames(List<Path> downloads) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (Path download : downloads) {
            Matcher part = Survey.PART.matcher(download.getFileName().toString());
            if (part.matches()) {
                numbers.add(Integer.valueOf(part.group(1)));
            }
        }
        checkNumbers("what was handed in", numbers);
    }

    private static void checkNumbers(String where, List<Integer> numbers) throws IOException {
        TreeSet<Integer> there = new TreeSet<>(numbers);
        Optional<Integer> missing = there.stream()
                .map(number -> number - 1)
                .filter(number -> number > 0 && !there.contains(number))
                .findFirst();
        if (missing.isPresent()) {
            throw new ArchiveRefusedException(
                    "The export",
                    "is incomplete: part %d of %d is not in %s".formatted(missing.get(), there.last(), where),
                    Remedy.INCOMPLETE);
        }
    }

    @Override
    public void close() throws IOException {
        workers.close();
        for (ZipBytes zip : spooled) {
            zip.close();
        }
    }
}
