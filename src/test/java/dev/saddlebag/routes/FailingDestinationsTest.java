package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.destination.S3Server;
import dev.saddlebag.destination.SftpServer;
import dev.saddlebag.destination.UnreliableProxy;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.vault.Finding;
import dev.saddlebag.vault.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whole runs of which one destination fails in the middle of a file: the other gets everything, the summary says which one
 * failed and why, nothing torn can be seen there, and the next run heals it.
 */
class FailingDestinationsTest {
    @RegisterExtension
    final SftpServer sftp = new SftpServer();

    @RegisterExtension
    final S3Server s3 = new S3Server();

    @TempDir
    Path folder;

    private final CountDownLatch end = new CountDownLatch(1);
    private UnreliableProxy proxy;

    @BeforeEach
    void startProxy() throws Exception {
        proxy = UnreliableProxy.before(s3.address());
    }

    @AfterEach
    void stopProxy() throws Exception {
        end.countDown();
        proxy.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    403 | AccessDenied       | answered 403 AccessDenied (acme/data/       | they need to put, get and list
                    403 | QuotaExceeded      | answered 403 QuotaExceeded (acme/data/      | It is full
                    500 | InternalError      | answered 500 InternalError (acme/data/      | it may do better later
                    503 | ServiceUnavailable | answered 503 ServiceUnavailable (acme/data/ | it may do better later
                    507 | XMinioStorageFull  | answered 507 XMinioStorageFull (acme/data/  | It is full
                    """)
    void a_bucket_that_refuses(int status, String code, String happened, String advice) throws Exception {
        proxy.fault(UnreliableProxy.Fault.answers(status, code));

        failsAndHeals("s3", bucket(), () -> proxy.fault(UnreliableProxy.Fault.NONE), happened, advice);
    }

    @Test
    void a_bucket_whose_connection_breaks_in_the_middle_of_an_object() throws Exception {
        proxy.fault(UnreliableProxy.Fault.breaksAt(1000));

        failsAndHeals(
                "s3",
                bucket(),
                () -> proxy.fault(UnreliableProxy.Fault.NONE),
                "cannot be reached (acme/data/",
                "Check");
    }

    @Test
    void a_bucket_that_never_answers() throws Exception {
        proxy.fault(UnreliableProxy.Fault.holds(end));
        Map<String, String> options = bucket();
        options.put("timeout", "1");

        failsAndHeals(
                "s3", options, () -> proxy.fault(UnreliableProxy.Fault.NONE), "cannot be reached (acme/data/", "Check");
    }

    @Test
    void a_bucket_that_is_slow_holds_up_nobody_else() throws Exception {
        proxy.fault(UnreliableProxy.Fault.holds(end));
        try (Lab lab = lab("s3", bucket())) {
            lab.flow();
            CompletableFuture<RunSummary> run = CompletableFuture.supplyAsync(() -> {
                try {
                    return lab.backup();
                } catch (Exception failed) {
                    throw new IllegalStateException(failed);
                }
            });

            Awaitility.await().atMost(Duration.ofSeconds(30)).until(this::otherHasTheSnapshot);
            assertThat(run).isNotDone();
            end.countDown();

            assertThat(run.get().outcome()).isEqualTo(Outcome.COMPLETE);
            assertSound(lab, "far", 1);
        }
    }

    private boolean otherHasTheSnapshot() throws Exception {
        Path meta = folder.resolve("vault/acme/meta");
        if (!Files.isDirectory(meta)) {
            return false;
        }
        try (Stream<Path> files = Files.list(meta)) {
            return files.anyMatch(file -> file.toString().endsWith(".sig"));
        }
    }

    @Test
    void a_server_that_is_full_in_the_middle_of_a_file() throws Exception {
        sftp.fault(SftpServer.WriteFault.fullAt(20_000));

        failsAndHeals(
                "sftp",
                sftp.options(),
                () -> sftp.fault(SftpServer.WriteFault.NONE),
                "acme/data/",
                "could not be written to saddle@127.0.0.1",
                "the free space there");
        assertThatNothingTornIsLeft();
    }

    @Test
    void a_server_whose_connection_breaks_in_the_middle_of_a_file() throws Exception {
        sftp.fault(SftpServer.WriteFault.breaksAt(20_000));

        failsAndHeals(
                "sftp",
                sftp.options(),
                () -> sftp.fault(SftpServer.WriteFault.NONE),
                "could not be written to saddle@127.0.0.1",
                "The connection broke");
    }

    @Test
    void a_server_that_never_answers() throws Exception {
        sftp.fault((session, offset) -> {
            try {
                end.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });

        failsAndHeals(
                "sftp",
                sftp.options("timeout", "1"),
                () -> {
                    end.countDown();
                    sftp.fault(SftpServer.WriteFault.NONE);
                },
                "could not be written to saddle@127.0.0.1",
                "The connection broke");
    }

    @Test
    void a_folder_that_refuses_after_the_intent() throws Exception {
        Path data = folder.resolve("far/acme/data");
        Files.createDirectories(data.getParent());
        Files.writeString(data, "a file where the folder should be");

        failsAndHeals(
                "folder",
                Map.of("directory", "far"),
                () -> assertThat(data.toFile().delete()).isTrue(),
                "cannot be listed",
                "acme/data",
                "Check");
    }

    private void assertThatNothingTornIsLeft() throws Exception {
        try (Stream<Path> files = Files.walk(sftp.served())) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith(".tmp-"));
        }
    }

    private Map<String, String> bucket() {
        return s3.options("endpoint", proxy.address());
    }

    private void failsAndHeals(String kind, Map<String, String> options, Runnable heal, String... sentences)
            throws Exception {
        try (Lab lab = lab(kind, options)) {
            RunSummary first = lab.backup();

            assertThat(first.outcome()).isEqualTo(Outcome.UNDELIVERED);
            assertThat(first.exitCode()).isEqualTo(5);
            assertThat(first.deliveries())
                    .filteredOn(delivery -> delivery.destination().equals("far"))
                    .singleElement()
                    .satisfies(delivery -> assertThat(delivery.error())
                            .startsWith("the snapshot " + first.run() + " did not get to \"far\"")
                            .contains(sentences)
                            .contains("safe in the spool"));
            assertThat(first.deliveries())
                    .filteredOn(delivery -> delivery.destination().equals("vault"))
                    .singleElement()
                    .satisfies(delivery -> assertThat(delivery.error()).isEmpty());
            assertSound(lab, "vault", 1);

            heal.run();
            assertThat(lab.vault("far").snapshots()).isEmpty();
            assertThat(lab.backup().outcome()).isEqualTo(Outcome.COMPLETE);
            assertSound(lab, "vault", 2);
            assertSound(lab, "far", 2);
        }
    }

    private static void assertSound(Lab lab, String destination, int snapshots) throws Exception {
        assertThat(lab.vault(destination).snapshots()).hasSize(snapshots);
        assertThat(lab.vault(destination).verify(Level.FULL, run -> true, List.of()))
                .noneMatch(Finding::isDamage);
    }

    private Lab lab(String kind, Map<String, String> options) throws Exception {
        return new Lab(folder, SampleWorkspace.of(5, 30), Behaviour.standard()).withFar(kind, options);
    }
}
