package dev.saddlebag.cli;

import dev.saddlebag.difference.Difference;
import dev.saddlebag.difference.Scope;
import dev.saddlebag.vault.Vault;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.commons.io.file.PathUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "diff",
        description =
                "Shows what differs between two snapshots: pages, rows and databases added, removed, moved, renamed"
                        + " and changed, with the changed text.")
final class DiffCommand implements Callable<Integer> {
    @ParentCommand
    private Saddlebag saddlebag;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final VaultOptions vaultOptions = new VaultOptions();

    @Parameters(
            index = "0",
            paramLabel = "A",
            description = "The earlier snapshot: an id, the beginning of one, a date, or latest.")
    private String earlier;

    @Parameters(
            index = "1",
            arity = "0..1",
            defaultValue = "latest",
            paramLabel = "B",
            description = "The later one (default: latest).")
    private String later;

    @Option(
            names = "--only",
            paramLabel = "PATH|ID",
            description =
                    "Only what is at or below a page or database: its id, or the titles from the top of the workspace"
                            + " down with / between them.")
    private String only;

    @Option(names = "--stat", description = "Names and numbers only, without the changed text.")
    private boolean stat;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Scope scope = only == null ? Scope.ALL : Scope.of(only);
        Path scratch = Files.createTempDirectory("saddlebag-");
        try (OpenedVault opened = vaultOptions.open(saddlebag)) {
            Vault vault = opened.vault();
            try (Difference difference =
                    Difference.between(vault, vault.find(earlier), vault.find(later), scope, scratch)) {
                if (json) {
                    new DiffJson(difference, !stat).write(out);
                } else {
                    new DiffText(difference, !stat, isColoured()).write(out);
                }
            }
        } finally {
            PathUtils.deleteDirectory(scratch);
        }
        out.flush();
        return ExitCodes.OK;
    }

    /** The launcher knows whether a person is looking; Java tells it in another way in each release. */
    private static boolean isColoured() {
        return Boolean.getBoolean("saddlebag.colour");
    }
}
