package dev.saddlebag.cli;

import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.routes.Flow;
import dev.saddlebag.vault.Age;
import dev.saddlebag.vault.Identity;
import dev.saddlebag.vault.IdentityFile;
import dev.saddlebag.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options by which a command finds the vault to look into. */
final class VaultOptions {
    @Option(
            names = "--workspace",
            paramLabel = "WORKSPACE",
            description = "The workspace; needed when there are several.")
    private String workspace;

    @Option(
            names = "--destination",
            paramLabel = "DESTINATION",
            description = "The destination to look at (default: the first of the workspace that holds a vault).")
    private String destination;

    @Option(
            names = "--identity",
            paramLabel = "FILE",
            description = "A file with a secret key of age, for what is encrypted; repeatable (default: the workspace's"
                    + " setting identities).")
    private final List<Path> identities = new ArrayList<>();

    Optional<String> workspace() {
        return Optional.ofNullable(workspace);
    }

    /** The destination to look at. */
    String destination(WorkspaceSettings of) {
        return destination == null ? of.vaults().get(0) : destination;
    }

    /** The vault that the options point at, to be looked into with the identities at hand. */
    Vault opened(Setup setup, Flow flow) throws IOException {
        return opened(setup, flow, setup.workspace(workspace()));
    }

    Vault opened(Setup setup, Flow flow, WorkspaceSettings of) throws IOException {
        Vault vault = vault(setup, flow, of);
        List<Identity> all = identities(of);
        return all.isEmpty() ? vault : vault.with(Age.decryption(all));
    }

    /** The identities at hand: those of the command line, else those of the settings. */
    List<Identity> identities(WorkspaceSettings of) throws IOException {
        List<Identity> all = new ArrayList<>();
        for (Path file : identities.isEmpty() ? of.encryption().identities() : identities) {
            all.addAll(IdentityFile.read(file, Passphrase::ask));
        }
        return all;
    }

    /** The destination to look at, or all that hold vaults when none was named. */
    List<String> destinations(WorkspaceSettings of) {
        return destination == null ? of.vaults() : List.of(destination);
    }

    /** The vault, of which the descriptions of the snapshots are enough. */
    Vault vault(Setup setup, Flow flow, WorkspaceSettings of) throws IOException {
        return vault(setup, flow, of, destination(of));
    }

    static Vault vault(Setup setup, Flow flow, WorkspaceSettings of, String destination) throws IOException {
        Path scratch = setup.settings().stateDirectory().resolve(of.name()).resolve("scratch");
        Files.createDirectories(scratch);
        return flow.vaults().reader(flow.destinations().vault(destination, of.name()), scratch);
    }
}
