package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Even a rightly signed manifest is not trusted: nothing is written outside the target, nothing without end. */
class HostileVaultTest {
    private static final byte[] CONTENT = Workshop.text("content");

    private final Workshop workshop = new Workshop();
    private final MemoryStore store = new MemoryStore();
    private RunId run;
    private Forger forger;

    @BeforeEach
    void fill() throws Exception {
        var files = new TreeMap<String, byte[]>();
        files.put("aa/one.md", CONTENT);
        files.put("bb/two.md", Workshop.text("other"));
        var sealed = workshop.seal(files);
        workshop.ship(sealed, store);
        run = sealed.id();
        forger = new Forger(store, workshop.key, run);
    }

    @AfterEach
    void clear() throws Exception {
        workshop.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "/evil",
                "aa/../../evil",
                "aa//evil",
                "aa/./evil",
                "aa/evil.",
                "aa/evil ",
                "..",
                ".",
                "",
                "aa\\\\..\\\\evil",
                "aa/\\u0007",
                "aa/\\ud800",
                "BB/TWO.md",
                "bb",
                "BB",
                "bb/two.md",
                "zz/out of order",
                "aa/e\\u0301"
            })
    void a_path_that_no_snapshot_has_is_refused(String path) throws Exception {
        forger.forgeManifest(lines -> replaced(lines, 1, "aa/one.md", path));
        refused();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"s\":7 | \"s\":6",
                "\"s\":7 | \"s\":8",
                "\"s\":7 | \"s\":-1",
                "\"s\":7 | \"s\":99999999999999999999",
                "\"s\":7 | \"s\":9223372036854775807",
                "\"f\":0 | \"f\":1",
                "\"f\":0 | \"f\":-1",
                "\"f\":0 | \"f\":[]",
                "\"f\":0 | \"f\":[0,0]",
                "\"f\":0 | \"f\":\"0\"",
                "\"f\":0 | \"f\":0,\"e\":\"none\"",
                "\"f\":0 | \"f\":0,\"e\":\"bb/two.md\"",
                "\"h\":\" | \"h\":\"0",
                "\"h\":\" | \"x\":\"",
                "} | }{}",
                "} | ",
            })
    void an_entry_that_lies_is_refused(String truth, String lie) throws Exception {
        forger.forgeManifest(lines -> replaced(lines, 1, truth, lie == null ? "" : lie));
        refused();
    }

    @Test
    void a_manifest_that_uses_what_is_not_signed_is_refused() throws Exception {
        store.files.put("data/20200101T000000Z-000000-p0001.zip", new byte[10]);
        forger.forgeManifest(lines -> replaced(lines, 0, "data/" + run, "data/20200101T000000Z-000000"));
        refused();
        forger.forgeManifest(lines -> replaced(lines, 0, "\"id\":\"" + run, "\"id\":\"20200101T000000Z-000000"));
        refused();
    }

    @Test
    void a_manifest_with_more_or_fewer_entries_than_it_says_is_refused() throws Exception {
        var sound = store.files.get(Names.manifest(run));
        forger.forgeManifest(lines -> lines.subList(0, 2));
        refused();
        forger.forge(Names.manifest(run), sound);
        forger.forgeManifest(lines -> {
            var more = new ArrayList<>(lines);
            more.add(lines.get(2).replace("bb/two", "cc/two"));
            return more;
        });
        refused();
        forger.forge(Names.manifest(run), java.util.Arrays.copyOf(sound, sound.length - 9));
        refused();
        forger.forge(Names.manifest(run), Forger.gzip("x".repeat(70 << 20)));
        refused();
    }

    @Test
    void a_pack_that_unpacks_without_end_is_stopped_at_the_size_of_its_entry() throws Exception {
        var bomb = new ByteArrayOutputStream();
        try (var pack = new PackWriter(0, StoredOutput.plain("bomb", bomb))) {
            pack.deflate("aa/one.md", new ByteArrayInputStream(new byte[200 << 20]));
            pack.deflate("bb/two.md", new ByteArrayInputStream(Workshop.text("other")));
            pack.finish();
        }
        forger.forge("data/" + run + "-p0001.zip", bomb.toByteArray());
        var target = workshop.home.resolve("target");
        var vault = workshop.vault(store);

        assertThatThrownBy(() -> vault.export(vault.find("latest"), target, entry -> true, Progress.NONE))
                .isInstanceOf(DamageException.class)
                .hasMessageContaining("unpacks to more than 7 bytes");
        assertThat(Workshop.read(target)).containsOnlyKeys("bb/two.md");
    }

    @Test
    void a_link_in_the_target_is_not_followed() throws Exception {
        var outside = Files.createDirectory(workshop.home.resolve("outside"));
        var target = Files.createDirectory(workshop.home.resolve("target"));
        Files.createSymbolicLink(target.resolve("aa"), outside);
        var vault = workshop.vault(store);

        assertThatThrownBy(() -> vault.export(vault.find("latest"), target, entry -> true, Progress.NONE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("link");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void an_export_overwrites_nothing_and_goes_on_where_it_ended() throws Exception {
        var target = workshop.home.resolve("target");
        var vault = workshop.vault(store);
        var snapshot = vault.find("latest");
        vault.export(snapshot, target, entry -> entry.path().startsWith("aa"), Progress.NONE);
        assertThat(Workshop.read(target)).containsOnlyKeys("aa/one.md");

        var all = vault.export(snapshot, target, entry -> true, Progress.NONE);
        assertThat(all).isEqualTo(new Exported(2, 12));

        Files.writeString(target.resolve("aa/one.md"), "changed");
        assertThatThrownBy(() -> vault.export(snapshot, target, entry -> true, Progress.NONE))
                .hasMessageContaining("aa/one.md")
                .hasMessageContaining("not overwritten");
        assertThat(target.resolve("aa/one.md")).hasContent("changed");
    }

    @Test
    void a_later_format_or_an_unknown_requirement_is_refused_in_a_sentence() throws Exception {
        var vaultJson = store.files.get(Names.VAULT);
        store.files.put(Names.VAULT, replaced(vaultJson, "saddlebag-vault/1", "saddlebag-vault/2"));
        assertThatThrownBy(() -> workshop.vault(store).snapshots())
                .isInstanceOf(UnsupportedVaultException.class)
                .hasMessageContaining("saddlebag-vault/2")
                .hasMessageContaining("newer Saddlebag");
        store.files.put(Names.VAULT, vaultJson);

        forger.forgeRecord(record -> record.replace("\"requires\" : [ ]", "\"requires\" : [ \"zstd\" ]"));
        assertThatThrownBy(() -> workshop.vault(store).find("latest"))
                .isInstanceOf(UnsupportedVaultException.class)
                .hasMessageContaining(run.value())
                .hasMessageContaining("\"zstd\"");
        assertThat(workshop.vault(store).verify(Level.FULL, id -> true, List.of()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).contains("zstd"));
    }

    @Test
    void unknown_fields_are_ignored() throws Exception {
        forger.forgeRecord(record -> record.replace("\"requires\"", "\"later\" : { \"a\" : 1 }, \"requires\""));
        forger.forgeManifest(lines -> replaced(
                replaced(lines, 1, "\"f\":0", "\"f\":0,\"later\":{\"a\":[1]}"),
                0,
                "\"files\"",
                "\"later\":[{}],\"files\""));

        assertThat(workshop.export(store, run)).containsOnlyKeys("aa/one.md", "bb/two.md");
    }

    @Test
    void a_tree_that_cannot_be_a_snapshot_is_not_sealed() throws Exception {
        for (var bad : List.of("a/b.", "a/c ", "x".repeat(241), "a\\b", "e\u0301", "a/\u0007")) {
            assertThatThrownBy(() -> workshop.seal(Map.of(bad, CONTENT)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("could not be sealed")
                    .hasMessageContaining("is refused: it")
                    .hasMessageContaining("earlier snapshots are as they were");
        }
        assertThatThrownBy(() -> workshop.seal(Map.of("Read", CONTENT, "read", CONTENT)))
                .hasMessageContaining("upper and lower case");
        assertThatThrownBy(() -> workshop.seal(Map.of("Read/x", CONTENT, "read", CONTENT)))
                .hasMessageContaining("\"read\"");
        var tree = workshop.stage(Map.of("a", CONTENT));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("/etc/hostname"));
        var sealer = new Sealer(workshop.spool(), workshop.key);
        var id = RunId.create(workshop.clock(), workshop.random);
        assertThatThrownBy(() -> sealer.seal(id, tree, Workshop.facts(), Notes.NONE))
                .hasMessageContaining("\"link\"")
                .hasMessageContaining("neither a file nor a folder");
        assertThat(workshop.spool().waiting()).hasSize(1);
    }

    private void refused() throws Exception {
        var target = workshop.home.resolve("out/target");
        var vault = workshop.vault(store);
        var snapshot = vault.find("latest");
        assertThatThrownBy(() -> vault.export(snapshot, target, entry -> true, Progress.NONE))
                .isInstanceOf(IOException.class);
        assertThat(vault.verify(Level.FULL, id -> true, List.of())).isNotEmpty();
        if (Files.exists(target)) {
            assertThat(Workshop.read(workshop.home.resolve("out"))).doesNotContainKey("target/aa/one.md");
            Workshop.erase(target);
        }
        assertThat(workshop.home.resolve("evil")).doesNotExist();
        assertThat(workshop.home.resolve("out/evil")).doesNotExist();
        assertThat(workshop.scratch).isEmptyDirectory();
    }

    private static List<String> replaced(List<String> lines, int line, String from, String to) {
        var changed = new ArrayList<>(lines);
        assertThat(lines.get(line)).contains(from);
        changed.set(line, lines.get(line).replace(from, to));
        return changed;
    }

    private static byte[] replaced(byte[] content, String from, String to) {
        return Workshop.text(new String(content, java.nio.charset.StandardCharsets.UTF_8).replace(from, to));
    }
}
