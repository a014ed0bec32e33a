package dev.saddlebag.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The host that gives finished exports to who has the link and the cookie (facts/notion-export.md §1.8). */
final class DownloadHost {
    private static final Pattern LINK =
            Pattern.compile("/f/t/([0-9a-f-]{36})/Export[A-Za-z]*-[0-9a-f-]{36}(?:-Part-(\\d{1,4}))?\\.zip");
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
    private static final int PAGE_OF_HTML = 5_000;

    private final Exports exports;
    private final ExportTasks tasks;
    private final Clock clock;

    DownloadHost(Exports exports, ExportTasks tasks, Clock clock) {
        this.exports = exports;
        this.tasks = tasks;
        this.clock = clock;
    }

    static boolean isLink(String path) {
        return LINK.matcher(path).matches();
    }

    /** The links to all files of a task that succeeded. */
    List<String> links(ExportTask task) {
        int files = task.made().map(ExportArchive.Made::files).map(List::size).orElse(0);
        return files == 1
                ? List.of(link(task))
                : IntStream.rangeClosed(1, files)
                        .mapToObj(part -> link(task, "-Part-" + part))
                        .toList();
    }

    /** The link to the archive of a task that succeeded. */
    String link(ExportTask task) {
        return link(task, "");
    }

    private String link(ExportTask task, String part) {
        ExportDownload download = exports.download();
        ExportHost host = download.door() == ExportDownload.Door.FOREIGN_HOST ? ExportHost.FOREIGN : ExportHost.FILES;
        String name =
                (ExportRequest.of(task.request()).whole() ? "Export-" : "ExportBlock-") + task.linkId() + part + ".zip";
        long expiry = task.end().plus(download.linkLife()).toEpochMilli();
        return exports.address(host) + "/f/t/" + task.linkId() + "/" + name + "?table=user_export&id=" + task.linkId()
                + "&spaceId=&expirationTimestamp=" + expiry + "&signature=" + signature(task.linkId(), expiry)
                + "&download=true&downloadName=" + task.requestId() + "_" + name;
    }

    private static String signature(String id, long expiry) {
        return Long.toHexString(Seed.scatter(id.hashCode() * 31L + expiry));
    }

    HttpReply answer(ExportHost host, HttpRequest request) throws IOException {
        Matcher link = LINK.matcher(request.path());
        ExportDownload download = exports.download();
        Optional<ExportTask> task = link.matches()
                ? tasks.all().stream()
                        .filter(one -> one.linkId().equals(link.group(1)))
                        .findFirst()
                : Optional.empty();
        boolean official =
                task.filter(one -> one.eventName().equals(ExportTask.ADMIN)).isPresent();
        if (host == ExportHost.FILES && !official && !welcome(request, download)) {
            return ExportRefusal.page(403, "Access denied", filler());
        }
        if (!link.matches()) {
            return ExportRefusal.page(404, "Not found", "");
        }
        long expiry = request.parameter("expirationTimestamp")
                .filter(text -> text.matches("\\d{1,15}"))
                .map(Long::parseLong)
                .orElse(0L);
        boolean good = request.parameter("signature").equals(Optional.of(signature(link.group(1), expiry)));
        if (!good || clock.millis() > expiry) {
            return ExportRefusal.json(400, ExportRefusal.error("ValidationError", "The link is expired or not whole."));
        }
        Optional<ExportArchive.Made> made = task.flatMap(ExportTask::made);
        int part = link.group(2) == null ? 0 : Integer.parseInt(link.group(2)) - 1;
        if (made.isEmpty() || part < 0 || part >= made.get().files().size()) {
            return ExportRefusal.page(404, "Not found", "");
        }
        if (host == ExportHost.FILES && download.door() == ExportDownload.Door.REDIRECT_TO_FOREIGN_HOST) {
            return HttpReply.of(302, "text/plain; charset=utf-8", new byte[0])
                    .with("Location", exports.address(ExportHost.FOREIGN) + request.target());
        }
        return download.door() == ExportDownload.Door.HTML_PAGE
                ? ExportRefusal.page(200, "Access denied", filler())
                : bytes(made.get(), made.get().files().get(part), request, download);
    }

    private boolean welcome(HttpRequest request, ExportDownload download) {
        Map<String, String> cookies =
                Exports.Cookies.of(request.header("cookie").orElse(""));
        boolean good = exports.fileToken().equals(cookies.get("file_token"));
        return switch (download.fileToken()) {
            case REQUIRED -> good;
            case IGNORED -> true;
            case UNWELCOME -> !cookies.containsKey("file_token");
        };
    }

    private static String filler() {
        return "<p>You cannot open this file.</p>" + "<!-- -->".repeat(PAGE_OF_HTML / 8);
    }

    private static HttpReply bytes(ExportArchive.Made made, Path file, HttpRequest request, ExportDownload download)
            throws IOException {
        long size = Files.size(file);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/zip");
        headers.put("Content-Disposition", "attachment; filename=\"" + made.name() + "\"");
        if (download.ranges()) {
            headers.put("Accept-Ranges", "bytes");
        }
        if (download.etag()) {
            headers.put("ETag", made.etag());
        }
        Optional<Matcher> range = request.header("range")
                .filter(wanted -> download.ranges())
                .filter(wanted ->
                        request.header("if-range").map(made.etag()::equals).orElse(true))
                .map(RANGE::matcher)
                .filter(Matcher::matches);
        if (range.isEmpty()) {
            return new HttpReply(200, headers, size, out -> copy(file, 0, size, out));
        }
        long from = Long.parseLong(range.get().group(1));
        String end = range.get().group(2);
        long to = end.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(end));
        if (from > to) {
            return ExportRefusal.page(416, "Range Not Satisfiable", "").with("Content-Range", "bytes */" + size);
        }
        headers.put("Content-Range", "bytes " + from + "-" + to + "/" + size);
        return new HttpReply(206, headers, to - from + 1, out -> copy(file, from, to - from + 1, out));
    }

    private static void copy(Path file, long from, long length, OutputStream out) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long position = from;
            for (long left = length; left > 0; ) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), left));
                int read = channel.read(buffer, position);
                if (read < 0) {
                    throw new IOException("The archive is shorter than it was.");
                }
                out.write(buffer.array(), 0, read);
                position += read;
                left -= read;
            }
        }
    }
}
