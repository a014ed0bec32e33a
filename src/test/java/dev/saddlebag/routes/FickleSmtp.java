package dev.saddlebag.routes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that takes a whole message and then does what a test wants: says yes, says no, or hangs up. */
final class FickleSmtp implements AutoCloseable {
    /** What it does when it has the whole message. */
    enum Mood {
        YES("250 OK id=1abc-0001"),
        NO("552 5.3.4 message size exceeds fixed limit"),
        HANGS_UP("");

        private final String answer;

        Mood(String answer) {
            this.answer = answer;
        }
    }

    private final ServerSocket socket;
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private volatile Mood mood = Mood.YES;

    FickleSmtp() throws IOException {
        socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread server = new Thread(this::serve, "fickle-smtp");
        server.setDaemon(true);
        server.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    void mood(Mood next) {
        mood = next;
    }

    /** The messages that have arrived, whatever was said of them. */
    List<String> taken() {
        return taken;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                talk(client);
            } catch (IOException ended) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(ended);
                }
            }
        }
    }

    private void talk(Socket client) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
        PrintStream out = new PrintStream(client.getOutputStream(), true, StandardCharsets.ISO_8859_1);
        out.print("220 fickle\r\n");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals("DATA")) {
                out.print("354 go on\r\n");
                StringBuilder message = new StringBuilder();
                for (line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
                    message.append(line.startsWith(".") ? line.substring(1) : line)
                            .append("\r\n");
                }
                taken.add(message.toString());
                if (mood == Mood.HANGS_UP) {
                    return;
                }
                out.print(mood.answer + "\r\n");
            } else if (line.equals("QUIT")) {
                out.print("221 bye\r\n");
                return;
            } else {
                out.print("250 fickle\r\n");
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
