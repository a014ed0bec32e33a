package dev.saddlebag.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saddlebag.notion.Json;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A vault that the host that fills it cannot read (facts/vault-study.md §3). */
class EncryptedVaultTest {
    private static final Identity OPS = Identity.create();
    private static final Identity RECOVERY = Identity.create();
    private static final List<Recipient> BOTH = List.of(OPS.recipient(), RECOVERY.recipient());

    private final Workshop workshop = new Workshop();
    private final MemoryStore store = new MemoryStore();

    EncryptedVaultTest() {
        workshop.recipients = BOTH;
    }

    @AfterEach
    void clear() throws Exception {
        workshop.close();
    }

    @Test
    void every_generation_comes_back_with_either_key() throws Exception {
        var first = sealed(Workshop.sample());
        var second = sealed(CrashTest.changed());

        for (var identity : List.of(OPS, RECOVERY)) {
            assertThat(exported(first, identity)).containsExactlyEntriesOf(Workshop.sample());
            assertThat(exported(second, identity)).containsExactlyEntriesOf(CrashTest.changed());
            for (var level : Level.values()) {
                assertThat(opened(identity).verify(level, run -> true, List.of()))
                        .isEmpty();
            }
        }
        try (var in = opened(OPS).open(second.snapshot(), "pages/empty.md")) {
            assertThat(in.readAllBytes()).isEmpty();
        }
        try (var entries = opened(RECOVERY).entries(first.snapshot())) {
            assertThat(entries.next()).isPresent();
        }
    }

    @Test
    void data_parts_and_manifest_are_encrypted_and_what_proves_them_is_clear() throws Exception {
        var run = sealed(Workshop.sample());

        assertThat(store.files.keySet())
                .filteredOn(Names::isData)
                .isNotEmpty()
                .allMatch(name -> name.endsWith(".age"))
                .anyMatch(name -> name.matches(".*-p\\d+\\.zip\\.age"))
                .anyMatch(name -> name.matches(".*-b\\d+\\.age"))
                .anyMatch(name -> name.matches(".*-b\\d+\\.003\\.age"))
                .noneMatch(name -> name.contains(".bin"));
        store.files.forEach((name, content) -> {
            var text = new String(content, StandardCharsets.ISO_8859_1);
            assertThat(text.startsWith("age-encryption.org/v1\n")).isEqualTo(name.endsWith(".age"));
            assertThat(text).as(name).doesNotContain("pages/1", "page\":{", "semicolon");
        });
        var vault = Json.MAPPER.readTree(store.files.get(Names.VAULT));
        assertThat(vault.path("encryption").asText()).isEqualTo("age");
        assertThat(vault.path("recipients"))
                .extracting(key -> key.asText())
                .containsExactly(OPS.recipient().text(), RECOVERY.recipient().text());
        var record = Json.MAPPER.readTree(store.files.get(Names.record(run.id())));
        assertThat(record.path("counts"))
                .as("how many pages there are is nobody's business")
                .isEmpty();
        assertThat(record.path("recipients")).hasSize(2);
        assertThat(run.facts().counts()).as("but the host's own").containsEntry("pages", 3L);
        assertThat(opened(OPS).find("latest").recipients()).isEqualTo(BOTH);
    }

    @Test
    void what_did_not_change_is_not_sent_again_though_no_secret_is_here() throws Exception {
        sealed(Workshop.sample());
        var moved = new TreeMap<String, byte[]>();
        Workshop.sample().forEach((path, content) -> moved.put("moved/" + path, content));

        assertThat(sealed(Workshop.sample()).file("data")).isEmptyDirectory();
        assertThat(sealed(moved).file("data")).isEmptyDirectory();
        assertThat(exported(workshop.spool().baseline().orElseThrow(), RECOVERY))
                .containsExactlyEntriesOf(moved);
    }

    @Test
    void without_an_identity_nothing_can_be_looked_into_and_the_message_says_which_would_do() throws Exception {
        var run = sealed(Workshop.sample());
        var closed = workshop.vault(store);
        var other = opened(Identity.create());
        var target = workshop.home.resolve("out");

        for (var vault : List.of(closed, other)) {
            assertThat(vault.snapshots()).extracting(Snapshot::id).containsExactly(run.id());
            for (Action look : List.<Action>of(
                    () -> vault.entries(run.snapshot()),
                    () -> vault.open(run.snapshot(), "workspace.json"),
                    () -> vault.export(run.snapshot(), target, entry -> true, Progress.NONE),
                    () -> vault.paths(run.snapshot(), "x", path -> {}))) {
                assertThatThrownBy(look::run)
                        .isInstanceOf(WrongIdentityException.class)
                        .hasMessageContaining(run.id().value())
                        .hasMessageContaining(OPS.recipient().text())
                        .hasMessageContaining(RECOVERY.recipient().text())
                        .hasMessageContaining("--identity");
            }
        }
        assertThat(target).doesNotExist();
        assertThat(workshop.scratch).isEmptyDirectory();
    }

    @Test
    void without_an_identity_every_stored_byte_is_verified_all_the_same() throws Exception {
        var run = sealed(Workshop.sample());

        for (var vault : List.of(workshop.vault(store), opened(Identity.create()))) {
            assertThat(vault.verify(Level.QUICK, any -> true, List.of())).isEmpty();
            assertThat(vault.verify(Level.STORED, any -> true, List.of())).isEmpty();
            assertThat(vault.verify(Level.FULL, any -> true, List.of()))
                    .singleElement()
                    .satisfies(note -> {
                        assertThat(note.isDamage()).isFalse();
                        assertThat(note.snapshot()).isEqualTo(run.id());
                        assertThat(note.what()).contains("was not looked into");
                    });
        }
        for (var name : List.copyOf(store.files.keySet())) {
            if (Names.isEncrypted(name)) {
                var sound = store.files.put(name, Damage.FLIP.apply(store.files.get(name)));
                for (var vault : List.of(workshop.vault(store), opened(Identity.create()), opened(OPS))) {
                    assertThat(vault.verify(Level.FULL, any -> true, List.of()))
                            .as(name)
                            .anyMatch(finding ->
                                    finding.isDamage() && finding.file().equals(name));
                }
                store.files.put(name, sound);
            }
        }
    }

    @Test
    void damage_is_told_with_its_paths_when_there_is_an_identity() throws Exception {
        var run = sealed(Workshop.sample());
        var part = store.files.keySet().stream()
                .filter(name -> name.endsWith(".002.age"))
                .findFirst()
                .orElseThrow();
        store.files.remove(part);

        assertThat(opened(OPS).verify(Level.FULL, any -> true, List.of()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.paths()).containsExactly("files/parts.bin"));
        assertThat(workshop.vault(store).verify(Level.QUICK, any -> true, List.of()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.affected()).isEqualTo(Finding.LOCKED);
                    assertThat(finding.toString()).contains("shows with an identity only");
                });
        assertThat(run.id()).isNotNull();
    }

    @Test
    void new_keys_are_for_what_is_new_and_old_files_stay_for_the_old() throws Exception {
        var first = sealed(Workshop.sample());
        var newOps = Identity.create();
        workshop.recipients = List.of(newOps.recipient(), RECOVERY.recipient());
        var second = sealed(CrashTest.changed());

        assertThat(exported(second, RECOVERY)).containsExactlyEntriesOf(CrashTest.changed());
        assertThat(exported(second, newOps, OPS)).containsExactlyEntriesOf(CrashTest.changed());
        assertThatThrownBy(() -> exported(second, newOps))
                .isInstanceOf(WrongIdentityException.class)
                .hasMessageContaining(first.id().value())
                .hasMessageContaining("the keys of its time");
        assertThat(opened(newOps).verify(Level.FULL, second.id()::equals, List.of()))
                .singleElement()
                .satisfies(note -> assertThat(note.what()).contains("encrypted to other keys"));
        assertThat(opened(newOps, OPS).verify(Level.FULL, any -> true, List.of()))
                .isEmpty();
    }

    @Test
    void a_vault_stays_encrypted_or_plain_as_it_was_made() throws Exception {
        var run = sealed(Workshop.sample());
        workshop.recipients = List.of();

        assertThatThrownBy(() -> workshop.seal(CrashTest.changed()))
                .isInstanceOf(EncryptionFixedException.class)
                .hasMessageContaining("was made encrypted")
                .hasMessageContaining("give the recipients again")
                .hasMessageContaining("begin a new vault");
        assertThat(workshop.spool().baseline().orElseThrow().id()).isEqualTo(run.id());

        try (var plain = new Workshop()) {
            plain.seal(Workshop.sample());
            plain.recipients = BOTH;
            assertThatThrownBy(() -> plain.seal(CrashTest.changed()))
                    .isInstanceOf(EncryptionFixedException.class)
                    .hasMessageContaining("was made without encryption")
                    .hasMessageContaining("take the recipients out");
        }
    }

    @Test
    void after_the_state_was_lost_the_vault_goes_on_encrypted_from_a_new_baseline() throws Exception {
        var before = sealed(Workshop.sample());
        var vaultJson = store.files.get(Names.VAULT);
        Workshop.erase(workshop.home.resolve("state/spool"));
        assertThat(workshop.spool().recover(List.of(store))).isFalse();
        assertThat(workshop.spool().knowsItself()).isTrue();

        var after = sealed(CrashTest.changed());

        assertThat(store.files.get(Names.VAULT)).isEqualTo(vaultJson);
        assertThat(after.snapshot().parent()).isEmpty();
        assertThat(exported(after, OPS)).containsExactlyEntriesOf(CrashTest.changed());
        assertThat(exported(before, OPS)).containsExactlyEntriesOf(Workshop.sample());
    }

    @Test
    void a_file_that_cannot_be_read_back_is_never_committed() throws Exception {
        workshop.disk = new Flipping(new QuickDisk());

        assertThatThrownBy(() -> workshop.seal(Workshop.sample()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be read back");
        assertThat(workshop.spool().waiting()).isEmpty();
    }

    @Test
    void what_is_sealed_lies_nowhere_in_clear_but_for_its_manifest() throws Exception {
        var run = sealed(Workshop.sample());

        for (var file : Workshop.read(run.directory()).entrySet()) {
            if (!file.getKey().startsWith("manifest.jsonl")) {
                assertThat(new String(file.getValue(), StandardCharsets.ISO_8859_1))
                        .as(file.getKey())
                        .doesNotContain("semicolon", "catalogue.jsonl");
            }
        }
    }

    @Test
    void a_vault_of_an_unknown_encryption_is_refused() throws Exception {
        sealed(Workshop.sample());
        var text = new String(store.files.get(Names.VAULT), StandardCharsets.UTF_8);
        store.files.put(Names.VAULT, Workshop.text(text.replace("\"age\"", "\"gpg\"")));

        assertThatThrownBy(() -> workshop.vault(store).snapshots())
                .isInstanceOf(UnsupportedVaultException.class)
                .hasMessageContaining("gpg");
    }

    private Sealed sealed(Map<String, byte[]> files) throws IOException {
        var sealed = workshop.seal(files);
        assertThat(workshop.ship(sealed, store).error()).isEmpty();
        return sealed;
    }

    private Vault opened(Identity... identities) {
        return workshop.vault(store).with(Age.decryption(List.of(identities)));
    }

    private Map<String, byte[]> exported(Sealed run, Identity... identities) throws IOException {
        var target = Files.createTempDirectory(workshop.home, "export-");
        opened(identities).export(run.snapshot(), target, entry -> true, Progress.NONE);
        return Workshop.read(target);
    }

    /** Something that throws. */
    private interface Action {
        void run() throws Exception;
    }

    /** Writes the last byte of each encrypted file wrong, and says nothing. */
    private record Flipping(Disk disk) implements Disk {
        @Override
        public void createFolder(Path folder) throws IOException {
            disk.createFolder(folder);
        }

        @Override
        public OutputStream create(Path file) throws IOException {
            if (!Names.isEncrypted(file.toString())) {
                return disk.create(file);
            }
            return new FilterOutputStream(disk.create(file)) {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    var wrong = java.util.Arrays.copyOfRange(bytes, offset, offset + length);
                    wrong[length - 1] ^= 1;
                    out.write(wrong, 0, length);
                }
            };
        }

        @Override
        public void sync(Path folder) throws IOException {
            disk.sync(folder);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            disk.rename(from, to);
        }

        @Override
        public void delete(Path path) throws IOException {
            disk.delete(path);
        }
    }
}
