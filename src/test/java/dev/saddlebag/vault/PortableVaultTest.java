package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saddlebag.destination.Folder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One file to take along: a vault in a ZIP, and the tree of a snapshot in a ZIP. */
class PortableVaultTest {
    private final Workshop workshop = new Workshop();
    private final Path file = workshop.home.resolve("taken along.zip");
    private final List<Receipt> receipts = new ArrayList<>();
    private Path root;
    private Store store;
    private Sealed first;
    private Sealed second;

    @BeforeEach
    void fill() throws Exception {
        root = workshop.home.resolve("vault");
        store = new Folder(root);
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
    void one_snapshot_is_a_vault_of_its_own_with_the_bytes_and_the_signature_that_it_had() throws Exception {
        var written = take(second);

        try (var zip = ZippedVault.open(file, null, workshop.scratch)) {
            var names = zip.list("data").stream().map(Store.Stored::name).toList();
            assertThat(names)
                    .as("what the other snapshot alone needs is not in it")
                    .containsExactlyInAnyOrderElementsOf(second.snapshot().list().hashes().keySet().stream()
                            .filter(Names::isData)
                            .toList());
            for (var name : names) {
                assertThat(zip.get(name)).hasSameContentAs(store.get(name));
            }
            assertThat(zip.list("meta")).hasSize(4);
            assertThat(written.files()).isEqualTo(names.size() + 4 + 4);

            var vault = workshop.vault(zip).orPart();
            assertThat(vault.snapshots()).extracting(Snapshot::id).containsExactly(second.id());
            assertThat(workshop.export(zip, second.id())).containsExactlyInAnyOrderEntriesOf(CrashTest.changed());
            assertThat(vault.verify(Level.FULL, run -> true, Set.of()))
                    .as("the other snapshot is missing on purpose")
                    .extracting(Finding::kind)
                    .containsExactly(Finding.Kind.NOTE);
            assertThat(workshop.vault(zip).verify(Level.QUICK, run -> true, Set.of()))
                    .as("where nobody says that it is a part, a snapshot was taken away")
                    .anyMatch(finding -> finding.isDamage()
                            && finding.file().contains(first.id().value()));
        }
    }

    @Test
    void the_same_snapshot_gives_the_same_file() throws Exception {
        assertThat(bytes(second)).isEqualTo(bytes(second));
    }

    @Test
    void strangers_check_and_restore_it_with_standard_tools() throws Exception {
        Tools.require("sh", "unzip", "jq", "ssh-keygen", "gunzip", "sha256sum");
        take(second);
        var out = workshop.home.resolve("unpacked");

        assertThat(sh(workshop.home, "unzip -q 'taken along.zip' -d unpacked").exit())
                .isZero();
        assertThat(sh(out, "sed -n '/^#!\\/bin\\/sh/,/^# end of script/p' README.txt > ../restore.sh")
                        .exit())
                .isZero();
        var restored = sh(out, "sh ../restore.sh . " + second.id() + " ../restored allowed_signers");

        assertThat(restored.output()).contains("restored " + CrashTest.changed().size() + " files");
        assertThat(Workshop.read(workshop.home.resolve("restored"))).containsExactlyEntriesOf(CrashTest.changed());
        assertThat(Files.readString(out.resolve(Names.PART)))
                .contains(second.id().value());
    }

    @Test
    void a_host_that_lost_everything_makes_a_vault_of_it_again_and_goes_on() throws Exception {
        take(first, second);
        Workshop.erase(root);
        Workshop.erase(workshop.home.resolve("state/spool"));

        try (var zip = ZippedVault.open(file, null, workshop.scratch)) {
            workshop.spool().recover(List.of(zip));
            copy(zip);
        }

        assertThat(receipts).extracting(Receipt::run).containsExactly(first.id(), second.id());
        assertThat(receipts).allMatch(Receipt::delivered);
        assertThat(workshop.vault(store).verify(Level.FULL, run -> true, Set.of()))
                .isEmpty();
        assertThat(root.resolve(Names.PART)).doesNotExist();
        var third = workshop.seal(CrashTest.changed());
        workshop.ship(third, store);
        assertThat(third.snapshot().list().hashes().keySet())
                .as("nothing is stored again")
                .noneMatch(
                        name -> Names.isData(name) && name.contains(third.id().value()));
        assertThat(workshop.export(store, first.id())).containsExactlyInAnyOrderEntriesOf(Workshop.sample());
    }

    @Test
    void the_file_of_another_vault_is_refused() throws Exception {
        take(second);
        try (var other = new Workshop();
                var zip = ZippedVault.open(file, null, workshop.scratch)) {
            var spool = Spool.open(
                    other.home.resolve("another"), "acme", other.clock(), new java.util.Random(2), other.disk);
            var copier = new Copier(spool, other.key, true);

            assertThatThrownBy(() -> copier.copy(
                            "file", other.vault(zip), "vault", other.vault(new MemoryStore()), receipts::add))
                    .isInstanceOf(UnsupportedVaultException.class)
                    .hasMessageContaining("another vault")
                    .hasMessageContaining("Nothing was copied");
            assertThat(receipts).isEmpty();
        }
    }

    @Test
    void what_is_damaged_in_the_vault_gets_into_no_file() throws Exception {
        var pack = second.snapshot().list().hashes().keySet().stream()
                .filter(Names::isPack)
                .findFirst()
                .orElseThrow();
        var bytes = Files.readAllBytes(root.resolve(pack));
        Files.write(root.resolve(pack), Damage.FLIP.apply(bytes));

        assertThatThrownBy(() -> bytes(second))
                .isInstanceOf(DamageException.class)
                .hasMessageContaining(pack)
                .hasMessageContaining("not what was written");
        assertThatThrownBy(() -> new TreeArchive(workshop.vault(store), second.snapshot())
                        .write(entry -> true, OutputStream.nullOutputStream()))
                .isInstanceOf(DamageException.class);
    }

    @Test
    void a_damaged_file_is_found_out() throws Exception {
        take(second);
        var whole = Files.readAllBytes(file);
        var manifest = position(whole, second.snapshot().manifest());

        whole[manifest + 200] ^= 1;
        Files.write(file, whole);
        try (var zip = ZippedVault.open(file, null, workshop.scratch)) {
            assertThat(workshop.vault(zip).orPart().verify(Level.FULL, run -> true, Set.of()))
                    .anyMatch(Finding::isDamage);
        }

        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> ZippedVault.open(file, null, workshop.scratch))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no whole ZIP file");
    }

    @Test
    void encrypted_as_a_whole_it_opens_with_a_key_and_with_the_tool_of_age() throws Exception {
        Tools.require("age", "unzip");
        var identity = Identity.create();
        try (var out = Age.encryption(List.of(identity.recipient())).encrypt(Files.newOutputStream(file))) {
            new PortableVault(workshop.vault(store)).write(List.of(second.snapshot()), out);
        }
        IdentityFile.write(workshop.home.resolve("key.txt"), identity, workshop.clock());

        var listed = sh(workshop.home, "age -d -i key.txt 'taken along.zip' > plain.zip && unzip -l plain.zip");
        assertThat(listed.output()).contains(second.snapshot().manifest());
        try (var zip = ZippedVault.open(file, Age.decryption(List.of(identity)), workshop.scratch)) {
            assertThat(workshop.export(zip, second.id())).containsExactlyInAnyOrderEntriesOf(CrashTest.changed());
        }
        assertThatThrownBy(() -> ZippedVault.open(file, null, workshop.scratch))
                .isInstanceOf(WrongIdentityException.class)
                .hasMessageContaining("--identity");
        assertThatThrownBy(() -> ZippedVault.open(file, Age.decryption(List.of(Identity.create())), workshop.scratch))
                .isInstanceOf(WrongIdentityException.class)
                .hasMessageContaining("taken along.zip");
        var cut = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(cut, cut.length - 20));
        assertThatThrownBy(() -> ZippedVault.open(file, Age.decryption(List.of(identity)), workshop.scratch))
                .hasMessageContaining("cut off");
    }

    @Test
    void the_tree_in_a_zip_has_every_file_under_its_own_name_and_a_list_that_proves_it() throws Exception {
        Tools.require("unzip", "sha256sum");
        try (var out = Files.newOutputStream(file)) {
            var written = new TreeArchive(workshop.vault(store), second.snapshot()).write(entry -> true, out);
            assertThat(written.files()).isEqualTo(CrashTest.changed().size() + 1);
        }

        assertThat(sh(
                        workshop.home,
                        "LC_ALL=C.UTF-8 unzip -qV 'taken along.zip' -d unpacked && cd unpacked"
                                + " && sha256sum --quiet -c SHA256SUMS && rm SHA256SUMS"))
                .isEqualTo(new Tools.Result(0, ""));
        assertThat(Workshop.read(workshop.home.resolve("unpacked"))).containsExactlyEntriesOf(CrashTest.changed());
    }

    private Exported take(Sealed... runs) throws Exception {
        try (var out = Files.newOutputStream(file)) {
            return new PortableVault(workshop.vault(store)).write(snapshots(runs), out);
        }
    }

    private byte[] bytes(Sealed run) throws Exception {
        var out = new ByteArrayOutputStream();
        new PortableVault(workshop.vault(store)).write(List.of(run.snapshot()), out);
        return out.toByteArray();
    }

    private static List<Snapshot> snapshots(Sealed... runs) {
        return List.of(runs).stream().map(Sealed::snapshot).toList();
    }

    private void copy(Store from) throws Exception {
        new Copier(workshop.spool(), workshop.key, true)
                .copy("file", workshop.vault(from), "vault", workshop.vault(store), receipts::add);
    }

    private static int position(byte[] bytes, String name) {
        return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(name);
    }

    private static Tools.Result sh(Path folder, String command) throws Exception {
        return Tools.run(folder, null, "sh", "-c", command);
    }
}
