package dev.saddlebag.destination;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The OpenSSH server of this machine, for the current user, with keys and a folder of its own for each test. */
public final class OpenSsh implements BeforeEachCallback, AfterEachCallback {
    static final String PASSPHRASE = "the passphrase of the key";

    private Path home;
    private int port;
    private Process server;

    @Override
    public void beforeEach(ExtensionContext test) throws Exception {
        RealServers.require("sshd", "ssh-keygen", "sftp-server");
        home = Files.createTempDirectory("saddlebag-openssh");
        port = RealServers.freePort();
        key("host", "");
        key("another_host", "");
        key("id", "");
        key("id_locked", PASSPHRASE);
        Files.writeString(file("authorized_keys"), publicKey("id") + publicKey("id_locked"));
        Files.writeString(file("known_hosts"), "[127.0.0.1]:" + port + " " + publicKey("host"));
        Files.writeString(file("of_another"), "[127.0.0.1]:" + port + " " + publicKey("another_host"));
        Files.createDirectory(served());
        start("internal-sftp");
    }

    @Override
    public void afterEach(ExtensionContext test) throws Exception {
        if (home == null) {
            return;
        }
        stop();
        try (var all = Files.walk(home)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Starts the server with {@code sftp} as what serves files, a command with its arguments. */
    void start(String sftp) throws IOException {
        Path configuration = Files.write(
                file("sshd_config"),
                List.of(
                        "ListenAddress 127.0.0.1:" + port,
                        "HostKey " + file("host"),
                        "AuthorizedKeysFile " + file("authorized_keys"),
                        "PidFile none",
                        "StrictModes no",
                        "UsePAM no",
                        "AuthenticationMethods publickey",
                        "Subsystem sftp " + sftp));
        if (isRoot()) {
            // sshd wants this folder when root starts it.
            Files.createDirectories(Path.of("/run/sshd"));
        }
        server = RealServers.start(log(), "sshd", "-D", "-e", "-f", configuration.toString());
        RealServers.awaitPort(server, port, log());
    }

    private static boolean isRoot() {
        return user().equals("root");
    }

    /** Ends the server and all its connections at once. */
    void stop() throws InterruptedException {
        RealServers.kill(server);
    }

    /** What a destination there is set to. */
    public Map<String, String> options() {
        Map<String, String> options = new HashMap<>();
        options.put("host", "127.0.0.1");
        options.put("port", String.valueOf(port));
        options.put("user", user());
        options.put("path", served().resolve("back/ups").toString());
        options.put("known-hosts", file("known_hosts").toString());
        options.put("key-file", file("id").toString());
        return options;
    }

    Map<String, String> options(String name, String value) {
        Map<String, String> options = options();
        options.put(name, value);
        return options;
    }

    /** A file of this server's: known_hosts, of_another, id, id_locked. */
    Path file(String name) {
        return home.resolve(name);
    }

    /** What is served. */
    public Path served() {
        return file("served");
    }

    Path log() {
        return file("log");
    }

    private void key(String name, String passphrase) throws IOException, InterruptedException {
        RealServers.run(
                log(),
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                passphrase,
                "-f",
                file(name).toString());
    }

    private String publicKey(String name) throws IOException {
        return Files.readString(file(name + ".pub"));
    }

    private static String user() {
        return System.getProperty("user.name");
    }
}
