package dev.saddlebag.cli;

import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.routes.Flow;
import dev.saddlebag.vault.Age;
import dev.saddlebag.vault.Identity;
import dev.saddlebag.vault.IdentityFile;
import dev.saddlebag.vault.Signers;
import dev.saddlebag.vault.Store;
import dev.saddlebag.vault.Vault;
import java.io.IOException;
import java.nio.file.FileSystemException;
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

    @Option(
            names = "--vault",
            paramLabel = "PATH",
            description =
                    "A vault of this machine instead: a folder, a ZIP that export made, or such a ZIP encrypted. Needs"
                            + " no settings.")
    private Path path;

    @Option(
            names = "--signers",
            paramLabel = "FILE",
            description =
                    "Whose signatures count, as OpenSSH's allowed_signers has it (default: the keys of this host; with"
                            + " --vault, those that the vault names).")
    private Path signers;

    Optional<String> workspace() {
        return Optional.ofNullable(workspace);
    }

    /** The workspace that was named, or all. */
    List<WorkspaceSettings> workspaces(Setup setup) {
        return setup.workspaces(workspace().stream().toList());
    }

    /** The destination to look at. */
    String destination(WorkspaceSettings of) {
        return destination == null ? of.vaults().get(0) : destination;
    }

    /** The vault that the options point at, with what must be closed after it. */
    OpenedVault open(Saddlebag saddlebag) throws Exception {
        if (path != null) {
            List<Identity> all = identities(List.of());
            VaultAtPath at = VaultAtPath.open(path, all);
            return new OpenedVault(decrypting(at.vault(trusted()), all), at);
        }
        Setup setup = saddlebag.setup();
        RunningFlow running = setup.start(Flow.Timers.OFF);
        try {
            return new OpenedVault(opened(setup, running.flow()), running::close);
        } catch (Exception e) {
            running.close();
            throw e;
        }
    }

    /** Whether a vault was named that needs no settings. */
    boolean isAtPath() {
        return path != null;
    }

    Path path() {
        return path;
    }

    private Optional<Signers> trusted() throws IOException {
        return signers == null ? Optional.empty() : Optional.of(Signers.parse(Files.readAllBytes(signers)));
    }

    private static Vault decrypting(Vault vault, List<Identity> all) {
        return all.isEmpty() ? vault : vault.with(Age.decryption(all));
    }

    /** The vault that the options point at, to be looked into with the identities at hand. */
    Vault opened(Setup setup, Flow flow) throws IOException {
        return opened(setup, flow, setup.workspace(workspace()));
    }

    Vault opened(Setup setup, Flow flow, WorkspaceSettings of) throws IOException {
        return decrypting(vault(setup, flow, of), identities(of));
    }

    /** The identities at hand: those of the command line, else those of the settings. */
    List<Identity> identities(WorkspaceSettings of) throws IOException {
        return identities(of.encryption().identities());
    }

    private List<Identity> identities(List<Path> ofSettings) throws IOException {
        return identitiesIn(identities.isEmpty() ? ofSettings : identities);
    }

    /** All secret keys in {@code files}; asks for the passphrase of one that has one. */
    static List<Identity> identitiesIn(List<Path> files) throws IOException {
        List<Identity> all = new ArrayList<>();
        for (Path file : files) {
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
        String name = destination(of);
        return signers == null
                ? vault(setup, flow, of, name)
                : new Vault(
                        flow.destinations().vault(name, of.name()), trusted().orElseThrow(), scratch(setup, of));
    }

    static Vault vault(Setup setup, Flow flow, WorkspaceSettings of, String destination) throws IOException {
        return vault(setup, flow, of, flow.destinations().vault(destination, of.name()));
    }

    /** The vault that the options point at, with the credentials that may delete there, and the identities at hand. */
    Vault openedToDelete(Setup setup, Flow flow, WorkspaceSettings of) throws IOException {
        Vault vault = vault(setup, flow, of, flow.destinations().vaultToPrune(destination(of), of.name()));
        return decrypting(vault, identities(of));
    }

    private static Vault vault(Setup setup, Flow flow, WorkspaceSettings of, Store store) throws IOException {
        return flow.vaults().reader(store, scratch(setup, of));
    }

    /** A disk that only lets itself be read must not keep anybody from reading the backups. */
    static Path scratch(Setup setup, WorkspaceSettings of) throws IOException {
        Path scratch = setup.settings().stateDirectory().resolve(of.name()).resolve("scratch");
        try {
            Files.createDirectories(scratch);
        } catch (FileSystemException unwritable) {
            return elsewhere();
        }
        return Files.isWritable(scratch) ? scratch : elsewhere();
    }

    private static Path elsewhere() throws IOException {
        Path scratch = Files.createTempDirectory("saddlebag-");
        scratch.toFile().deleteOnExit();
        return scratch;
    }
}
