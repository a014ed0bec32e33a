package dev.saddlebag.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.notion.Json;
import dev.saddlebag.report.Sizes;
import dev.saddlebag.routes.Flow;
import dev.saddlebag.vault.Finding;
import dev.saddlebag.vault.Snapshot;
import dev.saddlebag.vault.Survey;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "snapshots",
        description = "Lists the snapshots of a destination: id, time, workspace, verdict, objects, size, new bytes.")
final class SnapshotsCommand implements Callable<Integer> {
    @ParentCommand
    private Saddlebag saddlebag;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final VaultOptions vaultOptions = new VaultOptions();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        ArrayNode all = Json.MAPPER.createArrayNode();
        boolean damaged = false;
        if (vaultOptions.isAtPath()) {
            try (OpenedVault opened = vaultOptions.open(saddlebag)) {
                damaged = isDamaged(opened.vault().survey(), all);
            }
        } else {
            Setup setup = saddlebag.setup();
            try (RunningFlow running = setup.start(Flow.Timers.OFF)) {
                for (WorkspaceSettings workspace : vaultOptions.workspaces(setup)) {
                    damaged |= isDamaged(
                            vaultOptions.vault(setup, running.flow(), workspace).survey(), all);
                }
            }
        }
        if (json) {
            out.println(Json.PRETTY.writeValueAsString(all));
        } else {
            print(all, out);
        }
        return damaged ? ExitCodes.DAMAGED : ExitCodes.OK;
    }

    private boolean isDamaged(Survey survey, ArrayNode all) {
        survey.snapshots().forEach(snapshot -> all.add(describe(snapshot)));
        survey.findings().forEach(spec.commandLine().getErr()::println);
        return survey.findings().stream().anyMatch(Finding::isDamage);
    }

    private static ObjectNode describe(Snapshot snapshot) {
        ObjectNode line = Json.MAPPER.createObjectNode();
        line.put("id", snapshot.id().value());
        line.put("time", snapshot.started().toString());
        line.put("workspace", snapshot.workspace());
        line.put("verdict", snapshot.facts().verdict());
        line.put("complete", snapshot.facts().complete());
        line.set("counts", Json.MAPPER.valueToTree(snapshot.facts().counts()));
        line.put("encrypted", snapshot.isEncrypted());
        line.put("bytes", snapshot.bytes());
        line.put("stored_bytes", snapshot.storedBytes());
        line.put("new_bytes", snapshot.newBytes());
        return line;
    }

    private static void print(ArrayNode snapshots, PrintWriter out) {
        if (snapshots.isEmpty()) {
            out.println("There are no snapshots yet.");
            return;
        }
        out.printf(
                "%-23s  %-20s  %-12s  %-8s  %9s  %9s  %9s%n",
                "SNAPSHOT", "TIME (UTC)", "WORKSPACE", "VERDICT", "PAGES", "SIZE", "NEW");
        snapshots.forEach(snapshot -> out.printf(
                "%-23s  %-20s  %-12s  %-8s  %9s  %9s  %9s%n",
                snapshot.path("id").asText(),
                snapshot.path("time").asText(),
                snapshot.path("workspace").asText(),
                snapshot.path("verdict").asText(),
                snapshot.path("encrypted").asBoolean()
                        ? "-"
                        : snapshot.at("/counts/pages").asLong(),
                snapshot.path("encrypted").asBoolean()
                        ? "-"
                        : Sizes.text(snapshot.path("bytes").asLong()),
                Sizes.text(snapshot.path("new_bytes").asLong())));
    }
}
