package dev.saddlebag.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "gate",
        description = "Explains what the quality gate said of a run, and accepts a run that it held.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {GateShowCommand.class, GateAcceptCommand.class})
final class GateCommand {
    @ParentCommand
    private Saddlebag saddlebag;

    Setup setup() {
        return saddlebag.setup();
    }
}
