package dev.saddlebag.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "keys",
        description = "Makes, shows and checks the keys that encrypted snapshots are read with.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {KeysNewCommand.class, KeysShowCommand.class, KeysCheckCommand.class})
final class KeysCommand {
    @ParentCommand
    private Saddlebag saddlebag;

    Setup setup() {
        return saddlebag.setup();
    }
}
