package dev.saddlebag.cli;

import dev.saddlebag.notion.Json;
import dev.saddlebag.report.Sizes;
import dev.saddlebag.routes.Flow;
import dev.saddlebag.vault.Exported;
import dev.saddlebag.vault.Progress;
import dev.saddlebag.vault.Snapshot;
import dev.saddlebag.vault.Vault;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        description =
                "Writes the files of a snapshot into a folder. Files that are there already are never overwritten.")
final class ExportCommand implements Callable<Integer> {
    @ParentCommand
    private Saddlebag saddlebag;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final VaultOptions vaultOptions = new VaultOptions();

    @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "An id, the beginning of one, a date, or latest.")
    private String snapshot;

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "The folder to write to.")
    private Path to;

    @Option(names = "--only", paramLabel = "PATH", defaultValue = "", description = "Only what is below this path.")
    private String only;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Setup setup = saddlebag.setup();
        PrintWriter out = spec.commandLine().getOut();
        try (RunningFlow running = setup.start(Flow.Timers.OFF)) {
            Vault vault = vaultOptions.opened(setup, running.flow());
            Snapshot found = vault.find(snapshot);
            Exported exported = vault.export(found, to, entry -> LsCommand.isBelow(entry.path(), only), Progress.NONE);
            if (json) {
                out.println(Json.PRETTY.writeValueAsString(Map.of(
                        "snapshot", found.id().value(),
                        "directory", to.toAbsolutePath().toString(),
                        "files", exported.files(),
                        "bytes", exported.bytes())));
            } else {
                out.printf(
                        "%,d files (%s) of snapshot %s are in %s, each hash compared.%n",
                        exported.files(), Sizes.text(exported.bytes()), found.id(), to);
            }
        }
        return ExitCodes.OK;
    }
}
