package dev.saddlebag.destination;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The object gateway of Ceph, as Debian has it, in front of the smallest cluster there can be: one monitor and one store in
 * memory, all of it for one test class, on the loopback interface and in a folder of its own.
 */
final class Ceph implements BeforeAllCallback, AfterAllCallback {
    private static final String KEY = "ceph-key";
    private static final String SECRET = "ceph-secret";

    private final Deque<Process> servers = new ArrayDeque<>();
    private Path home;
    private int port;

    @Override
    public void beforeAll(ExtensionContext tests) throws Exception {
        RealServers.require("ceph-mon", "ceph-osd", "radosgw", "radosgw-admin", "ceph", "ceph-authtool", "monmaptool");
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "Ceph's programs want to be root");
        home = Files.createTempDirectory("saddlebag-ceph");
        String cluster = UUID.randomUUID().toString();
        int monitor = RealServers.freePort();
        port = RealServers.freePort();
        Files.write(home.resolve("ceph.conf"), configuration(cluster, monitor));
        for (String folder : List.of("mon", "osd", "rgw", "run")) {
            Files.createDirectory(home.resolve(folder));
        }
        for (String name : List.of("mon.", "client.admin", "client.rgw", "osd.0")) {
            makeKey(name);
        }
        String map = home.resolve("map").toString();
        RealServers.run(
                log(),
                "monmaptool",
                "--create",
                "--fsid",
                cluster,
                "--addv",
                "a",
                "[v2:127.0.0.1:" + monitor + "]",
                map);
        run("ceph-mon", "--mkfs", "-i", "a", "--monmap", map, "--keyring", keyring());
        RealServers.awaitPort(start("ceph-mon", "-i", "a"), monitor, log());
        String osd = UUID.randomUUID().toString();
        run("ceph", "--connect-timeout", "60", "osd", "new", osd);
        run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", osd, "--keyring", keyring());
        run("ceph", "osd", "crush", "add", "osd.0", "1.0", "root=default", "host=here");
        start("ceph-osd", "-i", "0", "--keyring", keyring());
        RealServers.awaitPort(start("radosgw", "-n", "client.rgw"), port, log());
        run(
                "radosgw-admin",
                "-n",
                "client.rgw",
                "user",
                "create",
                "--uid=backup",
                "--display-name=Backup",
                "--access-key=" + KEY,
                "--secret-key=" + SECRET);
    }

    private void makeKey(String name) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ceph-authtool", keyring(), "--gen-key", "-n", name));
        if (!Files.exists(home.resolve("keyring"))) {
            command.add("--create-keyring");
        }
        for (String server : List.of("mon", "osd", "mgr")) {
            command.addAll(List.of("--cap", server, "allow *"));
        }
        RealServers.run(log(), command.toArray(String[]::new));
    }

    private String keyring() {
        return home.resolve("keyring").toString();
    }

    private List<String> configuration(String cluster, int monitor) {
        return List.of(
                "[global]",
                "fsid = " + cluster,
                "mon host = [v2:127.0.0.1:" + monitor + "]",
                "mon initial members = a",
                "public addr = 127.0.0.1",
                "cluster addr = 127.0.0.1",
                "keyring = " + home.resolve("keyring"),
                "auth allow insecure global id reclaim = false",
                "run dir = " + home.resolve("run"),
                "admin socket = " + home.resolve("run/$name.$pid.asok"),
                "log to stderr = true",
                "err to stderr = true",
                "mon data = " + home.resolve("mon"),
                "osd data = " + home.resolve("osd"),
                "osd objectstore = memstore",
                "memstore device bytes = 4294967296",
                "osd crush chooseleaf type = 0",
                "osd pool default size = 1",
                "osd pool default min size = 1",
                "osd pool default pg num = 8",
                "osd pool default pg autoscale mode = off",
                "mon allow pool size one = true",
                "mon max pg per osd = 1000",
                "mon data avail crit = 1",
                "[client.rgw]",
                "rgw frontends = beast endpoint=127.0.0.1:" + port,
                "rgw data = " + home.resolve("rgw"));
    }

    private void run(String program, String... arguments) throws IOException, InterruptedException {
        RealServers.run(log(), command(program, arguments));
    }

    private Process start(String program, String... arguments) throws IOException {
        String[] foreground = Arrays.copyOf(arguments, arguments.length + 1);
        foreground[arguments.length] = "-f";
        Process process = RealServers.start(log(), command(program, foreground));
        servers.push(process);
        return process;
    }

    private String[] command(String program, String... arguments) {
        return Stream.concat(
                        Stream.of(program, "--conf", home.resolve("ceph.conf").toString()), Stream.of(arguments))
                .toArray(String[]::new);
    }

    private Path log() {
        return home.resolve("log");
    }

    @Override
    public void afterAll(ExtensionContext tests) throws Exception {
        for (Process server : servers) {
            RealServers.kill(server);
        }
        if (home != null) {
            try (Stream<Path> all = Files.walk(home)) {
                for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** A new bucket. */
    String bucket(boolean objectLock) {
        String name = "b" + UUID.randomUUID();
        try (S3Client client = client()) {
            client.createBucket(request -> request.bucket(name).objectLockEnabledForBucket(objectLock ? true : null));
        }
        return name;
    }

    Map<String, String> options(String bucket) {
        Map<String, String> options = new HashMap<>();
        options.put("bucket", bucket);
        options.put("prefix", "back/ups");
        options.put("endpoint", "http://127.0.0.1:" + port);
        options.put("access-key", KEY);
        options.put("secret-key", SECRET);
        options.put("request-checksums", "when-required");
        return options;
    }

    S3Client client() {
        return S3Client.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .httpClientBuilder(ApacheHttpClient.builder())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)))
                .build();
    }
}
