package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.destination.Folder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * 100,000 entries with little memory (facts/vault-study.md §5 "scale"). Runs in a process of its own with a small heap,
 * when {@code -Dsaddlebag.scale=true} is given: it takes about a minute.
 */
@Tag("scale")
class ScaleTest {
    private static final int ENTRIES = 100_000;

    @TempDir
    Path home;

    @ParameterizedTest
    @EnabledIfSystemProperty(named = "saddlebag.scale", matches = "true")
    @ValueSource(strings = {"plain", "encrypted"})
    void a_hundred_thousand_entries_need_64_mebibytes_of_heap(String kind) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

        var result = Tools.run(
                home,
                null,
                java,
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ScaleTest.class.getName(),
                home.toString(),
                kind);

        assertThat(result.output())
                .contains("carried over " + (ENTRIES - 1) + " COMMITTED")
                .contains("findings []")
                .contains("exported " + ENTRIES);
        assertThat(result.exit()).isZero();
    }

    /** The process with the small heap: stage, seal twice, seal one change and carry over the rest, ship, verify, export. */
    public static void main(String[] arguments) throws Exception {
        var home = Path.of(arguments[0]);
        var staged = home.resolve("staged/objects/pages");
        Files.createDirectories(staged);
        for (int i = 0; i < ENTRIES; i++) {
            Files.writeString(staged.resolve("page-number-%06d-8b7e1c52.json".formatted(i)), "{\"page\":" + i + "}");
        }
        var key = SigningKey.at(home.resolve("key.pem"));
        var spool = Spool.open(home.resolve("spool"), "acme", Clock.systemUTC());
        var store = new Folder(home.resolve("vault"));
        var shipper = new Shipper(spool, key, true);
        var identity = arguments[1].equals("encrypted") ? List.of(Identity.create()) : List.<Identity>of();
        var recipients = identity.stream().map(Identity::recipient).toList();
        var random = new Random(1);
        for (int generation = 0; generation < 2; generation++) {
            Files.writeString(staged.resolve("page-number-000000-8b7e1c52.json"), "generation " + generation);
            var run = RunId.create(Clock.offset(Clock.systemUTC(), Duration.ofDays(generation - 2)), random);
            var facts = new Facts("accepted", true, Map.of(), "scale");
            var sealed = new Sealer(spool, key, recipients).seal(run, home.resolve("staged"), facts, Notes.NONE);
            var receipt = shipper.ship(sealed, "vault", store, List.of());
            step(receipt.outcome() + " " + receipt.bytes() + " bytes " + receipt.error());
        }
        var sealed = new Sealer(spool, key, recipients)
                .seal(
                        RunId.create(Clock.systemUTC(), random),
                        changed(home),
                        new Facts("accepted", true, Map.of(), "scale"),
                        Notes.NONE,
                        new AllButOne());
        var receipt = shipper.ship(sealed, "vault", store, List.of());
        step("carried over " + (sealed.facts().counts().get("entries") - 1) + " " + receipt.outcome() + " "
                + receipt.error());
        var vault = new Vault(store, home).with(identity.isEmpty() ? null : Age.decryption(identity));
        step("findings " + vault.verify(Level.FULL, id -> true, List.of()));
        var exported = vault.export(vault.find("latest"), home.resolve("out"), entry -> true, Progress.NONE);
        step("exported " + exported.files());
    }

    private static Path changed(Path home) throws Exception {
        var staged = home.resolve("changed");
        var page = staged.resolve("objects/pages/page-number-000000-8b7e1c52.json");
        Files.createDirectories(page.getParent());
        Files.writeString(page, "changed");
        return staged;
    }

    private static final class AllButOne implements CarriedOver {
        @Override
        public boolean contains(String path, String sha256) {
            return true;
        }

        @Override
        public long expected() {
            return ENTRIES - 1;
        }
    }

    private static void step(String text) {
        System.out.println(java.time.LocalTime.now(java.time.ZoneOffset.UTC) + " " + text);
        System.out.flush();
    }
}
