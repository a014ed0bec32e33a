package dev.saddlebag.destination;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands between a client and an HTTP server, one request a connection, and lets go wrong what a test wants. */
public final class UnreliableProxy implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");

    private final URI target;
    private final ServerSocket listening;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Fault fault = Fault.NONE;

    /** What goes wrong with each request that puts a file of a vault's folder data; the others go through. */
    public interface Fault {
        /** All is well. */
        Fault NONE = exchange -> exchange.forward(Long.MAX_VALUE);

        /** The server refuses. */
        static Fault answers(int status, String code) {
            return exchange -> exchange.answer(status, code);
        }

        /** The connection breaks after so many bytes of the body. */
        static Fault breaksAt(long bytes) {
            return exchange -> exchange.forward(bytes);
        }

        /** Nothing happens before somebody counts down. */
        static Fault holds(CountDownLatch end) {
            return exchange -> {
                try {
                    end.await();
                    exchange.forward(Long.MAX_VALUE);
                } catch (InterruptedException closed) {
                    Thread.currentThread().interrupt();
                }
            };
        }

        /** Deals with a request. */
        void meet(Exchange exchange) throws IOException;
    }

    private UnreliableProxy(URI target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** A proxy that works well until it is told otherwise. */
    public static UnreliableProxy before(URI target) throws IOException {
        UnreliableProxy proxy = new UnreliableProxy(target);
        proxy.threads.execute(proxy::listen);
        return proxy;
    }

    /** Where it listens. */
    public String address() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /** From now on this goes wrong. */
    public void fault(Fault wanted) {
        fault = wanted;
    }

    @Override
    public void close() throws IOException {
        listening.close();
        threads.shutdownNow();
    }

    private void listen() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                threads.execute(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            boolean putsData = head.startsWith("PUT ")
                    && head.substring(0, head.indexOf('\n')).contains("/data/");
            (putsData ? fault : Fault.NONE).meet(new Exchange(client, head));
        } catch (IOException broken) {
            // One of the two is gone, and the other hears of it by the end of its connection.
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** A request that was read up to its body. */
    public final class Exchange {
        private final Socket client;
        private final String head;

        private Exchange(Socket client, String head) {
            this.client = client;
            this.head = head;
        }

        private void forward(long most) throws IOException {
            try (Socket server = new Socket(target.getHost(), target.getPort())) {
                server.getOutputStream()
                        .write(head.replaceFirst("(?im)^connection:.*\r\n", "")
                                .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.ISO_8859_1));
                threads.execute(() -> giveBack(server));
                long length = length();
                copy(client.getInputStream(), server.getOutputStream(), Math.min(length, most));
                if (length > most) {
                    // Before the server can say what it thinks of half a body.
                    client.close();
                } else {
                    // The answer ends the connection.
                    client.getInputStream().read();
                }
            }
        }

        private void giveBack(Closeable server) {
            try (server) {
                ((Socket) server).getInputStream().transferTo(client.getOutputStream());
                client.close();
            } catch (IOException broken) {
                // As above.
            }
        }

        private void answer(int status, String code) throws IOException {
            if (!head.toLowerCase(Locale.ROOT).contains("expect: 100-continue")) {
                copy(client.getInputStream(), OutputStream.nullOutputStream(), length());
            }
            String body = "<Error><Code>" + code + "</Code><Message>So it is.</Message></Error>";
            client.getOutputStream()
                    .write(("HTTP/1.1 " + status + " No\r\nContent-Type: application/xml\r\nContent-Length: "
                                    + body.length() + "\r\nConnection: close\r\n\r\n" + body)
                            .getBytes(StandardCharsets.ISO_8859_1));
        }

        private long length() {
            Matcher length = LENGTH.matcher(head);
            return length.find() ? Long.parseLong(length.group(1)) : 0;
        }

        private static void copy(InputStream in, OutputStream out, long length) throws IOException {
            byte[] buffer = new byte[8192];
            for (long left = length; left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new EOFException();
                }
                out.write(buffer, 0, read);
                out.flush();
                left -= read;
            }
        }
    }
}
