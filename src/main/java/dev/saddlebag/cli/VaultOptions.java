package dev.saddlebag.cli;

import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.routes.Flow;
import dev.saddlebag.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            description = "The destination to look at (default: the first of the workspace).")
    private String destination;

    Optional<String> workspace() {
        return Optional.ofNullable(workspace);
    }

    /** The destination to look at. */
    String destination(WorkspaceSettings of) {
        return destination == null ? of.destinations().get(0) : destination;
    }

    /** The vault that the options point at. */
    Vault vault(Setup setup, Flow flow) throws IOException {
        return vault(setup, flow, setup.workspace(workspace()));
    }

    Vault vault(Setup setup, Flow flow, WorkspaceSettings of) throws IOException {
        return vault(setup, flow, of, destination(of));
    }

    static Vault vault(Setup setup, Flow flow, WorkspaceSettings of, String destination) throws IOException {
        Path scratch = setup.settings().stateDirectory().resolve(of.name()).resolve("scratch");
        Files.createDirectories(scratch);
        return flow.vaults().reader(flow.destinations().vault(destination, of.name()), scratch);
    }
}
