package dev.saddlebag.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line says of a vault of 0.1.0, sound or damaged, word for word, and how it exits. */
class GoldenVaultCommandTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/0.1.0");
    private static final String PARTIAL = "20261122T020005Z-a37734";
    private static final String NEWEST = "20261123T020005Z-bfc994";
    private static final String UNFINISHED =
            "meta/20261124T020005Z-02770b.sha256: announces a run that is not finished here (snapshot 20261124T020005Z-02770b)";

    private static final String REWRITTEN =
            "vault.json: is not what was written: its SHA-256 is not the one in the signed records";
    private static final String[] NO_OPTIONS = {};

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void homeIsTheProject() {
        System.setProperty("saddlebag.home", Path.of("").toAbsolutePath().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "encrypted"})
    void a_sound_one_is_listed_verified_and_exported(String kind) throws Exception {
        use(kind);
        String[] identity = kind.equals("plain")
                ? NO_OPTIONS
                : new String[] {
                    "--identity",
                    GOLDEN.resolve("encrypted/TEST-ONLY-recovery-identity.txt").toString()
                };

        assertThat(run(identity, "verify", "--level", "full")).isZero();
        assertThat(out.toString().strip().lines())
                .containsExactly(UNFINISHED, "acme at vault, full: all is as it was written.");
        assertThat(run(NO_OPTIONS, "snapshots")).isZero();
        assertThat(out.toString()).contains(PARTIAL, NEWEST).doesNotContain("20261121");
        assertThat(run(
                        identity,
                        "export",
                        "latest",
                        "--to",
                        folder.resolve("out").toString()))
                .isZero();
        assertThat(folder.resolve("out/moved/pages/Ünïcödé Á/日本 🎒.md")).hasContent("# bags");
    }

    @Test
    void an_encrypted_one_without_its_key_is_verified_as_far_as_that_goes_and_not_exported() throws Exception {
        use("encrypted");

        assertThat(run(NO_OPTIONS, "verify", "--level", "full")).isZero();
        assertThat(run(
                        NO_OPTIONS,
                        "export",
                        "latest",
                        "--to",
                        folder.resolve("out").toString()))
                .isEqualTo(2);
        assertThat(err.toString())
                .startsWith("the snapshot " + NEWEST + " is encrypted to age1")
                .contains("Give the identity file of one of these keys (--identity FILE)");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void a_missing_pack_costs_what_is_in_it() throws Exception {
        use("plain");
        Files.delete(vault().resolve("data/" + NEWEST + "-p0001.zip"));
        String missing = "data/" + NEWEST + "-p0001.zip: is missing (snapshot " + NEWEST
                + "); concerns 1 path: moved/objects/pages/2.json";

        verifiedAs(7, UNFINISHED, missing, "acme at vault, quick: 1 findings of DAMAGE.");
        exportedAs(
                7,
                "of the snapshot " + NEWEST + ", 12 of 13 files were written to " + folder.resolve("out")
                        + "; the others are lost at this destination: " + missing);
    }

    @Test
    void a_torn_list_costs_its_snapshot() throws Exception {
        use("plain");
        Path list = vault().resolve("meta/" + NEWEST + ".sha256");
        Files.write(list, Arrays.copyOf(Files.readAllBytes(list), 300));
        String torn = "meta/" + NEWEST + ".sha256: is damaged: it is torn: the closing line is missing (snapshot "
                + NEWEST + "); the whole snapshot cannot be read back";

        verifiedAs(7, torn, UNFINISHED, "acme at vault, quick: 1 findings of DAMAGE.");
        exportedAs(7, torn);
        assertThat(run(
                        NO_OPTIONS,
                        "export",
                        PARTIAL,
                        "--to",
                        folder.resolve("out").toString()))
                .as("no other snapshot")
                .isZero();
    }

    @Test
    void a_signature_of_something_else_is_none() throws Exception {
        use("plain");
        Files.copy(
                vault().resolve("meta/" + PARTIAL + ".sha256.sig"),
                vault().resolve("meta/" + NEWEST + ".sha256.sig"),
                StandardCopyOption.REPLACE_EXISTING);
        String bad = "meta/" + NEWEST + ".sha256: does not match its signature meta/" + NEWEST
                + ".sha256.sig: one of the two was altered (snapshot " + NEWEST
                + "); the whole snapshot cannot be read back";

        verifiedAs(7, bad, UNFINISHED, "acme at vault, quick: 1 findings of DAMAGE.");
        exportedAs(7, bad);
    }

    @Test
    void a_format_of_the_future_is_refused() throws Exception {
        use("plain");
        describe("saddlebag-vault/1", "saddlebag-vault/2");

        verifiedAs(7, REWRITTEN, UNFINISHED, "acme at vault, quick: 1 findings of DAMAGE.");
        exportedAs(
                1,
                "this vault cannot be read: in vault.json, its format is \"saddlebag-vault/2\" and this Saddlebag reads"
                        + " \"saddlebag-vault/1\". Nothing was changed. Use a newer Saddlebag");
    }

    @Test
    void a_requirement_of_the_future_is_refused() throws Exception {
        use("plain");
        describe("\"requires\" : [ ]", "\"requires\" : [ \"zstd\" ]");

        verifiedAs(7, REWRITTEN, UNFINISHED, "acme at vault, quick: 1 findings of DAMAGE.");
        exportedAs(
                1,
                "this vault cannot be read: in vault.json, reading it requires \"zstd\", which this Saddlebag does not"
                        + " know. Nothing was changed. Use a newer Saddlebag");
    }

    private void verifiedAs(int exit, String... lines) {
        assertThat(run(NO_OPTIONS, "verify")).isEqualTo(exit);
        assertThat(out.toString().strip().lines()).containsExactly(lines);
        assertThat(err.toString()).isEmpty();
    }

    private void exportedAs(int exit, String sentence) {
        assertThat(run(
                        NO_OPTIONS,
                        "export",
                        "latest",
                        "--to",
                        folder.resolve("out").toString()))
                .isEqualTo(exit);
        assertThat(err.toString().strip()).isEqualTo(sentence);
    }

    private Path vault() {
        return folder.resolve("vault/acme");
    }

    private void describe(String from, String to) throws IOException {
        Path file = vault().resolve("vault.json");
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to), StandardCharsets.UTF_8);
    }

    private void use(String kind) throws IOException {
        Path golden = GOLDEN.resolve(kind).resolve("vault");
        try (var files = Files.walk(golden)) {
            for (Path file : files.toList()) {
                Path copy = vault().resolve(golden.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                if (Files.isRegularFile(file)) {
                    Files.copy(file, copy);
                }
            }
        }
        Files.writeString(folder.resolve("application.properties"), """
                saddlebag.routes-directory = %s
                saddlebag.state-directory = state
                saddlebag.workspaces = acme
                saddlebag.workspace.acme.token = none
                saddlebag.workspace.acme.destinations = vault
                saddlebag.destination.vault.kind = folder
                saddlebag.destination.vault.directory = vault
                """.formatted(
                        Path.of("routes").toAbsolutePath()));
    }

    private int run(String[] options, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(
                List.of("--config", folder.resolve("application.properties").toString()));
        all.addAll(List.of(arguments));
        all.addAll(List.of(options));
        return Saddlebag.execute(new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
    }
}
