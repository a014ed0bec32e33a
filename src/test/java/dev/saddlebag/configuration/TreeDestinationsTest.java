package dev.saddlebag.configuration;

import static dev.saddlebag.configuration.ConfigurationFolder.SMALLEST;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kinds of destinations whose Kamelet says that they hold a readable tree and no vault. */
class TreeDestinationsTest {
    private static final String FOREST_KIND = """
            metadata:
              labels:
                saddlebag.dev/holds: tree
            spec:
              definition:
                required: [remote]
                properties:
                  remote: { type: string, format: path-or-address }
                  key-file: { type: string, format: path }
            """;
    private static final String BOTH = SMALLEST.replace("destinations = vault", "destinations = code, vault")
            + "saddlebag.destination.code.kind = forest\n";
    private static final String RECIPIENTS = "saddlebag.workspace.acme.recipients ="
            + " age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p\n"
            + "saddlebag.workspace.acme.encryption.allow-single-recipient = true\n";

    @TempDir
    private Path folder;

    private ConfigurationFolder configuration;

    @BeforeEach
    void prepare() throws IOException {
        configuration = ConfigurationFolder.in(folder);
        Files.writeString(folder.resolve("routes/destinations/forest.kamelet.yaml"), FOREST_KIND);
    }

    @Test
    void what_a_destination_holds_is_known_from_its_kind() throws IOException {
        Settings settings = configuration.load(BOTH + "saddlebag.destination.code.remote = a/../code.git\n");

        WorkspaceSettings acme = settings.workspace("acme").orElseThrow();
        assertThat(acme.destinations()).containsExactly("code", "vault");
        assertThat(acme.vaults()).containsExactly("vault");
        assertThat(acme.withoutVault()).containsExactly("code");
        assertThat(settings.destination("code").orElseThrow().holds()).isEqualTo(Holds.TREE);
        assertThat(settings.destination("vault").orElseThrow().holds()).isEqualTo(Holds.VAULT);
    }

    @Test
    void paths_start_at_the_folder_of_the_configuration_and_addresses_stay_as_they_are() throws IOException {
        for (String address : new String[] {
            "git@git.example.org:acme/notion.git", "git.example.org:notion", "ssh://git@host:22/x", "https://host/x.git"
        }) {
            assertThat(remote(address)).isEqualTo(address);
        }
        assertThat(remote("a/../code.git")).isEqualTo(folder.resolve("code.git").toString());
        assertThat(remote("/srv/code.git")).isEqualTo("/srv/code.git");
        assertThat(configuration
                        .load(BOTH
                                + "saddlebag.destination.code.remote = x\nsaddlebag.destination.code.key-file = id\n")
                        .destination("code")
                        .orElseThrow()
                        .options())
                .containsEntry("key-file", folder.resolve("id").toString());
    }

    private String remote(String given) throws IOException {
        return configuration
                .load(BOTH + "saddlebag.destination.code.remote = " + given + "\n")
                .destination("code")
                .orElseThrow()
                .options()
                .get("remote");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ghp_0123456789@host/x.git",
                "https://user:ghp_0123456789@host/x.git",
                "ssh://git:ghp_0123456789@host/x.git",
                "git:ghp_0123456789@host:x.git"
            })
    void an_address_with_a_secret_in_it_is_a_mistake_that_does_not_repeat_it(String address) throws IOException {
        assertThat(configuration.mistakes(BOTH + "saddlebag.destination.code.remote = " + address + "\n"))
                .singleElement()
                .asString()
                .contains(
                        "7: saddlebag.destination.code.remote has a user or password in it",
                        "settings user and password")
                .doesNotContain("ghp_");
    }

    @Test
    void an_address_of_another_protocol_is_a_mistake() throws IOException {
        assertThat(configuration.mistakes(BOTH + "saddlebag.destination.code.remote = git://host/x.git\n"))
                .containsExactly(
                        "7: saddlebag.destination.code.remote must be a path or an address that begins with ssh://,"
                                + " https:// or http://");
    }

    @Test
    void a_workspace_without_a_vault_is_a_mistake() throws IOException {
        String properties = BOTH.replace("destinations = code, vault", "destinations = code")
                + "saddlebag.destination.code.remote = x\n";

        assertThat(configuration.mistakes(properties))
                .containsExactly(
                        "3: saddlebag.workspace.acme.destinations names no vault: code would hold a readable tree"
                                + " only, which is made of what a vault holds and from which nothing is restored. Name a destination of"
                                + " another kind too, such as a folder");
    }

    @Test
    void an_encrypted_workspace_with_a_readable_tree_is_a_mistake() throws IOException {
        assertThat(configuration.mistakes(BOTH + "saddlebag.destination.code.remote = x\n" + RECIPIENTS))
                .containsExactly(
                        "3: saddlebag.workspace.acme.destinations names code, which would hold a readable tree, but"
                                + " the workspace is encrypted (saddlebag.workspace.acme.recipients): whoever reads the tree would"
                                + " read what the encryption hides. Take out one of the two");
    }
}
