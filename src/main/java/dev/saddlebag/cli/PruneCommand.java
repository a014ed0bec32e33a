package dev.saddlebag.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.configuration.Cron;
import dev.saddlebag.configuration.KeepSettings;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.notion.Json;
import dev.saddlebag.report.Sizes;
import dev.saddlebag.routes.Flow;
import dev.saddlebag.vault.Pruned;
import dev.saddlebag.vault.Pruner;
import dev.saddlebag.vault.Retention;
import dev.saddlebag.vault.RunId;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
                    try {
                        Pruned pruned = prune(setup, running.flow(), workspace, at);
                        all.add(describe(workspace.name(), at, pruned));
                        if (!json) {
                            out.println(sentence(workspace.name(), at, pruned));
                        }
                    } catch (IOException refused) {
                        // One vault that cannot be pruned stops no other.
                        err.printf("%s at %s: %s%n", workspace.name(), at, Failures.sentence(refused));
                        exit = ExitCodes.FAILED;
                    }
                }
            }
        }
        if (json) {
            out.println(Json.PRETTY.writeValueAsString(all));
        }
        return exit;
    }

    private Pruned prune(Setup setup, Flow flow, WorkspaceSettings workspace, String at) throws IOException {
        Pruner pruner = new Pruner(
                VaultOptions.vault(setup, flow, workspace, at), flow.vaults().spool(workspace.name()), at);
        Duration interval = Cron.longestInterval(workspace.schedule(), workspace.timeZone(), Instant.now())
                .orElse(workspace.alarmAfter());
        return dryRun
                ? pruner.foresee(retention(workspace.keep()), interval, overrideShare)
                : pruner.prune(retention(workspace.keep()), interval, overrideShare);
    }

    private static Retention retention(KeepSettings keep) {
        return new Retention(keep.last(), keep.within(), keep.daily(), keep.weekly(), keep.monthly(), keep.yearly());
    }

    private String sentence(String workspace, String at, Pruned pruned) {
        StringBuilder text = new StringBuilder();
        text.append("%s at %s: %d snapshots stay; %s %s; %s for good %s, with %d data files (%s)."
                .formatted(
                        workspace,
                        at,
                        pruned.kept(),
                        dryRun ? "would hide" : "hid",
                        named(pruned.hidden()),
                        dryRun ? "would remove" : "removed",
                        named(pruned.removed()),
                        pruned.files(),
                        Sizes.text(pruned.bytes())));
        if (dryRun) {
            text.append(" Nothing was changed.");
        } else if (!pruned.hidden().isEmpty()) {
            text.append(" For a week, `saddlebag undelete ID` shows a hidden one again.");
        }
        if (pruned.spared() > 0) {
            text.append(" A run came to need ").append(pruned.spared()).append(" other files meanwhile; they stay.");
        }
        if (pruned.left() > 0) {
            text.append(" It took more than an hour: ")
                    .append(pruned.left())
                    .append(" files or snapshots are left to the next prune.");
        }
        return text.toString();
    }

    private static String named(List<RunId> runs) {
        return runs.isEmpty() ? "none" : runs.stream().map(RunId::value).collect(Collectors.joining(", "));
    }

    private ObjectNode describe(String workspace, String at, Pruned pruned) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("workspace", workspace);
        node.put("destination", at);
        node.put("dry_run", dryRun);
        node.put("kept", pruned.kept());
        node.set("hidden", ids(pruned.hidden()));
        node.set("removed", ids(pruned.removed()));
        node.put("files", pruned.files());
        node.put("bytes", pruned.bytes());
        node.put("spared", pruned.spared());
        node.put("left", pruned.left());
        return node;
    }

    private static ArrayNode ids(List<RunId> runs) {
        ArrayNode ids = Json.MAPPER.createArrayNode();
        runs.forEach(run -> ids.add(run.value()));
        return ids;
    }
}
