package dev.saddlebag.bench;

import dev.saddlebag.destination.OpenSsh;
import dev.saddlebag.destination.S3Server;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.text.CaseUtils;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;

/**
 * Where both tools of {@link VaultBench} store, each in a place of its own.
 *
 * @param settings what Saddlebag's process is told
 * @param restic the options of restic's command line
 * @param environment what restic is told besides
 * @param stored where what is stored can be counted, by the name of the tool; empty where it cannot
 */
record BenchTarget(
        List<String> settings,
        List<String> restic,
        Map<String, String> environment,
        Map<String, Path> stored,
        AfterEachCallback end)
        implements Closeable {

    /** Starts what the kind needs; {@code home} is an empty folder for it. */
    static BenchTarget of(String kind, Path home) throws Exception {
        return switch (kind) {
            case "folder" ->
                new BenchTarget(
                        List.of("kind=folder", "directory=" + home.resolve("saddlebag")),
                        List.of(),
                        Map.of("RESTIC_REPOSITORY", home.resolve("restic").toString()),
                        Map.of("Saddlebag", home.resolve("saddlebag"), "restic", home.resolve("restic")),
                        test -> {});
            case "s3" -> s3(started(new S3Server()));
            case "sftp" -> sftp(started(new OpenSsh()));
            default -> throw new IllegalArgumentException("no target " + kind + "; there are folder, s3, sftp");
        };
    }

    private static <T extends BeforeEachCallback> T started(T server) throws Exception {
        server.beforeEach(null);
        return server;
    }

    private static BenchTarget s3(S3Server server) {
        Map<String, String> options = server.options("prefix", "saddlebag");
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("RESTIC_REPOSITORY", "s3:" + server.address() + "/" + S3Server.BUCKET + "/restic");
        environment.put("AWS_ACCESS_KEY_ID", options.get("access-key"));
        environment.put("AWS_SECRET_ACCESS_KEY", options.get("secret-key"));
        return new BenchTarget(settings("s3", options), List.of(), environment, Map.of(), server);
    }

    private static BenchTarget sftp(OpenSsh server) {
        Map<String, String> options = server.options();
        options.put("path", server.served().resolve("saddlebag").toString());
        String ssh = "ssh -p " + options.get("port") + " -i " + options.get("key-file") + " -o UserKnownHostsFile="
                + options.get("known-hosts") + " -o IdentitiesOnly=yes " + options.get("user") + "@127.0.0.1 -s sftp";
        return new BenchTarget(
                settings("sftp", options),
                List.of("-o", "sftp.command=" + ssh),
                Map.of("RESTIC_REPOSITORY", "sftp:x:" + server.served().resolve("restic")),
                Map.of(
                        "Saddlebag",
                        server.served().resolve("saddlebag"),
                        "restic",
                        server.served().resolve("restic")),
                server);
    }

    private static List<String> settings(String kind, Map<String, String> options) {
        List<String> settings = new ArrayList<>(List.of("kind=" + kind));
        // Camel fills the options of a bean by names such as accessKey.
        options.forEach(
                (name, value) -> settings.add("option." + CaseUtils.toCamelCase(name, false, '-') + "=" + value));
        return settings;
    }

    @Override
    public void close() throws IOException {
        try {
            end.afterEach(null);
        } catch (Exception e) {
            throw new IOException("The server could not be stopped", e);
        }
    }
}
