package dev.saddlebag.cli;

import dev.saddlebag.configuration.Mistake;
import dev.saddlebag.notion.Json;
import dev.saddlebag.routes.Checkup;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "routes",
        description = "Works on the routes.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = RoutesCommand.Check.class)
final class RoutesCommand {
    @ParentCommand
    private Saddlebag saddlebag;

    @Command(
            name = "check",
            description =
                    "Reports every mistake in the routes and the configuration, with file, line and reason. Starts "
                            + "nothing.")
    static final class Check implements Callable<Integer> {
        @ParentCommand
        private RoutesCommand routes;

        @Spec
        private CommandSpec spec;

        @Option(names = "--json", description = "Prints JSON.")
        private boolean json;

        @Override
        public Integer call() throws Exception {
            PrintWriter out = spec.commandLine().getOut();
            List<Mistake> mistakes = Checkup.of(
                            routes.saddlebag.configuration(), System.getenv(), routes.saddlebag.overrides())
                    .mistakes();
            if (json) {
                out.println(Json.PRETTY.writeValueAsString(mistakes));
            } else {
                mistakes.forEach(out::println);
                out.println(mistakes.isEmpty() ? "No mistakes." : "Mistakes: " + mistakes.size());
            }
            return mistakes.isEmpty() ? ExitCodes.OK : ExitCodes.USAGE;
        }
    }
}
