package dev.saddlebag.export.archive;

import dev.saddlebag.export.archive.ArchiveRefusedException.Remedy;
import java.io.IOException;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the list of one archive says before anything is unpacked: everything that can be refused without a look at the
 * content is refused here.
 *
 * @param files how many files it has, without folders and what Finder adds
 * @param bytes how many bytes these files have
 * @param room how much room these files need, in whole blocks of a disk
 * @param wrapper the folder in which all of it lies, with a slash at its end; empty when there is none
 * @param parts the archives in it, if it holds nothing but archives of an export
 * @param starts where entries begin, sorted, and where the last one has to end
 */
record Survey(
        ZipBytes zip,
        CentralDirectory directory,
        long files,
        long folders,
        long noise,
        long bytes,
        long room,
        String wrapper,
        List<Part> parts,
        LongBuffer starts) {
    private static final String UUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final String EXPORT = "Export(?:Block)?-" + UUID;

    /** What a part of an export is called in its wrapper (facts/notion-export.md §2.1). */
    static final Pattern PART = Pattern.compile(EXPORT + "-Part-(\\d{1,9})\\.zip");

    /** What the download is called, which some pack once more. */
    private static final Pattern DOWNLOAD = Pattern.compile("(?:" + UUID + "_)?" + EXPORT + "\\.zip");

    private static final Pattern WRAPPER = Pattern.compile("\\A" + EXPORT + "/");
    private static final long BLOCK = 4096;
    private static final int WHOLE = -1;
    private static final int MOST_PARTS = 10_000;
    private static final int LOCAL_LENGTH = 30;

    /** An archive in an archive. */
    record Part(int number, Header header) {}

    static Survey of(ZipBytes zip, UnpackLimits limits) throws IOException {
        CentralDirectory directory = CentralDirectory.of(zip);
        if (directory.entries() > limits.entries()) {
            throw tooMany(zip, limits);
        }
        Surveyor surveyor = new Surveyor(zip, directory, limits);
        CentralDirectory.Reader reader = directory.read();
        for (Header header = reader.next(); header != null; header = reader.next()) {
            surveyor.look(header);
        }
        return surveyor.survey();
    }

    /** Where the entry that begins at {@code offset} has to end at the latest. */
    long end(long offset) {
        return starts.get(Arrays.binarySearch(starts.array(), offset) + 1);
    }

    static ArchiveRefusedException tooMany(ZipBytes zip, UnpackLimits limits) {
        return zip.refused("has more than %,d entries".formatted(limits.entries()), Remedy.TOO_LARGE);
    }

    static ArchiveRefusedException tooLarge(ZipBytes zip, UnpackLimits limits) {
        return zip.refused("would unpack to more than " + Sizes.text(limits.bytes()), Remedy.TOO_LARGE);
    }

    /** Refuses what unpacks to far more than it is long. */
    static void checkRatio(ZipBytes zip, long bytes, long length, UnpackLimits limits) throws IOException {
        if (bytes > limits.harmless() && bytes / limits.ratio() >= length) {
            throw zip.refused(
                    "is a ZIP bomb: %s would become %s, more than %,d times as much"
                            .formatted(Sizes.text(length), Sizes.text(bytes), limits.ratio()),
                    Remedy.HOSTILE);
        }
    }

    private static final class Surveyor {
        private final ZipBytes zip;
        private final CentralDirectory directory;
        private final UnpackLimits limits;
        private final List<Part> parts = new ArrayList<>();
        private long[] starts = new long[64];
        private long[] ends = new long[64];
        private int count;
        private long files;
        private long folders;
        private long noise;
        private long bytes;
        private long room;
        private String wrapper;

        private Surveyor(ZipBytes zip, CentralDirectory directory, UnpackLimits limits) {
            this.zip = zip;
            this.directory = directory;
            this.limits = limits;
        }

        private void look(Header header) throws IOException {
            check(header);
            remember(header);
            if (header.noise()) {
                noise++;
                return;
            }
            Matcher matcher = WRAPPER.matcher(header.name());
            String within = matcher.find() ? matcher.group() : "";
            wrapper = wrapper == null || wrapper.equals(within) ? within : "";
            if (header.folder()) {
                folders++;
                return;
            }
            files++;
            bytes += header.size();
            room += (header.size() + BLOCK - 1) / BLOCK * BLOCK;
            if (bytes > limits.bytes()) {
                throw tooLarge(zip, limits);
            }
            checkRatio(zip, bytes, zip.length(), limits);
            part(header.name()).ifPresent(number -> parts.add(new Part(number, header)));
            if (parts.size() < files || parts.size() > MOST_PARTS) {
                parts.clear();
            }
        }

        private static Optional<Integer> part(String name) {
            Matcher part = PART.matcher(name);
            if (part.matches()) {
                return Optional.of(Integer.valueOf(part.group(1)));
            }
            return DOWNLOAD.matcher(name).matches() ? Optional.of(WHOLE) : Optional.empty();
        }

        private void check(Header header) throws IOException {
            Optional<String> objection = EntryName.objection(header.name());
            if (objection.isPresent()) {
                throw refused(header, objection.get(), Remedy.HOSTILE);
            }
            if (EntryName.bytes(header.name()) > limits.path()) {
                throw refused(header, "has a path of more than %,d bytes".formatted(limits.path()), Remedy.HOSTILE);
            }
            if (header.special()) {
                throw refused(header, "is a symbolic link or another special file", Remedy.HOSTILE);
            }
            if (header.encrypted()) {
                throw refused(header, "is encrypted", Remedy.HOSTILE);
            }
            if (header.method() != Header.STORED && header.method() != Header.DEFLATED) {
                throw refused(header, "is compressed by an unknown method, " + header.method(), Remedy.HOSTILE);
            }
            boolean stored = header.method() == Header.STORED;
            if ((stored && header.size() != header.compressed()) || (header.folder() && header.size() > 0)) {
                throw refused(header, "has two sizes that contradict each other", Remedy.DAMAGED);
            }
        }

        private ArchiveRefusedException refused(Header header, String what, Remedy remedy) {
            return zip.refused("is refused: its entry " + Sizes.quoted(header.name()) + " " + what, remedy);
        }

        private void remember(Header header) throws IOException {
            long length = LOCAL_LENGTH + header.raw().remaining() + header.compressed();
            if (header.offset() > directory.start() - length) {
                throw refused(header, "lies outside of the archive", Remedy.DAMAGED);
            }
            if (count >= limits.entries()) {
                throw tooMany(zip, limits);
            }
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
                ends = Arrays.copyOf(ends, count * 2);
            }
            starts[count] = header.offset();
            ends[count] = header.offset() + length;
            count++;
        }

        private Survey survey() throws IOException {
            Arrays.sort(starts, 0, count);
            Arrays.sort(ends, 0, count);
            for (int i = 0; i + 1 < count; i++) {
                // Stretches lie apart exactly if each end comes before the next beginning.
                if (ends[i] > starts[i + 1]) {
                    throw zip.refused("is a ZIP bomb: entries of it share the same bytes", Remedy.HOSTILE);
                }
            }
            starts = Arrays.copyOf(starts, count + 1);
            starts[count] = directory.start();
            boolean wraps = parts.size() == files
                    && (parts.size() == 1 || parts.stream().allMatch(part -> part.number() != WHOLE));
            return new Survey(
                    zip,
                    directory,
                    files,
                    folders,
                    noise,
                    bytes,
                    room,
                    wrapper == null ? "" : wrapper,
                    wraps ? List.copyOf(parts) : List.of(),
                    LongBuffer.wrap(starts));
        }
    }
}
