package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.configuration.Settings;
import dev.saddlebag.report.Telling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A workspace with one channel, by which a test message is sent. */
final class ToldBy {
    private final Path configuration;

    ToldBy(Path folder) throws IOException {
        configuration = folder.resolve("application.properties");
        Files.writeString(configuration, """
                saddlebag.routes-directory = %s
                saddlebag.state-directory = state
                saddlebag.report.retry-delay = 1
                saddlebag.workspaces = acme
                saddlebag.workspace.acme.token = ntn_0123456789
                saddlebag.workspace.acme.destinations = vault
                saddlebag.workspace.acme.channels = one
                saddlebag.destination.vault.kind = folder
                saddlebag.destination.vault.directory = vault
                """.formatted(Path.of("routes").toAbsolutePath()));
    }

    Path configuration() {
        return configuration;
    }

    Telling tell(String kind, Map<String, String> options) throws Exception {
        return tell(channel(kind, options));
    }

    Telling tell(Map<String, String> overrides) throws Exception {
        Settings settings = Settings.load(configuration, Map.of(), overrides);
        try (Flow flow = Flow.start(settings, configuration, overrides, Flow.Timers.OFF)) {
            List<Telling> tellings = flow.tell(flow.notices().test("acme"));
            assertThat(tellings).hasSize(1);
            assertThat(flow.outbox().all()).isEmpty();
            return tellings.get(0);
        }
    }

    /** The settings of the channel. */
    static Map<String, String> channel(String kind, Map<String, String> options) {
        Map<String, String> given = new TreeMap<>();
        given.put("saddlebag.channel.one.kind", kind);
        options.forEach((option, value) -> given.put("saddlebag.channel.one." + option, value));
        return given;
    }

    /** Makes a key store for a server on this machine, with the password {@code changeit}, and the certificate in it. */
    static void certificate(Path keys, Path pem) throws Exception {
        keytool(
                "-genkeypair",
                "-keystore",
                keys.toString(),
                "-alias",
                "mail",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=mail",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storepass",
                "changeit");
        keytool(
                "-exportcert",
                "-rfc",
                "-keystore",
                keys.toString(),
                "-alias",
                "mail",
                "-file",
                pem.toString(),
                "-storepass",
                "changeit");
    }

    private static void keytool(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }
}
