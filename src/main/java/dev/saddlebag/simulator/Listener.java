package dev.saddlebag.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** Takes the connections of one port of the loopback interface, each in a thread of its own, until it is closed. */
final class Listener implements AutoCloseable {
    /** Answers one request, or cuts the connection. */
    @FunctionalInterface
    interface Service {
        void serve(HttpConnection connection, HttpRequest request) throws IOException;
    }

    private final ServerSocket socket;
    private final ExecutorService threads;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final CountDownLatch noLongerListens = new CountDownLatch(1);

    private Listener(ServerSocket socket) {
        this.socket = socket;
        this.threads = Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "notion-simulator-" + socket.getLocalPort());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Takes a port, without answering there yet.
     *
     * @param port 0 for any free one
     * @throws UncheckedIOException when the port is taken
     */
    static Listener on(int port) {
        try {
            var socket = new ServerSocket();
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 512);
            return new Listener(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins to answer. */
    Listener start(Service service) {
        threads.execute(() -> accept(service));
        return this;
    }

    /** Where this answers, without a slash at the end. */
    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** Stops and cuts every connection; the port is free again when this returns. */
    @Override
    public void close() {
        try {
            socket.close();
            for (Socket connection : connections) {
                connection.close();
            }
            // The system keeps the port as long as a thread still waits for connections there.
            noLongerListens.await();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
        }
    }

    private void accept(Service service) {
        try {
            acceptUntilClosed(service);
        } finally {
            noLongerListens.countDown();
        }
    }

    private void acceptUntilClosed(Service service) {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.add(connection);
                threads.execute(() -> serve(connection, service));
            } catch (IOException | RejectedExecutionException e) {
                if (!socket.isClosed()) {
                    throw new IllegalStateException("The simulator cannot take connections any more.", e);
                }
            }
        }
    }

    private void serve(Socket socketOfClient, Service service) {
        try (socketOfClient) {
            var connection = new HttpConnection(socketOfClient);
            while (connection.open()) {
                HttpRequest request = connection.read();
                if (request == null) {
                    return;
                }
                service.serve(connection, request);
                if (request.header("connection").orElse("").equalsIgnoreCase("close")) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client broke the connection off; it knows, and nobody else has to.
        } finally {
            connections.remove(socketOfClient);
        }
    }
}
