package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saddlebag.destination.Folder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody needs Saddlebag to read a vault: what README.txt and docs/vault-format.md say is done here, word for word. */
class HandRestoreTest {
    private Workshop workshop = new Workshop();
    private Path root;
    private Sealed first;
    private Sealed second;

    @BeforeEach
    void fill() throws Exception {
        Tools.require("sh", "jq", "unzip", "ssh-keygen", "gunzip", "sha256sum");
        root = workshop.home.resolve("the vault");
        var store = new Folder(root);
        first = workshop.seal(Workshop.sample());
        workshop.ship(first, store);
        second = workshop.seal(CrashTest.changed());
        workshop.ship(second, store);
    }

    @AfterEach
    void clear() throws Exception {
        workshop.close();
    }

    @Test
    void the_script_in_the_readme_restores_every_snapshot() throws Exception {
        assertThat(sh("sed -n '/^#!\\/bin\\/sh/,/^# end of script/p' README.txt > ../restore.sh")
                        .exit())
                .isZero();

        var one = sh("sh ../restore.sh . " + first.id() + " '../out one'");
        var two = sh("sh ../restore.sh . " + second.id() + " ../out-two allowed_signers");

        assertThat(one.output()).contains("restored " + Workshop.sample().size() + " files");
        assertThat(one.exit()).isZero();
        assertThat(Workshop.read(workshop.home.resolve("out one"))).containsExactlyEntriesOf(Workshop.sample());
        assertThat(two.output()).contains("restored");
        assertThat(Workshop.read(workshop.home.resolve("out-two"))).containsExactlyEntriesOf(CrashTest.changed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ops key.txt", "recovery key.txt"})
    void the_same_script_restores_an_encrypted_vault_with_either_key(String key) throws Exception {
        Tools.require("age");
        encrypt();
        sh("sed -n '/^#!\\/bin\\/sh/,/^# end of script/p' README.txt > ../restore.sh");

        var one = sh("IDENTITY='../" + key + "' sh ../restore.sh . " + first.id() + " '../out one'");
        var two = sh("IDENTITY='../" + key + "' sh ../restore.sh . " + second.id() + " ../out-two allowed_signers");

        assertThat(one.output()).contains("restored " + Workshop.sample().size() + " files");
        assertThat(one.exit()).isZero();
        assertThat(Workshop.read(workshop.home.resolve("out one"))).containsExactlyEntriesOf(Workshop.sample());
        assertThat(two.exit()).isZero();
        assertThat(Workshop.read(workshop.home.resolve("out-two"))).containsExactlyEntriesOf(CrashTest.changed());
    }

    @Test
    void without_a_key_or_with_another_the_script_restores_nothing_and_says_why() throws Exception {
        Tools.require("age");
        encrypt();
        IdentityFile.write(workshop.home.resolve("other.txt"), Identity.create(), Clock.systemUTC());
        sh("sed -n '/^#!\\/bin\\/sh/,/^# end of script/p' README.txt > ../restore.sh");

        var without = sh("sh ../restore.sh . " + first.id() + " ../out");
        var other = sh("IDENTITY=../other.txt sh ../restore.sh . " + first.id() + " ../out");

        assertThat(without.exit()).isNotZero();
        assertThat(without.output()).contains("IDENTITY").contains("the vault is encrypted");
        assertThat(other.exit()).isNotZero();
        assertThat(other.output()).contains("no identity matched");
        assertThat(workshop.home.resolve("out")).doesNotExist();
    }

    @Test
    void the_script_stops_at_damage() throws Exception {
        sh("sed -n '/^#!\\/bin\\/sh/,/^# end of script/p' README.txt > ../restore.sh");
        var pack = root.resolve("data/" + second.id() + "-p0002.zip");
        assertThat(pack).exists();
        Files.write(pack, Damage.FLIP.apply(Files.readAllBytes(pack)));

        var restored = sh("sh ../restore.sh . " + second.id() + " ../out");

        assertThat(restored.exit()).isNotZero();
        assertThat(restored.output()).contains(pack.getFileName().toString());
        assertThat(workshop.home.resolve("out")).doesNotExist();
    }

    @Test
    void sha256sum_and_ssh_keygen_check_a_snapshot() throws Exception {
        var list = root.resolve(Names.list(second.id()));
        assertThat(sh("sha256sum -c " + Names.list(second.id())).output())
                .contains(Names.record(second.id()) + ": OK")
                .doesNotContain("FAILED")
                .doesNotContain("WARNING");
        var verify = new String[] {
            "ssh-keygen",
            "-Y",
            "verify",
            "-f",
            "allowed_signers",
            "-I",
            "saddlebag",
            "-n",
            "saddlebag",
            "-s",
            Names.signature(second.id())
        };
        assertThat(Tools.run(root, list, verify).output()).contains("Good \"saddlebag\" signature");

        Files.write(list, Damage.FLIP.apply(Files.readAllBytes(list)));

        assertThat(Tools.run(root, list, verify).exit()).isNotZero();
    }

    @Test
    void ssh_keygen_knows_the_key_by_the_same_fingerprint() throws Exception {
        var line = Files.writeString(workshop.home.resolve("key.pub"), workshop.key.publicLine() + "\n");

        assertThat(Tools.run(workshop.home, null, "ssh-keygen", "-l", "-f", line.toString())
                        .output())
                .contains(workshop.key.fingerprint())
                .contains("ED25519");
    }

    @Test
    void the_document_for_strangers_has_the_same_script() throws Exception {
        var readme = Files.readString(root.resolve("README.txt"), StandardCharsets.UTF_8);
        var script = readme.substring(readme.indexOf("#!/bin/sh"));

        assertThat(Files.readString(Path.of("docs/vault-format.md"), StandardCharsets.UTF_8))
                .contains("```sh\n" + script + "```\n");
    }

    /** Fills the vault anew, encrypted to two keys. */
    private void encrypt() throws Exception {
        clear();
        workshop = new Workshop();
        var ops = Identity.create();
        var recovery = Identity.create();
        IdentityFile.write(workshop.home.resolve("ops key.txt"), ops, Clock.systemUTC());
        IdentityFile.write(workshop.home.resolve("recovery key.txt"), recovery, Clock.systemUTC());
        workshop.recipients = List.of(ops.recipient(), recovery.recipient());
        fill();
    }

    private Tools.Result sh(String command) throws Exception {
        return Tools.run(root, null, "sh", "-c", command);
    }
}
