package dev.saddlebag.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code saddlebag} command; each of its commands is a class of its own in this package. */
@Command(name = "saddlebag", description = "Backs up Notion workspaces.", mixinStandardHelpOptions = true)
public final class Saddlebag {
    private Saddlebag() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Saddlebag()).execute(arguments));
    }
}
