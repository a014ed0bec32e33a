package dev.saddlebag.cli;

import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.routes.Flow;
import dev.saddlebag.vault.RunId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "undelete", description = "Shows a snapshot again that a prune has hidden within the last week.")
final class UndeleteCommand implements Callable<Integer> {
    @ParentCommand
    private Saddlebag saddlebag;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final VaultOptions vaultOptions = new VaultOptions();

    @Parameters(paramLabel = "SNAPSHOT", description = "The id of the snapshot, or the beginning of it.")
    private String snapshot;

    @Override
    public Integer call() throws Exception {
        Setup setup = saddlebag.setup();
        WorkspaceSettings workspace = setup.workspace(vaultOptions.workspace());
        try (RunningFlow running = setup.start(Flow.Timers.OFF)) {
            String destination = vaultOptions.destination(workspace);
            RunId shown = running.flow()
                    .upkeep()
                    .pruner(workspace.name(), destination)
                    .undelete(snapshot);
            spec.commandLine()
                    .getOut()
                    .printf(
                            "The snapshot %s is back at %s. The next prune hides it again unless the settings keep-… of "
                                    + "the workspace keep it.%n",
                            shown, destination);
        }
        return ExitCodes.OK;
    }
}
