package dev.saddlebag.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.notion.Json;
import dev.saddlebag.routes.Flow;
import dev.saddlebag.upkeep.PruneReport;
import dev.saddlebag.upkeep.Upkeep;
import dev.saddlebag.vault.Pruned;
import dev.saddlebag.vault.RunId;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "prune",
        description = "Hides the snapshots that have expired, and a week later deletes what none needs any more.")
final class PruneCommand implements Callable<Integer> {
    @ParentCommand
    private Saddlebag saddlebag;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "WORKSPACE", arity = "0..*", description = "The workspaces (default: all).")
    private final List<String> names = new ArrayList<>();

    @Option(
            names = "--destination",
            paramLabel = "DESTINATION",
            description = "The destination to prune (default: all of the workspace that hold vaults).")
    private String destination;

    @Option(names = "--dry-run", description = "Says what would be done, and changes nothing.")
    private boolean dryRun;

    @Option(
            names = "--override-share",
            description = "Lets more than a quarter of the data files of a vault go at once.")
    private boolean overrideShare;

    @Option(names = "--override-run", description = "Prunes even though the newest run was not accepted and complete.")
    private boolean overrideRun;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Setup setup = saddlebag.setup();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        List<WorkspaceSettings> workspaces = setup.workspaces(names);
        ArrayNode all = Json.MAPPER.createArrayNode();
        int exit = ExitCodes.OK;
        try (RunningFlow running = setup.start(Flow.Timers.OFF)) {
            for (WorkspaceSettings workspace : workspaces) {
                List<String> destinations = destination == null ? workspace.vaults() : List.of(destination);
                for (String at : destinations) {
                    Upkeep upkeep = running.flow().upkeep();
                    PruneReport report = dryRun || overrideRun
                            ? upkeep.prune(workspace.name(), at, dryRun, overrideShare)
                            : upkeep.pruneAfterGoodRun(workspace.name(), at, overrideShare);
                    if (!report.isDone()) {
                        // One vault that cannot be pruned stops no other.
                        err.println(report.sentence());
                        exit = ExitCodes.FAILED;
                    } else {
                        all.add(describe(report));
                        if (!json) {
                            out.println(report.sentence());
                        }
                    }
                }
            }
        }
        if (json) {
            out.println(Json.PRETTY.writeValueAsString(all));
        }
        return exit;
    }

    private static ObjectNode describe(PruneReport report) {
        Pruned pruned = report.pruned().orElseThrow();
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("workspace", report.workspace());
        node.put("destination", report.destination());
        node.put("dry_run", report.isDry());
        node.put("kept", pruned.kept());
        node.set("hidden", ids(pruned.hidden()));
        node.set("removed", ids(pruned.removed()));
        node.put("files", pruned.files());
        node.put("bytes", pruned.bytes());
        node.put("spared", pruned.spared());
        node.set("future", ids(pruned.future()));
        node.put("left", pruned.left());
        return node;
    }

    private static ArrayNode ids(List<RunId> runs) {
        ArrayNode ids = Json.MAPPER.createArrayNode();
        runs.forEach(run -> ids.add(run.value()));
        return ids;
    }
}
