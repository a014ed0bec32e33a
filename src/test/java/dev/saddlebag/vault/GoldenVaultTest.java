package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What any released version has written is read, verified, built upon and pruned by this one. */
class GoldenVaultTest {
    private final Workshop host = new Workshop();

    @AfterEach
    void clear() throws Exception {
        host.close();
    }

    static Stream<GoldenVault> all() throws IOException {
        return GoldenVault.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void is_sound_at_every_level(GoldenVault golden) throws Exception {
        for (var level : Level.values()) {
            assertThat(opened(golden, golden.copy()).verify(level, run -> true, List.of()))
                    .singleElement()
                    .satisfies(note -> {
                        assertThat(note.isDamage()).isFalse();
                        assertThat(note.what()).isEqualTo("announces a run that is not finished here");
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void comes_out_as_it_went_in(GoldenVault golden) throws Exception {
        var store = golden.copy();
        assertThat(opened(golden, store).snapshots())
                .extracting(Snapshot::id)
                .containsExactlyElementsOf(golden.expected().keySet());

        for (var snapshot : golden.expected().entrySet()) {
            assertThat(GoldenVault.hashes(exported(golden, store, snapshot.getKey())))
                    .containsExactlyEntriesOf(snapshot.getValue());
        }
        try (var entries = opened(golden, store).entries(opened(golden, store).find("latest"))) {
            assertThat(entries.next()).isPresent();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void the_next_run_builds_upon_it(GoldenVault golden) throws Exception {
        var store = golden.copy();
        var newest = newestOf(golden);
        var data = store.list("data");

        var next = runAfter(golden, store, exported(golden, store, newest));

        if (golden.isEncrypted()) {
            assertThat(next.snapshot().parent())
                    .as("a host without keys has no baseline")
                    .isEmpty();
        } else {
            assertThat(next.snapshot().parent()).contains(newest);
            assertThat(store.list("data")).as("nothing is sent again").isEqualTo(data);
        }
        assertThat(GoldenVault.hashes(exported(golden, store, next.id())))
                .isEqualTo(golden.expected().get(newest));
        assertThat(opened(golden, store).verify(Level.FULL, run -> true, List.of()))
                .noneMatch(Finding::isDamage);
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_prune_hides_and_deletes_what_has_expired_and_nothing_else(GoldenVault golden) throws Exception {
        var store = golden.copy();
        var newest = newestOf(golden);
        var tree = exported(golden, store, newest);
        var next = runAfter(golden, store, tree);
        var pruner = new Pruner(host.vault(store), host.spool(), "vault");

        assertThat(pruner.prune(Garden.LAST_TWO, Garden.DAILY, true).hidden())
                .containsExactlyElementsOf(
                        golden.expected().keySet().stream().limit(1).toList());
        host.now = host.now.plus(Duration.ofDays(8));
        runAfter(golden, store, tree);
        assertThat(pruner.prune(Garden.LAST_TWO, Garden.DAILY, true).removed()).hasSizeGreaterThanOrEqualTo(2);

        assertThat(GoldenVault.hashes(exported(golden, store, next.id())))
                .isEqualTo(golden.expected().get(newest));
        assertThat(opened(golden, store).verify(Level.FULL, run -> true, List.of()))
                .noneMatch(Finding::isDamage);
    }

    @ParameterizedTest
    @MethodSource("all")
    void fields_of_later_versions_are_ignored_and_what_they_require_is_refused(GoldenVault golden) throws Exception {
        var store = golden.copy();
        var first = golden.expected().keySet().iterator().next();
        var forger = new Forger(store, golden.signingKey(), first);

        forger.forgeRecord(record -> record.replace("\"requires\"", "\"later\" : { \"a\" : [ 1 ] },\n  \"requires\""));
        assertThat(GoldenVault.hashes(exported(golden, store, first)))
                .isEqualTo(golden.expected().get(first));

        forger.forgeRecord(record -> record.replace("\"requires\" : [ ]", "\"requires\" : [ \"zstd\" ]"));
        assertThatThrownBy(() -> opened(golden, store).find(first.value()))
                .isInstanceOf(UnsupportedVaultException.class)
                .hasMessage("the snapshot " + first + " cannot be read: in " + Names.record(first)
                        + ", reading it requires \"zstd\", which this Saddlebag does not know. Nothing was changed. Use a"
                        + " newer Saddlebag");
        assertThat(exported(golden, store, newestOf(golden)))
                .as("the others are read")
                .isNotEmpty();
    }

    private static RunId newestOf(GoldenVault golden) throws IOException {
        return golden.expected().lastKey();
    }

    /** A new host takes the vault over and backs up the next day. */
    private Sealed runAfter(GoldenVault golden, Store store, Map<String, byte[]> tree) throws IOException {
        if (golden.isEncrypted()) {
            host.recipients =
                    golden.identities().stream().map(Identity::recipient).toList();
        }
        if (!host.spool().knowsItself()) {
            host.now = newestOf(golden).started().plus(Duration.ofDays(1));
            host.random.setSeed(11);
            host.spool().recover(List.of(store));
        }
        var next = host.seal(tree);
        assertThat(host.ship(next, store).error()).isEmpty();
        return next;
    }

    private Vault opened(GoldenVault golden, Store store) throws IOException {
        var vault = host.vault(store);
        return golden.isEncrypted() ? vault.with(Age.decryption(golden.identities())) : vault;
    }

    private Map<String, byte[]> exported(GoldenVault golden, Store store, RunId run) throws IOException {
        var target = Files.createTempDirectory(host.home, "export-");
        var vault = opened(golden, store);
        vault.export(vault.find(run.value()), target, entry -> true, Progress.NONE);
        return Workshop.read(target);
    }
}
