package dev.saddlebag.simulator;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One connection of a client, kept alive until the client closes it or a fault does. It exists because the faults need
 * what no server offers: a reset in mid-body, a body shorter than its announced length.
 */
final class HttpConnection {
    private static final int MOST_BODY = 10_000_000;
    private static final byte[] LINE_END = {'\r', '\n'};

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    HttpConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
        this.out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
    }

    /** The next request, or null when the client has closed the connection. */
    HttpRequest read() throws IOException {
        String line;
        try {
            line = line();
        } catch (SocketException e) {
            // A client that is done may as well reset the connection.
            return null;
        }
        if (line == null) {
            return null;
        }
        String[] parts = line.split(" ", -1);
        if (parts.length != 3) {
            throw new IOException("Not a request line: " + line);
        }
        Map<String, String> headers = new HashMap<>();
        for (line = line(); line != null && !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            // A client may send its cookies in several headers, and none of them may be overlooked.
            headers.merge(
                    line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (first, second) -> first + "; " + second);
        }
        if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
        return new HttpRequest(parts[0], parts[1], headers, new String(body(headers), StandardCharsets.UTF_8));
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            var body = new ByteArrayOutputStream();
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                body.write(exactly(size));
                line();
                if (body.size() > MOST_BODY) {
                    throw new IOException("The request's body is too large.");
                }
            }
            line();
            return body.toByteArray();
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        if (length > MOST_BODY) {
            throw new IOException("The request's body is too large.");
        }
        return exactly(length);
    }

    private int chunkSize() throws IOException {
        String line = line();
        if (line == null) {
            throw new EOFException();
        }
        return Integer.parseInt(line.split(";", 2)[0].strip(), 16);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int unit = in.read(); unit != '\n'; unit = in.read()) {
            if (unit < 0) {
                return line.size() == 0 ? null : line.toString(StandardCharsets.ISO_8859_1);
            }
            if (unit != '\r') {
                line.write(unit);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** Sends a body of which the length is not announced, in one chunk after the other. */
    void sendChunked(HttpReply reply) throws IOException {
        head(reply, "Transfer-Encoding: chunked");
        reply.body().writeTo(new Chunks(out));
        out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    void send(HttpReply reply, boolean withBody) throws IOException {
        head(reply, "Content-Length: " + reply.length());
        if (withBody) {
            reply.body().writeTo(out);
        }
        out.flush();
    }

    /** Announces the whole body, sends half of it and closes the connection in good order. */
    void sendShort(HttpReply reply) throws IOException {
        head(reply, "Content-Length: " + reply.length());
        half(reply);
        socket.close();
    }

    /** Sends half of the body and resets the connection. */
    void sendAndReset(HttpReply reply) throws IOException {
        head(reply, "Content-Length: " + reply.length());
        half(reply);
        reset();
    }

    /** Sends half of the body as a chunk and closes the connection without the last chunk. */
    void sendCutChunks(HttpReply reply) throws IOException {
        head(reply, "Transfer-Encoding: chunked");
        out.write(Long.toString(reply.length() / 2, 16).getBytes(StandardCharsets.ISO_8859_1));
        out.write(LINE_END);
        half(reply);
        out.write(LINE_END);
        out.flush();
        socket.close();
    }

    private void half(HttpReply reply) throws IOException {
        var limited = new Limited(out, reply.length() / 2);
        reply.body().writeTo(limited);
        out.flush();
    }

    private void head(HttpReply reply, String length) throws IOException {
        var head = new StringBuilder("HTTP/1.1 ").append(reply.status()).append(" Simulated\r\n");
        reply.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        head.append(length).append("\r\n\r\n");
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    boolean open() {
        return !socket.isClosed();
    }

    /** Sends every write as a chunk of its own. */
    private static final class Chunks extends OutputStream {
        private final OutputStream to;

        private Chunks(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int unit) throws IOException {
            write(new byte[] {(byte) unit}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > 0) {
                to.write(Integer.toHexString(length).getBytes(StandardCharsets.ISO_8859_1));
                to.write(LINE_END);
                to.write(bytes, offset, length);
                to.write(LINE_END);
            }
        }
    }

    /** Lets the first bytes through and drops the rest. */
    private static final class Limited extends OutputStream {
        private final OutputStream to;
        private long left;

        private Limited(OutputStream to, long left) {
            this.to = to;
            this.left = left;
        }

        @Override
        public void write(int unit) throws IOException {
            if (left-- > 0) {
                to.write(unit);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int some = (int) Math.max(0, Math.min(left, length));
            to.write(bytes, offset, some);
            left -= length;
        }
    }
}
