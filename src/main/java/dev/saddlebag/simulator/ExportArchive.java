package dev.saddlebag.simulator;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The archive of one export (facts/notion-export.md §2), written to a file without holding more than a page of it. The
 * same workspace at the same time gives the same entries; only the id in the wrapper's names is new each time.
 */
final class ExportArchive {
    /**
     * A finished archive.
     *
     * @param files one, or each part when no archive lies around them
     * @param name under which it is downloaded
     */
    record Made(List<Path> files, String name, String etag) {
        /** The size of all files, in bytes. */
        long size() {
            return files.stream().mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static final int ROWS_TO_LOSE = 3;
    private static final long BOMB = 256L << 20;

    private final Content content;
    private final Clock clock;
    private final ExportForm form;
    private final ExportRequest request;
    private final AtomicInteger progress;
    private final ExportTree tree;
    private final ExportSheet.Names names = new ExportSheet.Names();
    private final String id = UUID.randomUUID().toString();
    private final String wrapper;
    private final List<ZipWriter> parts = new ArrayList<>();
    private int next;
    private ExportIndex index;
    private boolean pageLost;

    ExportArchive(Content content, Clock clock, ExportForm form, ExportRequest request, AtomicInteger progress) {
        this.content = content;
        this.clock = clock;
        this.form = form;
        this.request = has(ExportForm.Oddity.OTHER_FORMAT) ? request.inOtherFormat() : request;
        this.progress = progress;
        this.tree = new ExportTree(content, clock, form, this.request);
        this.wrapper = (request.whole() ? "Export-" : "ExportBlock-") + id;
    }

    Made write(Path file) throws IOException {
        Instant now = clock.instant();
        List<Path> partFiles = new ArrayList<>();
        int count = has(ExportForm.Oddity.MISSING_PART)
                ? 3
                : has(ExportForm.Oddity.CONFLICTING_PARTS) ? Math.max(2, form.parts()) : form.parts();
        for (int part = 1; part <= count; part++) {
            Path partFile = file.resolveSibling(file.getFileName() + "." + part);
            partFiles.add(partFile);
            parts.add(new ZipWriter(partFile, now, form.zip64()));
        }
        Path indexFile = file.resolveSibling(file.getFileName() + ".index");
        try {
            writeEntries(indexFile);
        } finally {
            for (ZipWriter part : parts) {
                part.close();
            }
        }
        Files.deleteIfExists(indexFile);
        String name = UUID.randomUUID() + "_" + wrapper + ".zip";
        if (form.wrappers() == 0) {
            return new Made(partFiles, name, etag());
        }
        wrap(file, partFiles, now);
        if (has(ExportForm.Oddity.TRUNCATED)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(channel.size() - 100);
            }
        }
        return new Made(List.of(file), name, etag());
    }

    private String etag() {
        return "\"" + ExportNames.hex(id) + "\"";
    }

    private boolean has(ExportForm.Oddity oddity) {
        return form.oddities().contains(oddity);
    }

    private void wrap(Path file, List<Path> partFiles, Instant now) throws IOException {
        Path inner = form.wrappers() == 1 ? file : file.resolveSibling(file.getFileName() + ".inner");
        try (var outer = new ZipWriter(inner, now, form.zip64())) {
            for (int part = 0; part < partFiles.size(); part++) {
                if (part != 1 || !has(ExportForm.Oddity.MISSING_PART)) {
                    outer.add(wrapper + "-Part-" + (part + 1) + ".zip", partFiles.get(part));
                }
                Files.delete(partFiles.get(part));
            }
        }
        if (form.wrappers() > 1) {
            try (var outer = new ZipWriter(file, now, form.zip64())) {
                outer.add(UUID.randomUUID() + "_" + wrapper + ".zip", inner);
            }
            Files.delete(inner);
        }
    }

    private void writeEntries(Path indexFile) throws IOException {
        boolean indexed = request.whole() && !has(ExportForm.Oddity.NO_INDEX);
        try (Writer out = Files.newBufferedWriter(indexFile)) {
            index = new ExportIndex(out, request.flat());
            String space = has(ExportForm.Oddity.OTHER_WORKSPACE)
                    ? content.ids().of(new Ref(Kind.WORKSPACE, 1, 0))
                    : content.ids().of(Ref.workspace());
            index.begin(wrapper, space, Users.WORKSPACE_NAME);
            tree.walk(new Writing());
            index.end();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (indexed) {
            parts.get(parts.size() - 1).add(inside("index.html"), indexFile);
        }
        addOddities();
    }

    private void addOddities() throws IOException {
        if (has(ExportForm.Oddity.TRAVERSAL)) {
            parts.get(0).add("../../escaped.txt", "Out of the archive".getBytes(StandardCharsets.UTF_8));
        }
        if (has(ExportForm.Oddity.BOMB)) {
            parts.get(0).add(inside("zeros.bin"), new Zeros(BOMB));
        }
        if (has(ExportForm.Oddity.ZIP_ATTACHMENT)) {
            byte[] page = "# A page of somebody else's\n".getBytes(StandardCharsets.UTF_8);
            byte[] part = zip("Other 0123456789abcdef0123456789abcdef.md", page);
            String name = "Export-" + UUID.nameUUIDFromBytes(page) + "-Part-2.zip";
            String folder = tree.has(Plan.HOME) ? tree.folder(Plan.HOME) : "";
            parts.get(0).add(inside(folder + name), part);
            parts.get(0).add(inside(folder + "archive.zip"), zip(name, part));
        }
        if (has(ExportForm.Oddity.DAMAGED_ENTRY)) {
            parts.get(0).addDamaged(inside("damaged.txt"), "Not what it was".getBytes(StandardCharsets.UTF_8));
        }
        if (has(ExportForm.Oddity.CONFLICTING_PARTS)) {
            parts.get(0).add(inside("twice.txt"), "One".getBytes(StandardCharsets.UTF_8));
            parts.get(1).add(inside("twice.txt"), "Another".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    private String inside(String path) {
        String prefix = form.wrappers() == 0 && parts.size() == 1
                ? ""
                : request.whole()
                        ? wrapper + "/"
                        : form.layout() == ExportForm.Layout.PLAIN_FOLDERS ? "Private & Shared/" : "";
        return prefix + path;
    }

    private ZipWriter part() {
        return parts.get(next++ % parts.size());
    }

    private void text(String path, String text) throws IOException {
        part().add(inside(path), text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes what it is led to. */
    private final class Writing implements ExportTree.Visitor {
        private final ExportCsv tables = new ExportCsv(content, tree, names);
        private int rowsLost;

        @Override
        public void page(int page) {
            try {
                if (lostRow(page)) {
                    index.hide();
                    return;
                }
                index.page(tree.id(page), tree.path(page));
                if (lost(page)) {
                    return;
                }
                write(page);
                progress.incrementAndGet();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private boolean lost(int page) {
            boolean lost = has(ExportForm.Oddity.LOST_PAGE)
                    && !pageLost
                    && content.world().parent(page).kind() == Kind.PAGE
                    && content.world().children(page).isEmpty();
            pageLost |= lost;
            return lost;
        }

        private boolean lostRow(int page) {
            boolean lost = has(ExportForm.Oddity.LOST_ROW)
                    && rowsLost < ROWS_TO_LOSE
                    && content.world().parent(page).equals(Ref.source(0));
            rowsLost += lost ? 1 : 0;
            return lost;
        }

        private void write(int page) throws IOException {
            var sheet = new ExportSheet(content, tree, names, page);
            Ref parent = content.world().parent(page);
            List<Property> properties = parent.kind() == Kind.DATA_SOURCE
                    ? tables.columns(content.world().source(parent.index()))
                    : List.of();
            String text = request.html()
                    ? new ExportHtml(sheet).page(properties)
                    : new ExportMarkdown(sheet).page(properties);
            text(tree.path(page), text);
            for (Map.Entry<String, StoredFile> attached : sheet.attachments().entrySet()) {
                if (request.files()) {
                    part().add(inside(attached.getKey()), FileCatalogue.open(attached.getValue(), 0));
                }
            }
        }

        @Override
        public void table(ExportTree.Table table) {
            try {
                index.database(table.id(), tree.csv(table, ""), table.database().inline());
                csv(tree.csv(table, ""), out -> tables.view(table.source(), table.database(), out));
                if (request.html()) {
                    if (!table.database().inline()) {
                        text(tree.html(table), ExportHtml.table(content, tree, tables, table));
                    }
                } else {
                    csv(tree.csv(table, "_all"), out -> tables.all(table.source(), table.database(), out));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void linked(Plan.Database database) {
            try {
                String id = content.ids().of(Ref.database(database.index()));
                index.database(id, tree.csv(database), true);
                index.leave();
                Plan.Source shown = content.world().source(database.sources().get(0));
                csv(tree.csv(database), out -> tables.view(shown, database, out));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void leave() {
            try {
                index.leave();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** By way of a file, since a table may be large. */
        private void csv(String path, TableBody body) throws IOException {
            Path file = Files.createTempFile("table", ".csv");
            try {
                try (var out = new OutputStreamWriter(
                        new BufferedOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
                    body.writeTo(out);
                }
                part().add(inside(path), file);
            } finally {
                Files.delete(file);
            }
        }
    }

    @FunctionalInterface
    private interface TableBody {
        void writeTo(Writer out) throws IOException;
    }

    /** So many zeros. */
    private static final class Zeros extends InputStream {
        private long left;

        private Zeros(long count) {
            this.left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(length, left);
            ByteBuffer.wrap(into, offset, count).put(new byte[count]);
            left -= count;
            return count;
        }
    }
}
