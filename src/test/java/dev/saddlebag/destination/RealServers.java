package dev.saddlebag.destination;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The programs of the system that tests with real servers start. */
public final class RealServers {
    private static final boolean WANTED = Boolean.getBoolean("saddlebag.real-servers");
    private static final List<Path> MORE_PLACES = List.of(Path.of("/usr/sbin"), Path.of("/usr/lib/openssh"));

    private RealServers() {}

    /** Skips the test where a program is not installed, and fails it where the profile {@code real-servers} wants it. */
    public static void require(String... programs) {
        for (String program : programs) {
            if (find(program).isEmpty()) {
                String message = "There is no " + program + " on this machine; .ci/run installs it";
                if (WANTED) {
                    Assertions.fail(message);
                }
                Assumptions.abort(message);
            }
        }
    }

    /** Where a program is. */
    public static String path(String program) {
        return find(program).orElseThrow().toString();
    }

    private static Optional<Path> find(String program) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")).map(Path::of), MORE_PLACES.stream())
                .map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A port at which nobody listens. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Runs a program to its end. */
    public static void run(Path log, String... command) throws IOException, InterruptedException {
        Process process = start(log, command);
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        if (!ended || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(
                    String.join(" ", command) + (ended ? " failed" : " hangs") + ":\n" + Files.readString(log));
        }
    }

    /** Starts a program whose output goes to {@code log}. */
    static Process start(Path log, String... command) throws IOException {
        List<String> whole = new ArrayList<>(List.of(command));
        whole.set(0, path(command[0]));
        return new ProcessBuilder(whole)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Waits until somebody listens; fails with the log when the process ends before. */
    public static void awaitPort(Process process, int port, Path log) {
        try {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> listens(port) || !process.isAlive());
        } catch (ConditionTimeoutException nobody) {
            Assertions.fail("The server does not listen:\n" + text(log), nobody);
        }
        if (!process.isAlive()) {
            Assertions.fail("The server ended before it listened:\n" + text(log));
        }
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    /** Kills a server with all that it started, as a power cut would. */
    static void kill(Process process) throws InterruptedException {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
    }
}
