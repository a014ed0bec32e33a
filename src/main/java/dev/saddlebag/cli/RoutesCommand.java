package dev.saddlebag.cli;

import picocli.CommandLine.Command;

@Command(name = "routes", description = "Works on the routes.", synopsisSubcommandLabel = "COMMAND")
final class RoutesCommand {}
