package dev.saddlebag.cli;

import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.vault.Identity;
import dev.saddlebag.vault.IdentityFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "show",
        description =
                "Shows the public keys of identity files, and to which keys each workspace is encrypted. Never shows"
                        + " a secret key.")
final class KeysShowCommand implements Callable<Integer> {
    @ParentCommand
    private KeysCommand keys;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Identity files (default: those of the settings).")
    private final List<Path> files = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        List<WorkspaceSettings> workspaces = keys.setup().settings().workspaces();
        Map<String, Path> known = new LinkedHashMap<>();
        for (Path file : files.isEmpty() ? ofSettings(workspaces) : files) {
            for (Identity identity : IdentityFile.read(file, Passphrase::ask)) {
                out.printf("%s  the public key of %s%n", identity.recipient(), file);
                known.put(identity.recipient().text(), file);
            }
        }
        for (WorkspaceSettings workspace : workspaces) {
            if (!workspace.encryption().isOn()) {
                out.printf("%s: is not encrypted%n", workspace.name());
            }
            for (String recipient : workspace.encryption().recipients()) {
                out.printf(
                        "%s: is encrypted to %s, %s%n",
                        workspace.name(),
                        recipient,
                        known.containsKey(recipient)
                                ? "whose secret key is in " + known.get(recipient)
                                : "whose secret key is not here");
            }
        }
        return ExitCodes.OK;
    }

    private static List<Path> ofSettings(List<WorkspaceSettings> workspaces) {
        return workspaces.stream()
                .flatMap(workspace -> workspace.encryption().identities().stream())
                .distinct()
                .toList();
    }
}
