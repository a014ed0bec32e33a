package dev.saddlebag.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.destination.Destinations;
import dev.saddlebag.destination.Vaults;
import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.Account;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.SampleAccount;
import dev.saddlebag.snapshot.SampleRun;
import dev.saddlebag.vault.Hashes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The second run of a workspace of 100,000 pages is judged within 256 MiB of memory. Runs with {@code -Pheavy}. */
@EnabledIfSystemProperty(named = "saddlebag.scale", matches = "true")
class GateScaleTest {
    private static final int DATABASES = 100;
    private static final int ROWS = 1_000;
    private static final int GONE = 7;

    @TempDir
    Path home;

    @Test
    void a_hundred_thousand_pages_are_compared_one_by_one_within_256_mebibytes() throws Exception {
        Path log = home.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        GateScaleTest.class.getName(),
                        home.resolve("state").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(10, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).isTrue();
        assertThat(Files.readString(log))
                .contains("first accepted")
                .contains(
                        "second held: 1 database that 20261101T020005Z-7f3a91 has is gone: \"Table 7\" with 1000 rows.")
                .contains("pages 99000, gone 1000, edited 9900");
    }

    /** What the test starts as a process of its own. */
    public static void main(String[] arguments) throws Exception {
        Path state = Path.of(arguments[0]);
        Destinations destinations = new Destinations(List.of());
        Vaults vaults = new Vaults(state, Clock.systemUTC());
        Baselines baselines = new Baselines(state, vaults, destinations);
        Gate gate = new Gate(state, baselines);
        Promotion promotion = new Promotion(state, vaults, destinations, baselines, "saddlebag test");
        Run first = run(state, 1);
        Verdict good = gate.judge(first);
        // Sealing it needs the bytes of its files, and has tests of its own.
        baselines.prepare(first);
        baselines.accept(first);
        first.staging().delete();
        System.out.println("first " + good.words());
        Run second = run(state, 2);

        long start = System.nanoTime();
        Verdict verdict = gate.judge(second);
        long judged = System.nanoTime();
        promotion.hold(second, verdict);

        System.out.println("second " + verdict.words() + ": " + verdict.sentence());
        System.out.printf(
                "pages %d, gone %d, edited %d%njudged in %d ms%n%s%n",
                verdict.count().get("pages"),
                verdict.count().get("pages_gone"),
                verdict.count().get("pages_changed"),
                TimeUnit.NANOSECONDS.toMillis(judged - start),
                peak());
    }

    /** The second day, every tenth row was edited, and one database is gone. */
    private static Run run(Path state, int day) throws IOException {
        Run run = SampleRun.in(state.resolve("acme"), day);
        for (int table = 0; table < DATABASES; table++) {
            if (day == 2 && table == GONE) {
                continue;
            }
            ObjectRef database = SampleAccount.ref(Kind.DATABASE, 1_000_000 + table);
            ObjectRef source = SampleAccount.ref(Kind.DATA_SOURCE, 2_000_000 + table);
            run.ledger().settle(titled(SampleAccount.of(database), "Table " + table));
            run.ledger().settle(titled(SampleAccount.of(source).parent(database), "Table " + table));
            for (int row = 0; row < ROWS; row++) {
                int number = table * ROWS + row;
                boolean edited = day == 2 && row % 10 == 0;
                String name = "picture-" + number / 10 + ".png";
                run.ledger()
                        .settle(titled(
                                SampleAccount.of(SampleAccount.page(number))
                                        .parent(source)
                                        .edited(edited ? "2026-11-01T09:00:00.000Z" : "2026-10-01T09:00:00.000Z")
                                        .blocks(12)
                                        .files(new Account.NamedFile(
                                                "https://files.example/" + name,
                                                Hashes.of(name.getBytes(StandardCharsets.UTF_8)),
                                                10_000)),
                                "A row whose title is as long as titles are, number " + number));
            }
        }
        run.staging().write("workspace.json", Json.MAPPER.createObjectNode());
        return run;
    }

    private static Account titled(SampleAccount account, String title) {
        ObjectNode line = Json.MAPPER.createObjectNode().put("title", title);
        return account.line(line).account();
    }

    /** The most memory that the process had, where Linux tells. */
    private static String peak() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return "";
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .findFirst()
                .orElse("");
    }
}
