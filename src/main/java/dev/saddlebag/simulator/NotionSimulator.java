package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;

/**
 * A Notion on the loopback interface of this machine: the read side of the REST API at version 2026-03-11 and the host
 * of the stored files, as {@code facts/notion-api.md} describes them, over a {@link SampleWorkspace}.
 *
 * <pre>
 * try (var notion = NotionSimulator.start(SampleWorkspace.of(42, 200), Behaviour.standard())) {
 *     backUp(notion.baseUrl(), notion.token());
 *     compareWith(notion.truth(TruthOptions.standard()));
 * }
 * </pre>
 */
public final class NotionSimulator implements AutoCloseable {
    private static final int SMALLEST_ZIPPED = 200;

    private final Listener listener;
    private final SampleWorkspace workspace;
    private final Behaviour behaviour;
    private final RequestLog log = new RequestLog();
    private final Faults faults;
    private final Interruptions interruptions = new Interruptions();
    private final Api api;
    private final FileServer files;
    private final Exports exports;

    private NotionSimulator(Listener listener, SampleWorkspace workspace, Behaviour behaviour) {
        this.listener = listener;
        this.workspace = workspace;
        this.behaviour = behaviour;
        var cursors = new Cursors();
        var urls = new SignedUrls(baseUrl(), workspace.content().files(), behaviour);
        this.faults = new Faults(cursors);
        this.api = new Api(behaviour, faults, workspace.content(), urls, cursors);
        this.files = new FileServer(workspace.content(), urls, log);
        this.exports = new Exports(baseUrl(), workspace.content(), behaviour.clock());
    }

    /** Starts on a free port. */
    public static NotionSimulator start(SampleWorkspace workspace, Behaviour behaviour) {
        return start(workspace, behaviour, 0);
    }

    /**
     * Starts on the given port of 127.0.0.1.
     *
     * @param port 0 for any free one
     * @throws UncheckedIOException when the port is taken
     */
    public static NotionSimulator start(SampleWorkspace workspace, Behaviour behaviour, int port) {
        var simulator = new NotionSimulator(Listener.on(port), workspace, behaviour);
        simulator.listener.start(simulator::serve);
        return simulator;
    }

    /** Where the API begins, without {@code /v1} and without a slash at the end. */
    public String baseUrl() {
        return listener.url();
    }

    /** The URL of a file that Notion does not keep, but that this machine gives to everybody who asks without token. */
    public String externalImage() {
        return baseUrl() + ExternalFiles.PICTURE;
    }

    /** Another such URL, of a PDF. */
    public String externalPaper() {
        return baseUrl() + ExternalFiles.PAPER;
    }

    /** A URL that redirects to {@link #externalImage()}. */
    public String movedExternalImage() {
        return baseUrl() + ExternalFiles.MOVED;
    }

    /** A URL at which there is nothing (any more). */
    public String missingExternalImage() {
        return baseUrl() + ExternalFiles.MISSING;
    }

    /** The token that is accepted. */
    public String token() {
        return behaviour.token();
    }

    public Faults faults() {
        return faults;
    }

    /**
     * Does something in the middle of a run, such as an edit of the {@link #workspace()}: once, before the first request
     * that {@code which} picks is answered. Requests that come at the same time do not wait for it.
     *
     * @param action should not fail; the request that it belongs to is then not answered
     */
    public void onRequest(Predicate<Faults.Call> which, Runnable action) {
        interruptions.add(which, action);
    }

    public RequestLog requests() {
        return log;
    }

    public SampleWorkspace workspace() {
        return workspace;
    }

    /** What a perfect backup of this simulator's workspace would hold now. */
    public Truth truth(TruthOptions options) {
        return workspace.truth(baseUrl(), options);
    }

    /** The native export of this Notion: its internal API, the host of its downloads, and how they behave. */
    public Exports exports() {
        return exports;
    }

    /** Stops and cuts every connection; the port is free again when this returns. */
    @Override
    public void close() {
        listener.close();
        exports.close();
    }

    private void serve(HttpConnection connection, HttpRequest request) throws IOException {
        if (Exports.serves(request.path())) {
            exports.serve(connection, request);
            return;
        }
        boolean file = files.serves(request.path());
        var call = new Faults.Call(request.method(), request.target(), request.body(), file);
        interruptions.before(call);
        log.begin();
        HttpReply reply = null;
        Optional<Faults.Mishap> mishap = faults.next(call);
        Optional<Fault> fault = mishap.map(Faults.Mishap::fault);
        try {
            pause(behaviour.latency());
            if (fault.isPresent() && fault.get() == Fault.SLOW) {
                pause(faults.slowness());
            }
            if (fault.isEmpty() || fault.get() != Fault.RESET) {
                reply = reply(request, file, mishap);
                reply = file
                        ? reply
                        : reply.with("Date", Times.header(behaviour.clock().instant()));
            }
        } finally {
            // Before the answer goes out, so that who has the answer finds it counted.
            log.end(new RequestLog.Entry(
                    request.method(),
                    request.target(),
                    request.body(),
                    file ? "file" : api.kind(request),
                    reply == null ? 0 : reply.status(),
                    reply != null && fault.filter(Fault::cutsOff).isEmpty()));
        }
        if (reply == null) {
            connection.reset();
        } else {
            send(connection, request, reply, fault);
        }
    }

    private static void pause(Duration time) throws IOException {
        if (time.isZero()) {
            return;
        }
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The simulator was closed.", e);
        }
    }

    private static void send(HttpConnection connection, HttpRequest request, HttpReply reply, Optional<Fault> fault)
            throws IOException {
        switch (fault.orElse(Fault.SLOW)) {
            case RESET_IN_BODY -> connection.sendAndReset(reply);
            case SHORT_BODY -> connection.sendShort(reply);
            case CUT_CHUNKS -> connection.sendCutChunks(reply);
            default -> connection.send(reply, !request.method().equals("HEAD"));
        }
    }

    private HttpReply reply(HttpRequest request, boolean file, Optional<Faults.Mishap> mishap) throws IOException {
        Optional<Fault> fault = mishap.map(Faults.Mishap::fault);
        if (fault.isPresent() && fault.get().inBetween()) {
            int status = fault.get().status();
            String title = status == 403 ? "403 Forbidden" : "502 Bad Gateway";
            byte[] page = ("<html><head><title>" + title + "</title></head><body><center>cloud</center></body></html>")
                    .getBytes(StandardCharsets.UTF_8);
            return HttpReply.of(status, "text/html", page).with("cf-ray", "8c0ffee0deadbeef-FRA");
        }
        if (file) {
            return fault.isPresent() && fault.get().refuses()
                    ? HttpReply.of(fault.get().status(), "application/xml", "<Error/>".getBytes(StandardCharsets.UTF_8))
                    : files.answer(request);
        }
        String requestId = UUID.randomUUID().toString();
        try {
            Optional<ApiFailure> refusal = mishap.flatMap(Faults.Mishap::refusal);
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            return json(request, 200, api.answer(request), requestId);
        } catch (ApiFailure failure) {
            HttpReply reply = json(request, failure.status(), failure.body(), requestId);
            return failure.retryAfterSeconds() < 0
                    ? reply
                    : reply.with("Retry-After", Integer.toString(failure.retryAfterSeconds()));
        }
    }

    private static HttpReply json(HttpRequest request, int status, ObjectNode body, String requestId)
            throws IOException {
        byte[] bytes = Json.MAPPER.writeValueAsBytes(body.put("request_id", requestId));
        boolean zipped = bytes.length >= SMALLEST_ZIPPED
                && request.header("accept-encoding")
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .contains("gzip");
        if (zipped) {
            bytes = zip(bytes);
        }
        HttpReply reply = HttpReply.of(status, "application/json; charset=utf-8", bytes)
                .with("x-notion-request-id", requestId)
                .with("Vary", "Accept-Encoding");
        return zipped ? reply.with("Content-Encoding", "gzip") : reply;
    }

    private static byte[] zip(byte[] bytes) throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(bytes);
        }
        return zipped.toByteArray();
    }
}
