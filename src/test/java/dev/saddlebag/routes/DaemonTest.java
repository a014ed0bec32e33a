package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saddlebag.configuration.ConfigurationException;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.SampleWorkspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon runs backups by the clock, takes over good edits, and refuses bad ones while the old routes run on. */
class DaemonTest {
    @TempDir
    Path folder;

    private Path routes;

    @BeforeEach
    void copyRoutes() throws IOException {
        routes = folder.resolve("routes");
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Path copy = routes.resolve(Path.of("routes").relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    @Test
    void a_backup_starts_by_its_timer() throws Exception {
        try (Lab lab = lab("* * * * * ?");
                Daemon daemon = daemon(lab)) {
            daemon.start();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !lab.vault().snapshots().isEmpty());
        }
    }

    @Test
    void a_bad_edit_is_refused_and_the_old_routes_run_on() throws Exception {
        try (Lab lab = lab("0 0 2 * * ?");
                Daemon daemon = daemon(lab)) {
            daemon.start();
            Flow before = daemon.flow();
            edit("report.camel.yaml", "- bean:", "- beam:");

            daemon.lookForEdits();

            assertThat(daemon.flow()).isSameAs(before);
            assertThat(daemon.flow().backup(Lab.WORKSPACE).exitCode()).isZero();
        }
    }

    @Test
    void a_good_edit_is_taken_over() throws Exception {
        try (Lab lab = lab("0 0 2 * * ?");
                Daemon daemon = daemon(lab)) {
            daemon.start();
            Flow before = daemon.flow();
            edit("report.camel.yaml", "\"${body.sentence}\"", "\"Edited. ${body.sentence}\"");

            daemon.lookForEdits();

            assertThat(daemon.flow()).isNotSameAs(before);
            assertThat(daemon.flow().backup(Lab.WORKSPACE).exitCode()).isZero();
        }
    }

    @Test
    void the_timers_of_edited_routes_fire() throws Exception {
        try (Lab lab = lab("");
                Daemon daemon = daemon(lab)) {
            daemon.start();
            Files.writeString(
                    lab.configuration(),
                    Files.readString(lab.configuration()) + "saddlebag.workspace.acme.schedule = * * * * * ?\n");
            daemon.lookForEdits();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !lab.vault().snapshots().isEmpty());
        }
    }

    @Test
    void an_edited_setting_is_taken_over_too_and_a_misspelt_one_refused() throws Exception {
        try (Lab lab = lab("0 0 2 * * ?");
                Daemon daemon = daemon(lab)) {
            daemon.start();
            Flow before = daemon.flow();
            String good = Files.readString(lab.configuration());

            Files.writeString(lab.configuration(), good + "saddlebag.workspace.acme.gate.minimum-pagse = 3\n");
            daemon.lookForEdits();
            assertThat(daemon.flow()).isSameAs(before);

            Files.writeString(lab.configuration(), good + "saddlebag.workspace.acme.gate.minimum-pages = 3000\n");
            daemon.lookForEdits();
            assertThat(daemon.flow()).isNotSameAs(before);
            assertThat(daemon.flow().backup(Lab.WORKSPACE).exitCode()).isEqualTo(4);
        }
    }

    @Test
    void with_a_mistake_in_the_routes_nothing_starts() throws Exception {
        try (Lab lab = lab("0 0 2 * * ?");
                Daemon daemon = daemon(lab)) {
            edit("gate.camel.yaml", "to: direct:promote", "to: direct:promoet");

            assertThatThrownBy(daemon::start)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("gate.camel.yaml:")
                    .hasMessageContaining("direct:promoet");
        }
    }

    @Test
    void the_routes_as_shipped_have_no_mistakes() throws Exception {
        try (Lab lab = new Lab(folder, SampleWorkspace.of(1, 5), Behaviour.standard())) {
            assertThat(Checkup.of(lab.configuration(), lab.environment(), lab.overrides())
                            .mistakes())
                    .isEmpty();
        }
    }

    private Lab lab(String schedule) throws IOException {
        Lab lab = new Lab(folder, SampleWorkspace.of(1, 5), Behaviour.standard())
                .with("saddlebag.routes-directory", routes.toString());
        return schedule.isEmpty() ? lab : lab.with("saddlebag.workspace.acme.schedule", schedule);
    }

    private static Daemon daemon(Lab lab) {
        return new Daemon(lab.configuration(), lab.environment(), lab.overrides(), Duration.ofMillis(50));
    }

    private void edit(String file, String old, String replacement) throws IOException {
        Path path = routes.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(old);
        Files.writeString(path, text.replace(old, replacement));
    }
}
