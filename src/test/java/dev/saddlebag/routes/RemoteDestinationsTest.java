package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import dev.saddlebag.destination.GitHttpServer;
import dev.saddlebag.destination.GitTool;
import dev.saddlebag.destination.S3Server;
import dev.saddlebag.destination.SftpServer;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.vault.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Whole runs that deliver to servers: all that is there can be verified, and no secret is in a log. */
class RemoteDestinationsTest {
    private static final List<String> SECRETS =
            List.of(S3Server.SECRET, SftpServer.PASSWORD, SftpServer.PASSPHRASE, GitHttpServer.PASSWORD);

    @RegisterExtension
    final SftpServer sftp = new SftpServer();

    @RegisterExtension
    final S3Server s3 = new S3Server();

    @TempDir
    Path folder;

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Leaks log = new Leaks();
    private Level before;

    @BeforeEach
    void logOurselvesAndCamelInFull() {
        before = root.getLevel();
        root.getAppender("console").stop();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.DEBUG);
        camel().setLevel(Level.TRACE);
    }

    @AfterEach
    void logAsBefore() {
        root.setLevel(before);
        camel().setLevel(Level.WARN);
        root.detachAppender(log);
        root.getAppender("console").start();
    }

    @Test
    void a_run_delivers_to_a_folder_and_a_bucket_and_both_are_whole() throws Exception {
        try (Lab lab = lab("s3", s3.options())) {
            RunSummary first = lab.backup();
            RunSummary second = lab.backup();

            assertWhole(lab, first, second);
        }
        assertThatNoSecretWasLogged();
    }

    @Test
    void a_server_that_is_away_keeps_nothing_from_starting_and_gets_the_snapshot_later() throws Exception {
        Map<String, String> away = s3.options("endpoint", "http://127.0.0.1:1");
        try (Lab lab = lab("s3", away)) {
            RunSummary first = lab.backup();

            assertThat(first.outcome()).isEqualTo(Outcome.UNDELIVERED);
            assertThat(first.deliveries())
                    .filteredOn(delivery -> delivery.destination().equals("far"))
                    .singleElement()
                    .satisfies(delivery -> assertThat(delivery.error())
                            .contains("The bucket vaults at http://127.0.0.1:1 cannot be reached", "spool"));

            lab.restart("saddlebag.destination.far.endpoint", s3.address().toString());
            assertThat(lab.backup().outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(lab.vault("far").snapshots()).hasSize(2);
        }
        assertThatNoSecretWasLogged();
    }

    @Test
    void a_run_delivers_to_a_folder_and_a_server_and_both_are_whole() throws Exception {
        try (Lab lab = lab("sftp", sftp.options())) {
            RunSummary first = lab.backup();
            RunSummary second = lab.backup();

            assertWhole(lab, first, second);
        }
        assertThatNoSecretWasLogged();
    }

    @Test
    void a_run_delivers_to_a_git_host_and_neither_its_password_nor_one_that_is_refused_is_logged() throws Exception {
        GitTool remote = GitTool.bare(folder.resolve("remote.git"));
        remote.git("config", "http.receivepack", "true");
        try (GitHttpServer http = GitHttpServer.start(folder)) {
            Map<String, String> options =
                    Map.of("remote", http.address("remote.git"), "user", "nobody", "password", GitHttpServer.PASSWORD);
            try (Lab lab = lab("git", options)) {
                assertThat(lab.backup().outcome()).isEqualTo(Outcome.UNDELIVERED);
                lab.restart("saddlebag.destination.far.user", "saddle");
                assertThat(lab.backup().outcome()).isEqualTo(Outcome.COMPLETE);
            }
            assertThat(remote.lines("rev-list", "acme")).hasSize(2);
        }
        assertThatNoSecretWasLogged();
    }

    private static void assertWhole(Lab lab, RunSummary first, RunSummary second) throws Exception {
        assertThat(first.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(second.outcome()).isEqualTo(Outcome.COMPLETE);
        for (String destination : List.of("vault", "far")) {
            assertThat(lab.vault(destination).snapshots())
                    .extracting(s -> s.id().value())
                    .containsExactly(first.run(), second.run());
            assertThat(lab.vault(destination).verify(dev.saddlebag.vault.Level.FULL, run -> true, List.of()))
                    .noneMatch(Finding::isDamage);
        }
    }

    private Lab lab(String kind, Map<String, String> options) throws Exception {
        return new Lab(folder, SampleWorkspace.of(5, 30), Behaviour.standard()).withFar(kind, options);
    }

    private void assertThatNoSecretWasLogged() {
        assertThat(log.seen).hasPositiveValue();
        assertThat(log.leaks).isEmpty();
    }

    private static Logger camel() {
        return (Logger) LoggerFactory.getLogger("org.apache.camel");
    }

    /** Notes who logs a secret. */
    private static final class Leaks extends AppenderBase<ILoggingEvent> {
        private final Queue<String> leaks = new ConcurrentLinkedQueue<>();
        private final AtomicInteger seen = new AtomicInteger();

        @Override
        protected void append(ILoggingEvent event) {
            seen.incrementAndGet();
            StringBuilder text = new StringBuilder(event.getFormattedMessage());
            for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
                text.append(' ').append(cause.getMessage());
            }
            if (SECRETS.stream().anyMatch(secret -> text.indexOf(secret) >= 0)) {
                leaks.add(event.getLevel() + " " + event.getLoggerName());
            }
        }
    }
}
