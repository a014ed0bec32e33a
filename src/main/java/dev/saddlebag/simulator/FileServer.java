package dev.saddlebag.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The hosts of files: the storage host gives the bytes of a file to whoever has a good URL and refuses in XML as S3
 * does; custom emojis and external files are for everybody.
 */
final class FileServer {
    private static final Pattern PATH = Pattern.compile("/files/([^/]+)/([^/]+)/([^/]+)");
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

    private final FileCatalogue files;
    private final Icons icons;
    private final ExternalFiles external;
    private final Ids ids;
    private final SignedUrls urls;
    private final RequestLog log;

    FileServer(Content content, SignedUrls urls, RequestLog log) {
        this.files = content.files();
        this.icons = content.icons();
        this.external = content.external();
        this.ids = content.ids();
        this.urls = urls;
        this.log = log;
    }

    /** Whether a path is one of this host. */
    boolean serves(String path) {
        return path.startsWith("/files/")
                || path.startsWith(FileCatalogue.PUBLIC)
                || path.startsWith(ExternalFiles.FOLDER);
    }

    HttpReply answer(HttpRequest request) {
        if (request.header("authorization").isPresent()) {
            log.tokenLeaked();
            return refuse(
                    400,
                    "InvalidArgument",
                    "Only one auth mechanism allowed; the X-Amz-Algorithm query parameter"
                            + " and the Authorization header must not be used together.");
        }
        if (request.path().startsWith(FileCatalogue.PUBLIC)) {
            return give(emoji(request.path()), request);
        }
        if (request.path().startsWith(ExternalFiles.FOLDER)) {
            return ExternalFiles.movedTo(request.path())
                    .map(FileServer::moved)
                    .orElseGet(() -> give(external.at(request.path()), request));
        }
        SignedUrls.Verdict verdict = urls.judge(request.target());
        if (verdict == SignedUrls.Verdict.EXPIRED) {
            return refuse(403, "AccessDenied", "Request has expired");
        }
        if (verdict == SignedUrls.Verdict.ALTERED) {
            return refuse(403, "SignatureDoesNotMatch", "The request signature does not match the signature provided.");
        }
        return give(find(request.path()), request);
    }

    private static HttpReply give(Optional<StoredFile> file, HttpRequest request) {
        return file.map(found -> bytes(found, request))
                .orElseGet(() -> refuse(404, "NoSuchKey", "The specified key does not exist."));
    }

    private static HttpReply moved(String path) {
        return HttpReply.of(302, "text/plain; charset=utf-8", new byte[0]).with("Location", path);
    }

    private Optional<StoredFile> emoji(String path) {
        return IntStream.range(0, Icons.customEmojis())
                .mapToObj(icons::emojiImage)
                .filter(image -> files.publicPath(image).equals(path))
                .findFirst();
    }

    private Optional<StoredFile> find(String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches() || !Ids.valid(matcher.group(2))) {
            return Optional.empty();
        }
        return ids.read(matcher.group(2))
                .filter(ref -> ref.kind() == Kind.FILE)
                .flatMap(files::file)
                .filter(file -> files.path(file).equals(path));
    }

    private static HttpReply bytes(StoredFile file, HttpRequest request) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", file.type().mediaType());
        headers.put("Accept-Ranges", "bytes");
        headers.put("ETag", "\"" + Long.toHexString(file.content()) + "\"");
        Optional<Matcher> range = request.header("range").map(RANGE::matcher).filter(Matcher::matches);
        if (range.isEmpty()) {
            return new HttpReply(200, headers, file.size(), out -> copy(file, 0, file.size(), out));
        }
        long from = Long.parseLong(range.get().group(1));
        String end = range.get().group(2);
        long to = end.isEmpty() ? file.size() - 1 : Math.min(file.size() - 1, Long.parseLong(end));
        if (from > to) {
            return refuse(416, "InvalidRange", "The requested range is not satisfiable")
                    .with("Content-Range", "bytes */" + file.size());
        }
        headers.put("Content-Range", "bytes " + from + "-" + to + "/" + file.size());
        return new HttpReply(206, headers, to - from + 1, out -> copy(file, from, to - from + 1, out));
    }

    private static void copy(StoredFile file, long from, long length, OutputStream out) throws IOException {
        byte[] buffer = new byte[32 * 1024];
        try (InputStream bytes = FileCatalogue.open(file, from)) {
            for (long left = length; left > 0; ) {
                int read = bytes.read(buffer, 0, (int) Math.min(buffer.length, left));
                out.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    private static HttpReply refuse(int status, String code, String message) {
        String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" + message
                + "</Message></Error>";
        return HttpReply.of(status, "application/xml", body.getBytes(StandardCharsets.UTF_8));
    }
}
