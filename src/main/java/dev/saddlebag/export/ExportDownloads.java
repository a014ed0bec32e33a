package dev.saddlebag.export;

import dev.saddlebag.configuration.NotionSettings;
import dev.saddlebag.snapshot.StagingException;
import dev.saddlebag.vault.Hashes;
import java.io.EOFException;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of fetching the archives of an export: straight to the disk, and on from where it broke off (facts/notion-export.md §1.8). */
public final class ExportDownloads {
    private static final Logger LOG = LoggerFactory.getLogger(ExportDownloads.class);
    private static final String SAFE = " Nothing that was backed up before is touched. ";
    private static final Pattern RANGE = Pattern.compile("bytes\\s+(?:(\\d{1,18})-(\\d{1,18})|\\*)/(\\d{1,18}|\\*)");
    private static final int REDIRECTS = 5;

    /** So often is a link tried whose host gives nothing out, before another one is asked for. */
    private static final int REFUSALS = 3;

    /** So often in a row may a download break off without a byte more than before. */
    private static final int VAIN_TRIES = 9;

    private static final int BUFFER = 1 << 16;

    private final Hosts fileHosts;
    private final Duration interval;
    private final Exports exports;

    public ExportDownloads(NotionSettings notion, Exports exports) {
        this.fileHosts = new Hosts(notion.fileHosts());
        this.interval = notion.exportPollInterval();
        this.exports = exports;
    }

    /** What goes over the wire for a download: the address and the headers. */
    public record Order(URI address, Map<String, String> headers) {
        public Order {
            headers = Map.copyOf(headers);
        }

        @Override
        public String toString() {
            return "a download from " + address.getRawAuthority();
        }
    }

    /**
     * The request for the archive whose turn it is. A cookie goes along to hosts of files only.
     *
     * @return null when there is nothing to ask for: the link is out of date, or a person gave a file
     * @throws ExportRefusedException when the link must not be followed, or the file cannot be read
     * @throws Exception what stopped the run, if anything has
     */
    public Order order(ExportJob job) throws Exception {
        JobState.Piece piece = job.piece().orElseThrow();
        if (piece.link.isEmpty()) {
            takeFile(job, piece);
            return null;
        }
        ExportLink link = ExportLink.parse(piece.link);
        if (job.given().isEmpty()) {
            link.admit(fileHosts);
        } else if (!Hosts.isSafe(link.address())) {
            throw new ExportRefusedException("The link " + link + " is no https address, so that nothing was fetched."
                    + SAFE + "Fetch the file with a browser, and give the file to saddlebag ingest");
        }
        Optional<Instant> expiry = link.expiry().filter(end -> end.isBefore(job.now()));
        if (expiry.isPresent()) {
            refuse(job, "The link to the export expired at " + expiry.get() + ", so that it was not even tried");
            return null;
        }
        job.beginTry();
        URI address = job.redirected().orElse(link).address();
        Map<String, String> headers = new LinkedHashMap<>();
        if (!job.withoutCookie()) {
            job.cookies().toFetch(address).ifPresent(cookie -> headers.put("Cookie", cookie));
        }
        headers.put("Accept-Encoding", "identity");
        long have = size(part(piece));
        if (have > 0) {
            headers.put("Range", "bytes=" + have + "-");
            if (!piece.etag.isEmpty()) {
                headers.put("If-Range", piece.etag);
            }
        }
        job.run().connection().count();
        return new Order(address, headers);
    }

    /** Reads a file that a person gave, where it is, so that the snapshot can say which one it was. */
    private static void takeFile(ExportJob job, JobState.Piece piece) throws Exception {
        File file = new File(piece.file);
        long changed = file.lastModified();
        MessageDigest digest = Hashes.sha256();
        long bytes = 0;
        try (InputStream in = new FileInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
                bytes += count;
                job.run().throwIfStopped();
            }
        } catch (IOException unreadable) {
            throw new ExportRefusedException("The file " + file.getName() + " cannot be read: "
                    + unreadable.getMessage() + "." + SAFE + "Fetch it once more, and give it to saddlebag ingest");
        }
        String sha256 = Hashes.hex(digest.digest());
        long size = bytes;
        job.change(state -> {
            piece.done = true;
            piece.sha256 = sha256;
            piece.bytes = size;
            piece.changed = changed;
            state.phase = JobState.Phase.DONE;
        });
        LOG.info("{}: read {} ({} bytes, SHA-256 {})", job.run().workspace().name(), file.getName(), size, sha256);
    }

    /** Lets a run go on only while what a person gave is what was read of it. */
    static void requireUnchanged(ExportJob job) throws ExportRefusedException {
        for (JobState.Piece piece : job.state().pieces) {
            File file = new File(piece.file);
            if (piece.changed != 0 && (file.lastModified() != piece.changed || file.length() != piece.bytes)) {
                throw new ExportRefusedException("The file " + file.getName() + " was changed while it was taken in, so"
                        + " that nobody could say what the snapshot is of." + SAFE
                        + "Wait until it is whole, and give it to saddlebag ingest again");
            }
        }
    }

    /**
     * Stores the answer to a download.
     *
     * @throws IOException when it broke off or the host is in trouble: worth another try, which goes on where this one ended
     * @throws ExportException when there is no use in it
     * @throws StagingException when the disk does not take it
     */
    public void receive(ExportJob job, Map<String, Object> headers, InputStream body)
            throws IOException, ExportException, StagingException {
        // Only a closed stream gives its connection back to the pool, whatever the answer was.
        try (InputStream bytes = body == null ? InputStream.nullInputStream() : body) {
            receive(job, job.piece().orElseThrow(), headers, bytes);
            job.endTry();
        }
    }

    private void receive(ExportJob job, JobState.Piece piece, Map<String, Object> headers, InputStream bytes)
            throws IOException, ExportException, StagingException {
        int status = Integer.parseInt(ExportDoor.text(headers, "CamelHttpResponseCode"));
        String location = ExportDoor.text(headers, "Location");
        String host =
                job.redirected().map(ExportLink::address).orElse(address(piece)).getHost();
        if (status >= 300 && status < 400 && !location.isEmpty()) {
            follow(job, piece, location);
            return;
        }
        switch (status) {
            case 200, 206 -> store(job, piece, status, headers, bytes);
            case 416 -> compareLengths(job, piece, headers);
            case 401, 403 -> denied(job, host + " answered " + status);
            case 400, 404, 410 ->
                refuse(
                        job,
                        host + " answered " + status + ", as it does for a link that has expired or" + " is not whole");
            default -> {
                if (status == 429 || status == 408 || status >= 500) {
                    throw new ExportBusyException(
                            "The download of the export was answered with " + status + " by " + host,
                            status,
                            ExportDoor.pause(headers));
                }
                refuse(job, host + " answered " + status);
            }
        }
    }

    private static void follow(ExportJob job, JobState.Piece piece, String location) throws ExportException {
        ExportLink from = job.redirected().orElse(ExportLink.parse(piece.link));
        ExportLink target = from.to(location);
        boolean home = Hosts.isThisMachine(target.address()) && !Hosts.isThisMachine(from.address());
        if (!Hosts.isSafe(target.address()) || home) {
            throw new ExportRefusedException(
                    "The link to the export leads on to " + target + ", which is no https address"
                            + " out there, so that nothing was fetched from it." + SAFE
                            + "Export by hand in Notion, and give the file to saddlebag ingest");
        }
        if (job.redirect(target) > REDIRECTS) {
            throw new ExportRefusedException(
                    "The link to the export leads from one address to the next, without end, at last" + " to " + target
                            + "." + SAFE + "Export by hand in Notion, and give the file to saddlebag ingest");
        }
    }

    /** With a cookie first, then without one, then with a link and a cookie that are newer (facts/notion-export.md §1.8). */
    private void denied(ExportJob job, String what) throws ExportException, StagingException {
        boolean hadCookie = !job.withoutCookie()
                && job.cookies()
                        .toFetch(job.redirected()
                                .map(ExportLink::address)
                                .orElse(address(job.piece().orElseThrow())))
                        .isPresent();
        job.backToLink();
        if (hadCookie) {
            job.tryWithoutCookie(what);
            return;
        }
        refuse(
                job,
                job.denial()
                        .map(first -> first + " (and without a cookie: " + what + ")")
                        .orElse(what));
    }

    /** The link is of no use: the task and the feed are asked for a newer one, a few times. */
    private void refuse(ExportJob job, String what) throws ExportException, StagingException {
        job.fetched();
        if (!job.given().isEmpty()) {
            throw new ExportRefusedException(
                    "The export could not be fetched: " + what + "." + SAFE
                            + "Fetch the file with a browser that is signed in to Notion, and give the file to saddlebag ingest");
        }
        if (job.state().refusals + 1 >= REFUSALS) {
            throw new ExportRefusedException(
                    "The export could not be fetched: " + what + ", for each link that Notion gave,"
                            + " with the cookie file_token and without one." + SAFE
                            + "Run again: the next run exports anew. If that does not help, set file-token to the cookie of that name"
                            + " at file.notion.so, or fetch the file with a browser and give it to saddlebag ingest");
        }
        LOG.warn("{}: {}; looks for a newer link", job.run().workspace().name(), what);
        job.pauseFor(interval);
        job.change(state -> {
            state.refusals++;
            state.phase = JobState.Phase.WAIT;
        });
    }

    private void compareLengths(ExportJob job, JobState.Piece piece, Map<String, Object> headers)
            throws IOException, ExportException, StagingException {
        Matcher range = RANGE.matcher(ExportDoor.text(headers, "Content-Range"));
        Path part = part(piece);
        if (range.matches() && !range.group(3).equals("*") && Long.parseLong(range.group(3)) == size(part)) {
            finish(job, piece, part, digestOf(part, size(part)));
            return;
        }
        drop(job, piece, part);
        throw new IOException("What was fetched of the export is longer than the export; it is fetched anew");
    }

    private void store(ExportJob job, JobState.Piece piece, int status, Map<String, Object> headers, InputStream bytes)
            throws IOException, ExportException, StagingException {
        Path part = part(piece);
        long from = 0;
        long total = -1;
        if (status == 206) {
            Matcher range = RANGE.matcher(ExportDoor.text(headers, "Content-Range"));
            if (!range.matches() || range.group(1) == null || Long.parseLong(range.group(1)) != size(part)) {
                drop(job, piece, part);
                throw new IOException("The host of the export answered with another part than was asked for; it is"
                        + " fetched anew");
            }
            from = size(part);
            total = range.group(3).equals("*") ? -1 : Long.parseLong(range.group(3));
        } else {
            String length = ExportDoor.text(headers, "Content-Length");
            total = length.matches("\\d{1,18}") ? Long.parseLong(length) : -1;
        }
        byte[] head = bytes.readNBytes(4);
        if (from == 0 && !isZip(head)) {
            notAZip(job, headers, head, bytes);
            return;
        }
        String etag = ExportDoor.text(headers, "ETag");
        job.change(state -> piece.etag = etag.startsWith("W/") ? "" : etag);
        long before = size(part);
        MessageDigest digest = digestOf(part, from);
        try {
            long end = copy(part, from, head, bytes, digest);
            if (total >= 0 && end != total) {
                throw new IOException("The download of the export ended after " + end + " of " + total + " bytes");
            }
            if (total < 0 && !hasEnd(part)) {
                throw new IOException(
                        "The download of the export ended before the end of the archive, after " + end + " bytes");
            }
        } catch (IOException broken) {
            if (size(part) > before) {
                job.progress();
            }
            throw broken;
        }
        finish(job, piece, part, digest);
    }

    /** Whether another try makes sense: each must bring at least a byte more, or be one of few. */
    public boolean mayTryAgain(ExportJob job) {
        return job.vainTries() < VAIN_TRIES;
    }

    private static boolean isZip(byte[] head) {
        return head.length == 4
                && head[0] == 'P'
                && head[1] == 'K'
                && ((head[2] == 3 && head[3] == 4) || (head[2] == 5 && head[3] == 6));
    }

    private void notAZip(ExportJob job, Map<String, Object> headers, byte[] head, InputStream rest)
            throws IOException, ExportException, StagingException {
        byte[] more = rest.readNBytes(BUFFER);
        String type = ExportDoor.text(headers, "Content-Type");
        String text = (new String(head, StandardCharsets.UTF_8) + new String(more, StandardCharsets.UTF_8));
        boolean page = type.toLowerCase(Locale.ROOT).contains("html")
                || text.stripLeading().startsWith("<");
        String what = "in place of the archive came "
                + (page ? "a web page" : type.isEmpty() ? "something else" : "something of the type " + type) + " ("
                + (head.length + more.length) + (more.length == BUFFER ? " bytes and more)" : " bytes)");
        denied(job, what);
    }

    private static long copy(Path part, long from, byte[] head, InputStream bytes, MessageDigest digest)
            throws IOException, StagingException {
        byte[] buffer = Arrays.copyOf(head, BUFFER);
        int count = head.length;
        long end = from;
        try (FileChannel file = open(part, from)) {
            while (count >= 0) {
                write(file, buffer, count);
                digest.update(buffer, 0, count);
                end += count;
                count = bytes.read(buffer);
            }
            force(file);
        }
        return end;
    }

    private static FileChannel open(Path part, long from) throws StagingException {
        try {
            Files.createDirectories(part.getParent());
            FileChannel file = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            file.truncate(from);
            file.position(from);
            return file;
        } catch (IOException disk) {
            throw new StagingException("The export cannot be stored", disk);
        }
    }

    private static void write(FileChannel file, byte[] buffer, int count) throws StagingException {
        try {
            ByteBuffer left = ByteBuffer.wrap(buffer, 0, count);
            while (left.hasRemaining()) {
                file.write(left);
            }
        } catch (IOException disk) {
            throw new StagingException("The export cannot be stored", disk);
        }
    }

    private static void force(FileChannel file) throws StagingException {
        try {
            file.force(true);
        } catch (IOException disk) {
            throw new StagingException("The export cannot be stored", disk);
        }
    }

    /** Whether the record is there with which each archive ends. */
    private static boolean hasEnd(Path part) throws IOException {
        try (FileChannel file = FileChannel.open(part)) {
            int length = (int) Math.min(BUFFER + 22L, file.size());
            ByteBuffer tail = ByteBuffer.allocate(length);
            file.position(file.size() - length);
            while (tail.hasRemaining() && file.read(tail) >= 0) {
                // It reads on.
            }
            byte[] bytes = tail.array();
            for (int i = bytes.length - 22; i >= 0; i--) {
                if (bytes[i] == 'P' && bytes[i + 1] == 'K' && bytes[i + 2] == 5 && bytes[i + 3] == 6) {
                    return true;
                }
            }
            return false;
        }
    }

    private void finish(ExportJob job, JobState.Piece piece, Path part, MessageDigest digest)
            throws ExportException, StagingException {
        String sha256 = HexFormat.of().formatHex(digest.digest());
        long size;
        try {
            size = Files.size(part);
            Files.move(part, Path.of(piece.file), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException disk) {
            throw new StagingException("The export cannot be stored", disk);
        }
        job.fetched();
        job.change(state -> {
            piece.done = true;
            piece.sha256 = sha256;
            piece.bytes = size;
            state.refusals = 0;
        });
        LOG.info(
                "{}: fetched {} ({} bytes, SHA-256 {})",
                job.run().workspace().name(),
                Path.of(piece.file).getFileName(),
                size,
                sha256);
        if (job.given().isEmpty()) {
            exports.consumed(job).add(ExportLink.parse(piece.link));
        }
        // Whoever has the link has the workspace, and it may be good for a week.
        job.change(state -> piece.link = "");
        if (job.piece().isEmpty()) {
            job.change(ExportDownloads::next);
        }
    }

    /** After the last archive of one page, the next page; after the last page, the end. */
    private static void next(JobState state) {
        if (state.pagesToDo.isEmpty()) {
            state.phase = JobState.Phase.DONE;
            return;
        }
        state.pagesOfFormerTasks += Math.max(0, state.pagesExported);
        state.pagesExported = -1;
        Exports.forgetTask(state);
        state.page = state.pagesToDo.get(0);
        state.pagesToDo = List.copyOf(state.pagesToDo.subList(1, state.pagesToDo.size()));
        state.attempts = 0;
        state.failures = 0;
    }

    private static void drop(ExportJob job, JobState.Piece piece, Path part) throws StagingException {
        try {
            Files.deleteIfExists(part);
        } catch (IOException disk) {
            throw new StagingException("The export cannot be fetched anew", disk);
        }
        job.change(state -> piece.etag = "");
    }

    private static Path part(JobState.Piece piece) {
        return Path.of(piece.file + ".part");
    }

    private static URI address(JobState.Piece piece) throws ExportRefusedException {
        return ExportLink.parse(piece.link).address();
    }

    private static long size(Path file) {
        return file.toFile().length();
    }

    /** The hash of the first bytes of a file, to be gone on with. */
    private static MessageDigest digestOf(Path file, long length) throws StagingException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            if (length > 0) {
                try (InputStream bytes = Files.newInputStream(file)) {
                    byte[] buffer = new byte[BUFFER];
                    long left = length;
                    while (left > 0) {
                        int count = bytes.read(buffer, 0, (int) Math.min(BUFFER, left));
                        if (count < 0) {
                            throw new EOFException(file + " is shorter than it was");
                        }
                        digest.update(buffer, 0, count);
                        left -= count;
                    }
                }
            }
            return digest;
        } catch (IOException disk) {
            throw new StagingException("What was fetched of the export cannot be read", disk);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java has SHA-256", missing);
        }
    }
}
