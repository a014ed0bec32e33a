package dev.saddlebag.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saddlebag.configuration.DestinationSettings;
import dev.saddlebag.configuration.Holds;
import dev.saddlebag.vault.Entries;
import dev.saddlebag.vault.Finding;
import dev.saddlebag.vault.RunId;
import dev.saddlebag.vault.Sealed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kind {@code git}, as routes use it, with real repositories and the real git to look into them. */
class GitKameletTest {
    @RegisterExtension
    final SftpServer server = new SftpServer();

    @TempDir
    Path home;

    private final List<DestinationRoutes> opened = new ArrayList<>();
    private TreeWorkshop workshop;
    private GitTool remote;

    @BeforeEach
    void prepare() throws Exception {
        workshop = new TreeWorkshop(home, "acme");
        remote = GitTool.bare(home.resolve("remote.git"));
    }

    @AfterEach
    void close() {
        opened.forEach(DestinationRoutes::close);
    }

    @Test
    void the_first_snapshot_becomes_the_first_commit() throws Exception {
        Planted planted = put(workshop.seal(TreeWorkshop.sample()));

        assertThat(planted).isEqualTo(new Planted(true, true, 11, bytes(TreeWorkshop.sample()), 0, List.of()));
        assertThat(remote.git("log", "--format=%an <%ae> %aI %cn %cI %s", "acme"))
                .isEqualTo("Saddlebag <saddlebag@localhost> 2026-11-21T02:00:05+00:00 Saddlebag"
                        + " 2026-11-21T02:00:05+00:00 acme, 2026-11-21 02:00 UTC: 2 pages, the first snapshot here");
        assertThat(files("acme")).isEqualTo(TreeWorkshop.sample());
        assertSound();
    }

    @Test
    void a_commit_differs_from_the_one_before_in_what_changed_and_nothing_else_is_read() throws Exception {
        put(workshop.seal(TreeWorkshop.sample()));
        Map<String, String> changed = TreeWorkshop.sample("{\"page\":\"two\"}");
        changed.remove("pages/a.md");
        changed.put("pages/b/c/d.md", "new\n");
        Sealed second = workshop.seal(changed);

        Planted planted = put(second);

        assertThat(planted.files()).isEqualTo(2);
        assertThat(planted.unchanged()).isEqualTo(9);
        assertThat(remote.lines("diff", "--name-status", "--no-renames", "acme~1", "acme"))
                .containsExactlyInAnyOrder("M\tobjects/pages/2.json", "D\tpages/a.md", "A\tpages/b/c/d.md");
        assertThat(remote.git("log", "-1", "--format=%B", "acme"))
                .isEqualTo("acme, 2026-11-22 02:00 UTC: 2 pages, 1 changed\n\nSaddlebag-Snapshot: " + second.id()
                        + "\nSaddlebag-Workspace: acme\nSaddlebag-List-SHA256: "
                        + second.snapshot().listSha256()
                        + "\nSaddlebag-Verdict: complete\nSaddlebag-Content: all\nSaddlebag-Files: 11\nSaddlebag-Bytes: "
                        + bytes(changed));
        assertThat(files("acme")).isEqualTo(changed);
        assertSound();
    }

    @Test
    void each_snapshot_is_a_commit_even_one_without_a_change_and_a_partial_one() throws Exception {
        put(workshop.seal(TreeWorkshop.sample()));
        put(workshop.seal(TreeWorkshop.sample()));
        put(workshop.seal(TreeWorkshop.sample(), false));

        assertThat(remote.lines("log", "--format=%s|%(trailers:key=Saddlebag-Verdict,valueonly,separator=)", "acme"))
                .containsExactly(
                        "acme, 2026-11-23 02:00 UTC: 2 pages, 0 changed, partial|partial",
                        "acme, 2026-11-22 02:00 UTC: 2 pages, 0 changed|complete",
                        "acme, 2026-11-21 02:00 UTC: 2 pages, the first snapshot here|complete");
        assertThat(remote.git("diff", "acme~2", "acme")).isEmpty();
    }

    @Test
    void older_packs_come_from_the_vaults() throws Exception {
        Sealed first = workshop.seal(TreeWorkshop.sample());
        workshop.clearSpool();
        Sealed second = workshop.seal(TreeWorkshop.sample("two"));
        assertThat(first.directory()).doesNotExist();

        put(second);

        assertThat(files("acme")).isEqualTo(TreeWorkshop.sample("two"));
    }

    @Test
    void a_snapshot_that_is_there_is_not_put_twice() throws Exception {
        Sealed first = workshop.seal(TreeWorkshop.sample());
        put(first);

        assertThat(put(first).isNew()).isFalse();
        assertThat(remote.lines("rev-list", "acme")).hasSize(1);
    }

    @Test
    void what_is_there_is_listed_and_can_be_had_as_a_zip() throws Exception {
        assertThat(trees().list()).isEmpty();
        Sealed first = workshop.seal(TreeWorkshop.sample());
        Sealed second = workshop.seal(TreeWorkshop.sample("two"));
        put(first);
        put(second);

        assertThat(trees().list())
                .containsExactly(
                        Map.entry(first.id(), bytes(TreeWorkshop.sample())),
                        Map.entry(second.id(), bytes(TreeWorkshop.sample("two"))));
        assertThat(zip(first.id())).isEqualTo(TreeWorkshop.sample());
        assertThat(zip(second.id())).isEqualTo(TreeWorkshop.sample("two"));
        assertThatThrownBy(() -> trees().get(RunId.parse("20200101T000000Z-000000")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void git_itself_verifies_what_is_signed() throws Exception {
        Map<String, String> options = options("sign", "true");
        options.put("author-name", "Acme's \"backup\" #{1}");
        options.put("author-email", "backup@acme.example");
        put(workshop.seal(TreeWorkshop.sample()), options);
        put(workshop.seal(TreeWorkshop.sample("two")), options);
        String ofVaults = Files.readString(home.resolve("vault/acme/allowed_signers"));
        Path allowed = Files.writeString(
                home.resolve("allowed"),
                ofVaults.replaceAll(
                        "(?m)^saddlebag namespaces=\"saddlebag\"", "backup@acme.example namespaces=\"git\""));

        for (String commit : List.of("acme", "acme~1")) {
            assertThat(remote.git(
                            "-c",
                            "gpg.format=ssh",
                            "-c",
                            "gpg.ssh.allowedSignersFile=" + allowed,
                            "verify-commit",
                            commit))
                    .contains("Good \"git\" signature for backup@acme.example with ED25519 key");
        }
        assertThat(remote.git("log", "-1", "--format=%an", "acme")).isEqualTo("Acme's \"backup\" #{1}");
        assertSound();
    }

    @Test
    void a_file_above_the_limit_is_left_out_and_named() throws Exception {
        Map<String, String> large = TreeWorkshop.sample();
        large.put("files/large.bin", "x".repeat((1 << 20) + 1));
        large.put("files/just.bin", "y".repeat(1 << 20));
        Planted planted = put(workshop.seal(large), options("largest-file", "1"));

        String why = "larger than the 1 MiB of largest-file";
        assertThat(planted.leftOut()).containsExactly(new LeftOut("files/large.bin", (1 << 20) + 1, why));
        Map<String, String> there = files("acme");
        assertThat(there.remove("LEFT-OUT.txt"))
                .contains("The vaults of the workspace have them")
                .endsWith("files/large.bin\t1048577\t" + why + "\n");
        large.remove("files/large.bin");
        assertThat(there).isEqualTo(large);

        large.put("files/large.bin", "x".repeat((1 << 20) + 1));
        assertThat(put(workshop.seal(large), options("largest-file", "2")).leftOut())
                .isEmpty();
        assertThat(files("acme")).isEqualTo(large);
        assertSound();
    }

    @ParameterizedTest
    @ValueSource(strings = {".git", ".GIT", "git~1", "GIT~1", ".g\u200cit", ".gitmodules", ".git:x"})
    void names_that_git_keeps_for_itself_are_left_out_and_named(String name) throws Exception {
        Map<String, String> files = TreeWorkshop.sample();
        files.put("pages/" + name + "/config", "[core]\n");
        files.put("pages/x" + name, "fine\n");
        remote.git("config", "receive.fsckObjects", "true");

        Planted planted = put(workshop.seal(files), overSsh());

        assertThat(planted.leftOut()).extracting(LeftOut::path).containsExactly("pages/" + name + "/config");
        assertThat(files("acme"))
                .containsKey("LEFT-OUT.txt")
                .containsKey("pages/x" + name)
                .doesNotContainKey("pages/" + name + "/config");
        assertSound();
    }

    @Test
    void the_originals_of_an_export_are_not_in_the_tree_and_nobody_misses_them() throws Exception {
        Map<String, String> files = TreeWorkshop.sample();
        files.put("export/A 11111111111111111111111111111111.md", "# A\n");
        files.put("pages/Made of an export.md", "# A\n");

        Planted planted = put(workshop.seal(files), overSsh());

        assertThat(planted.leftOut()).isEmpty();
        files.keySet().removeIf(path -> path.startsWith("export/"));
        assertThat(files("acme")).isEqualTo(files);
        assertSound();
    }

    @Test
    void a_path_without_a_repository_is_refused_with_the_way_to_make_one() throws Exception {
        Sealed sealed = workshop.seal(TreeWorkshop.sample());
        Path nowhere = home.resolve("nowhere.git");
        Map<String, String> options = options("remote", nowhere.toString());

        assertThatThrownBy(() -> put(sealed, options))
                .hasMessageContaining("there is no git repository at " + nowhere)
                .hasMessageContaining("git init --bare " + nowhere);
        assertThat(nowhere).doesNotExist();
        GitTool.bare(nowhere);
        assertThat(put(sealed, options).isNew()).isTrue();
    }

    @Test
    void a_branch_with_commits_of_others_is_refused_and_left_as_it_is() throws Exception {
        put(workshop.seal(TreeWorkshop.sample()));
        commitOnTop("acme", "Fix a typo");
        String before = remote.git("rev-parse", "acme");

        assertThatThrownBy(() -> put(workshop.seal(TreeWorkshop.sample("two"))))
                .hasMessageContaining("the branch acme of " + remote.repository() + " holds the commit")
                .hasMessageContaining("\"Fix a typo\" by Mallory")
                .hasMessageContaining("nothing was changed there")
                .hasMessageContaining("another branch");
        assertThatThrownBy(() -> trees().list()).isInstanceOf(ForeignHistoryException.class);
        assertThat(remote.git("rev-parse", "acme")).isEqualTo(before);
    }

    @Test
    void a_branch_of_others_is_refused_from_the_first_snapshot_on() throws Exception {
        String tree = remote.git("mktree");
        remote.git("update-ref", "refs/heads/acme", remote.git("commit-tree", "-m", "Ours", tree));

        assertThatThrownBy(() -> put(workshop.seal(TreeWorkshop.sample())))
                .hasMessageContaining("which Saddlebag did not make for this workspace");
        assertThat(put(workshop.seal(TreeWorkshop.sample()), options("branch", "notion/acme"))
                        .isNew())
                .isTrue();
        assertThat(remote.lines("rev-list", "notion/acme")).hasSize(1);
    }

    @Test
    void a_branch_that_was_rewritten_is_refused() throws Exception {
        put(workshop.seal(TreeWorkshop.sample()));
        put(workshop.seal(TreeWorkshop.sample("two")));
        String message = remote.git("log", "-1", "--format=%B", "acme");
        remote.git(
                "update-ref",
                "refs/heads/acme",
                remote.git("commit-tree", "-p", "acme~1", "-m", message, remote.git("rev-parse", "acme~1^{tree}")));
        String before = remote.git("rev-parse", "acme");

        assertThatThrownBy(() -> put(workshop.seal(TreeWorkshop.sample("three"))))
                .isInstanceOf(ForeignHistoryException.class)
                .hasMessageContaining("was rewritten");
        assertThat(remote.git("rev-parse", "acme")).isEqualTo(before);
    }

    @Test
    void a_second_workspace_on_the_same_branch_is_refused() throws Exception {
        Map<String, String> options = options("branch", "notion");
        put(workshop.seal(TreeWorkshop.sample()), options);
        TreeWorkshop lab = new TreeWorkshop(home.resolve("lab"), "lab");
        Sealed sealed = lab.seal(TreeWorkshop.sample());

        assertThatThrownBy(
                        () -> routes(options).destinations().trees("nas", "lab").put(lab.tree(sealed)))
                .isInstanceOf(ForeignHistoryException.class);
    }

    @Test
    void a_snapshot_older_than_the_newest_commit_is_not_put_in_between() throws Exception {
        Sealed older = workshop.seal(TreeWorkshop.sample());
        Sealed newer = workshop.seal(TreeWorkshop.sample("two"));
        put(newer);

        assertThatThrownBy(() -> put(older))
                .hasMessageContaining("is at " + newer.id() + " already, and nothing is put in between");
    }

    @ParameterizedTest
    @CsvSource({"update-ref -d refs/heads/acme", "update-ref refs/heads/acme acme~1"})
    void commits_that_were_taken_away_come_back_with_the_next_snapshot(String command) throws Exception {
        List<Sealed> runs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            runs.add(workshop.seal(TreeWorkshop.sample("day " + i)));
            put(runs.get(i));
        }
        String newest = remote.git("rev-parse", "acme");
        remote.git(command.split(" "));
        assertThat(trees().list()).doesNotContainKey(runs.get(2).id());

        put(runs.get(2));
        assertThat(remote.git("rev-parse", "acme")).isEqualTo(newest);
        put(workshop.seal(TreeWorkshop.sample("day 3")));
        assertThat(remote.lines("rev-list", "acme")).hasSize(4).contains(newest);
        assertSound();
    }

    @Test
    void the_loss_of_the_mirror_loses_nothing() throws Exception {
        put(workshop.seal(TreeWorkshop.sample()));
        put(workshop.seal(TreeWorkshop.sample("two")));
        TreeWorkshop.erase(workshop.state().resolve("acme/git"));

        put(workshop.seal(TreeWorkshop.sample("three")));

        assertThat(remote.lines("rev-list", "acme")).hasSize(3);
        assertThat(remote.lines("diff", "--name-only", "acme~1", "acme")).containsExactly("objects/pages/2.json");
        assertThat(remote.git("log", "-1", "--format=%s", "acme")).endsWith("2 pages, 1 changed");
        assertSound();
    }

    @ParameterizedTest
    @ValueSource(strings = {".pack", ".idx", "acme", "config", "HEAD", "files-"})
    void a_mirror_that_is_damaged_is_made_anew(String part) throws Exception {
        put(workshop.seal(TreeWorkshop.sample()));
        put(workshop.seal(TreeWorkshop.sample("two")));
        int damaged = 0;
        try (var all = Files.walk(workshop.state().resolve("acme/git"))) {
            for (Path file : all.filter(Files::isRegularFile)
                    .filter(path -> path.getFileName().toString().endsWith(part)
                            || path.getFileName().toString().startsWith(part))
                    .toList()) {
                file.toFile().setWritable(true);
                Files.write(file, new byte[(int) Files.size(file)]);
                damaged++;
            }
        }
        assertThat(damaged).isPositive();

        put(workshop.seal(TreeWorkshop.sample("three")));

        assertThat(remote.lines("rev-list", "acme")).hasSize(3);
        assertThat(files("acme")).isEqualTo(TreeWorkshop.sample("three"));
        assertSound();
    }

    @Test
    void a_damaged_vault_makes_no_commit() throws Exception {
        workshop.seal(TreeWorkshop.sample());
        workshop.clearSpool();
        Sealed second = workshop.seal(TreeWorkshop.sample("two"));
        try (var data = Files.list(home.resolve("vault/acme/data"))) {
            for (Path pack : data.toList()) {
                pack.toFile().setWritable(true);
                Files.write(pack, new byte[(int) Files.size(pack)]);
            }
        }

        assertThatThrownBy(() -> put(second)).hasMessageContaining("is not what was written");
        assertThat(remote.git("for-each-ref")).isEmpty();
    }

    @Test
    void it_speaks_ssh_with_a_key_with_and_without_a_passphrase() throws Exception {
        Map<String, String> options = overSsh();
        put(workshop.seal(TreeWorkshop.sample()), options);
        options.put("key-file", server.file("id_locked"));
        options.put("key-passphrase", SftpServer.PASSPHRASE);
        put(workshop.seal(TreeWorkshop.sample("two")), options);

        assertThat(remote.lines("rev-list", "acme")).hasSize(2);
        assertThat(files("acme")).isEqualTo(TreeWorkshop.sample("two"));
        assertSound();
    }

    @ParameterizedTest
    @CsvSource({
        "known-hosts, of_another, is not the one in",
        "known-hosts, '', the option known-hosts is missing",
        "key-file, '', neither the option key-file nor the option password is set",
    })
    void ssh_is_refused_without_the_right_host_key_and_without_credentials(String option, String file, String sentence)
            throws Exception {
        Map<String, String> options = overSsh();
        options.put(option, file.isEmpty() ? "" : server.file(file));

        assertThatThrownBy(() -> trees(options).list()).hasMessageContaining(sentence);
        assertThat(remote.git("for-each-ref")).isEmpty();
    }

    @Test
    void a_server_that_is_away_is_said_in_words() {
        Map<String, String> options = overSsh();
        options.put("remote", "ssh://saddle@127.0.0.1:1/acme.git");

        assertThatThrownBy(() -> trees(options).list())
                .hasMessageContaining("saddle@127.0.0.1:1 cannot be reached")
                .hasMessageNotContaining("ssh.Secret");
    }

    @Test
    void a_repository_that_is_not_at_the_server_is_said_in_words() {
        Map<String, String> options = overSsh();
        options.put("remote", server.address(home.resolve("nowhere.git")));

        assertThatThrownBy(() -> trees(options).list())
                .hasMessageContaining("nowhere.git")
                .hasMessageContaining("remote");
    }

    @Test
    void what_the_remote_refuses_is_said_in_its_words_and_brought_by_the_next_run() throws Exception {
        Path hook = Files.writeString(
                remote.repository().resolve("hooks/pre-receive"), "#!/bin/sh\necho 'The freeze is on.' >&2\nexit 1\n");
        hook.toFile().setExecutable(true);
        Sealed sealed = workshop.seal(TreeWorkshop.sample());

        assertThatThrownBy(() -> put(sealed, overSsh()))
                .hasMessageContaining("was refused")
                .hasMessageContaining("pre-receive hook declined")
                .hasMessageContaining("The freeze is on.");
        assertThat(remote.git("for-each-ref")).isEmpty();
        Files.delete(hook);
        assertThat(put(sealed, overSsh()).isNew()).isTrue();
        assertSound();
    }

    @Test
    void a_connection_that_breaks_in_the_middle_of_a_push_changes_nothing_and_the_next_run_brings_it()
            throws Exception {
        put(workshop.seal(TreeWorkshop.sample()), overSsh());
        Map<String, String> more = TreeWorkshop.sample();
        java.util.Random random = new java.util.Random(1);
        for (int i = 0; i < 50; i++) {
            more.put("pages/" + i + ".md", Long.toHexString(random.nextLong()).repeat(20) + random.nextLong());
        }
        Sealed second = workshop.seal(more);
        server.wrapCommands("head -c 2500 | %s");

        assertThatThrownBy(() -> put(second, overSsh()))
                .hasMessageContaining("cannot be reached, or the connection broke");
        assertThat(remote.lines("rev-list", "acme")).hasSize(1);
        server.wrapCommands("%s");
        put(second, overSsh());
        assertThat(remote.lines("rev-list", "acme")).hasSize(2);
        assertThat(files("acme")).isEqualTo(more);
        assertSound();
    }

    @Test
    void who_pushes_at_the_same_time_is_not_overwritten() throws Exception {
        put(workshop.seal(TreeWorkshop.sample()), overSsh());
        String tree = remote.git("rev-parse", "acme^{tree}");
        String theirs = remote.git("commit-tree", "-p", "acme", "-m", "Faster", tree);
        server.wrapCommands("echo \"%1$s\" | grep -q receive-pack && git -C " + remote.repository()
                + " update-ref refs/heads/acme " + theirs + "; %1$s");

        assertThatThrownBy(() -> put(workshop.seal(TreeWorkshop.sample("two")), overSsh()))
                .hasMessageContaining("somebody pushed to the branch acme")
                .hasMessageContaining("Nothing was changed there");
        assertThat(remote.git("rev-parse", "acme")).isEqualTo(theirs);
    }

    @Test
    void it_speaks_http_with_a_password_that_no_message_shows() throws Exception {
        remote.git("config", "http.receivepack", "true");
        try (GitHttpServer http = GitHttpServer.start(home)) {
            Map<String, String> options = new HashMap<>(Map.of(
                    "remote",
                    http.address("remote.git"),
                    "content",
                    "all",
                    "user",
                    "saddle",
                    "password",
                    GitHttpServer.PASSWORD));
            put(workshop.seal(TreeWorkshop.sample()), options);
            put(workshop.seal(TreeWorkshop.sample("two")), options);
            assertThat(trees(options).list()).hasSize(2);
            assertThat(files("acme")).isEqualTo(TreeWorkshop.sample("two"));

            options.put("password", "not the password");
            assertThatThrownBy(() -> trees(options).list())
                    .hasMessageContaining("remote.git refuses us")
                    .hasMessageContaining("Check user and password")
                    .hasMessageNotContaining("not the password");
            options.remove("password");
            assertThatThrownBy(() -> trees(options).list()).hasMessageContaining("Check user and password");
        }
        assertSound();
    }

    @Test
    void it_speaks_https_and_gives_no_password_to_a_server_that_nobody_vouches_for() throws Exception {
        remote.git("config", "http.receivepack", "true");
        SSLContext tls = GitHttpServer.selfSigned(home);
        SSLSocketFactory before = HttpsURLConnection.getDefaultSSLSocketFactory();
        try (GitHttpServer https = GitHttpServer.start(home, tls)) {
            Map<String, String> options = Map.of(
                    "remote",
                    https.address("remote.git"),
                    "content",
                    "all",
                    "user",
                    "saddle",
                    "password",
                    GitHttpServer.PASSWORD);

            assertThatThrownBy(() -> trees(options).list())
                    .as("a certificate that is not trusted")
                    .hasMessageContaining("cannot be reached")
                    .hasMessageNotContaining(GitHttpServer.PASSWORD);

            HttpsURLConnection.setDefaultSSLSocketFactory(tls.getSocketFactory());
            put(workshop.seal(TreeWorkshop.sample()), options);
            assertThat(trees(options).list()).hasSize(1);
            assertThat(files("acme")).isEqualTo(TreeWorkshop.sample());
        } finally {
            HttpsURLConnection.setDefaultSSLSocketFactory(before);
        }
        assertSound();
    }

    @Test
    void a_password_does_not_go_over_a_network_for_all_to_read() {
        Map<String, String> options = options("password", "secret");
        options.put("remote", "http://git.example.org/acme.git");

        assertThatThrownBy(() -> trees(options).list())
                .hasMessageContaining("let remote begin with https://")
                .hasMessageNotContaining("secret");
    }

    @Test
    void a_sound_history_is_compared_in_full_without_a_finding() throws Exception {
        List<RunId> runs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Map<String, String> files = TreeWorkshop.sample("day " + i);
            files.put("files/large.bin", "x".repeat((1 << 20) + 1));
            Sealed sealed = workshop.seal(files);
            runs.add(sealed.id());
            put(sealed, options("largest-file", "1"));
        }

        assertThat(trees().check(new TreeCheck(runs, this::manifest))).isEmpty();
        assertThat(trees().check(new TreeCheck(runs, run -> Optional.empty())))
                .hasSize(3)
                .noneMatch(Finding::isDamage);
    }

    @Test
    void readable_trees_have_pages_and_files_and_are_compared_as_such_also_after_the_content_was_changed()
            throws Exception {
        Sealed first = workshop.seal(TreeWorkshop.sample());
        put(first, options("content", "readable"));
        assertThat(files("acme"))
                .isNotEmpty()
                .allSatisfy((path, text) -> assertThat(path).matches("(pages|files)/.*"))
                .isEqualTo(readable(TreeWorkshop.sample()));
        Sealed second = workshop.seal(TreeWorkshop.sample("{\"page\":\"two\"}"));
        put(second, options("content", "readable"));
        assertThat(remote.git("diff", "acme~1", "acme")).isEmpty();
        Sealed third = workshop.seal(TreeWorkshop.sample("{\"page\":\"two\"}"));
        put(third, options("content", "all"));
        assertThat(files("acme")).isEqualTo(TreeWorkshop.sample("{\"page\":\"two\"}"));

        assertThat(trees().check(new TreeCheck(List.of(first.id(), second.id(), third.id()), this::manifest)))
                .isEmpty();
    }

    @Test
    void a_readable_tree_without_one_of_its_pages_is_damaged() throws Exception {
        Sealed sealed = workshop.seal(TreeWorkshop.sample());
        put(sealed, options("content", "readable"));
        String message = remote.git("log", "-1", "--format=%B", "acme");
        Path worktree = home.resolve("worktree");
        remote.git("worktree", "add", "-q", "--detach", worktree.toString(), "acme");
        Files.delete(worktree.resolve("pages/a.md"));
        GitTool forged = GitTool.at(worktree);
        forged.git("add", "-A");
        remote.git("update-ref", "refs/heads/acme", forged.git("commit-tree", "-m", message, forged.git("write-tree")));
        TreeWorkshop.erase(workshop.state().resolve("acme/git"));

        assertThat(trees().check(new TreeCheck(List.of(sealed.id()), this::manifest)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.file() + " " + finding.what())
                        .isEqualTo("pages/a.md is missing in the tree"));
    }

    private static Map<String, String> readable(Map<String, String> files) {
        Map<String, String> readable = new TreeMap<>(files);
        readable.keySet().removeIf(path -> !path.startsWith("pages/") && !path.startsWith("files/"));
        return readable;
    }

    @Test
    void an_unknown_content_is_refused() {
        assertThatThrownBy(() -> put(workshop.seal(TreeWorkshop.sample()), options("content", "some")))
                .hasStackTraceContaining("the option content must be readable or all");
    }

    @Test
    void a_tree_with_other_content_is_found() throws Exception {
        Sealed sealed = workshop.seal(TreeWorkshop.sample());
        put(sealed);
        String message = remote.git("log", "-1", "--format=%B", "acme");
        Path worktree = home.resolve("worktree");
        remote.git("worktree", "add", "-q", "--detach", worktree.toString(), "acme");
        Files.writeString(worktree.resolve("objects/pages/1.json"), "tampered");
        Files.writeString(worktree.resolve("more.md"), "more");
        Files.delete(worktree.resolve("pages/a.md"));
        GitTool forged = GitTool.at(worktree);
        forged.git("add", "-A");
        remote.git("update-ref", "refs/heads/acme", forged.git("commit-tree", "-m", message, forged.git("write-tree")));
        TreeWorkshop.erase(workshop.state().resolve("acme/git"));

        assertThat(trees().check(new TreeCheck(List.of(sealed.id()), this::manifest)))
                .allMatch(Finding::isDamage)
                .extracting(Finding::file, Finding::what)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(
                                "objects/pages/1.json", "is not what the snapshot has: its SHA-256 is another"),
                        org.assertj.core.groups.Tuple.tuple("pages/a.md", "is missing in the tree"),
                        org.assertj.core.groups.Tuple.tuple(
                                "more.md", "is in the tree, and the snapshot has no such file"));
    }

    @Test
    void a_damaged_remote_is_found() throws Exception {
        Sealed sealed = workshop.seal(TreeWorkshop.sample());
        put(sealed);
        try (var all = Files.walk(remote.repository().resolve("objects"))) {
            for (Path pack :
                    all.filter(path -> path.toString().endsWith(".pack")).toList()) {
                byte[] bytes = Files.readAllBytes(pack);
                bytes[bytes.length / 2] ^= 1;
                pack.toFile().setWritable(true);
                Files.write(pack, bytes);
            }
        }

        assertThat(trees().check(new TreeCheck(List.of(sealed.id()), this::manifest)))
                .isNotEmpty()
                .allMatch(Finding::isDamage);
        try (var left = Files.list(mirrors())) {
            assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("check-"));
        }
    }

    // --- the bench

    private Path mirrors() throws IOException {
        try (var folders = Files.list(workshop.state().resolve("acme/git"))) {
            return folders.findFirst().orElseThrow();
        }
    }

    private Optional<Entries> manifest(RunId run) throws IOException {
        return Optional.of(workshop.vault().entries(workshop.vault().find(run.value())));
    }

    private Map<String, String> options(String name, String value) {
        Map<String, String> options =
                new HashMap<>(Map.of("remote", remote.repository().toString(), "content", "all"));
        options.put(name, value);
        return options;
    }

    private Map<String, String> overSsh() {
        return new HashMap<>(Map.of(
                "content", "all",
                "remote", server.address(remote.repository()),
                "known-hosts", server.file("known_hosts"),
                "key-file", server.file("id")));
    }

    private Planted put(Sealed sealed) throws IOException {
        return put(sealed, options("sign", "false"));
    }

    private Planted put(Sealed sealed, Map<String, String> options) throws IOException {
        return trees(options).put(workshop.tree(sealed));
    }

    private TreeStore trees() {
        return trees(options("sign", "false"));
    }

    private TreeStore trees(Map<String, String> options) {
        return routes(options).destinations().trees("nas", "acme");
    }

    private DestinationRoutes routes(Map<String, String> options) {
        DestinationRoutes routes = DestinationRoutes.open(
                Path.of("routes/destinations"),
                new DestinationSettings("nas", "git", Holds.TREE, 1, true, false, Optional.empty(), options),
                workshop.state());
        opened.add(routes);
        return routes;
    }

    private void commitOnTop(String branch, String message) throws Exception {
        String tree = remote.git("rev-parse", branch + "^{tree}");
        remote.git("update-ref", "refs/heads/" + branch, remote.git("commit-tree", "-p", branch, "-m", message, tree));
    }

    private Map<String, String> files(String commit) throws Exception {
        Map<String, String> files = new TreeMap<>();
        Path zip = home.resolve("archive.zip");
        remote.git("archive", "--format=zip", "-o", zip.toString(), commit);
        try (InputStream in = Files.newInputStream(zip)) {
            read(in, files);
        }
        return files;
    }

    private Map<String, String> zip(RunId run) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (InputStream in = trees().get(run)) {
            read(in, files);
        }
        return files;
    }

    private static void read(InputStream in, Map<String, String> files) throws IOException {
        ZipInputStream zip = new ZipInputStream(in, StandardCharsets.UTF_8);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (!entry.isDirectory()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    private static long bytes(Map<String, String> files) {
        return files.values().stream()
                .mapToLong(content -> content.getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    private void assertSound() throws Exception {
        assertThat(remote.lines("fsck", "--full", "--strict", "--no-progress"))
                .allMatch(line -> line.startsWith("notice: ") || line.startsWith("dangling "));
    }
}
