package dev.saddlebag.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.destination.TreeVerification;
import dev.saddlebag.notion.Json;
import dev.saddlebag.routes.Flow;
import dev.saddlebag.vault.Finding;
import dev.saddlebag.vault.Level;
import dev.saddlebag.vault.RunId;
import dev.saddlebag.vault.Vault;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "verify", description = "Proves that what is there is what was written.")
final class VerifyCommand implements Callable<Integer> {
    /** How much is read. */
    enum Depth {
        quick(Level.QUICK),
        full(Level.FULL);

        private final Level level;

        Depth(Level level) {
            this.level = level;
        }
    }

    @ParentCommand
    private Saddlebag saddlebag;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final VaultOptions vaultOptions = new VaultOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "SNAPSHOT",
            description = "Ids, beginnings of ids, dates, or latest (default: all snapshots).")
    private final List<String> snapshots = new ArrayList<>();

    @Option(
            names = "--level",
            paramLabel = "quick|full",
            defaultValue = "quick",
            description = "quick: signatures, lists and sizes. full: every stored byte and every file in the packs.")
    private Depth depth;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Setup setup = saddlebag.setup();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        ArrayNode all = Json.MAPPER.createArrayNode();
        boolean damaged = false;
        try (RunningFlow running = setup.start(Flow.Timers.OFF)) {
            List<WorkspaceSettings> workspaces = vaultOptions.workspace().isPresent() || !snapshots.isEmpty()
                    ? List.of(setup.workspace(vaultOptions.workspace()))
                    : setup.settings().workspaces();
            for (WorkspaceSettings workspace : workspaces) {
                String destination = vaultOptions.destination(workspace);
                Set<RunId> delivered =
                        running.flow().vaults().spool(workspace.name()).delivered(destination);
                if (running.flow().destinations().holdsTrees(destination)) {
                    damaged |= report(
                            workspace.name(),
                            destination,
                            verifyTree(setup, running.flow(), workspace, destination, delivered),
                            all);
                    continue;
                }
                Vault vault = depth == Depth.full
                        ? vaultOptions.opened(setup, running.flow(), workspace)
                        : vaultOptions.vault(setup, running.flow(), workspace);
                if (delivered.isEmpty() && vault.isEmpty()) {
                    err.printf(
                            "%s at %s: there is no snapshot yet, and so nothing to verify.%n",
                            workspace.name(), destination);
                    continue;
                }
                damaged |= report(
                        workspace.name(), destination, vault.verify(depth.level, selection(vault), delivered), all);
            }
        }
        if (json) {
            out.println(Json.PRETTY.writeValueAsString(all));
        }
        return damaged ? ExitCodes.DAMAGED : ExitCodes.OK;
    }

    private List<Finding> verifyTree(
            Setup setup, Flow flow, WorkspaceSettings workspace, String destination, Set<RunId> delivered)
            throws IOException {
        List<Vault> vaults = new ArrayList<>();
        for (String other : workspace.vaults()) {
            vaults.add(VaultOptions.vault(setup, flow, workspace, other));
        }
        return new TreeVerification(flow.destinations().trees(destination, workspace.name()), vaults)
                .verify(depth.level, selection(vaults.get(0)), delivered);
    }

    /** Whether there is damage among the findings. */
    private boolean report(String workspace, String destination, List<Finding> findings, ArrayNode all) {
        if (json) {
            findings.forEach(finding -> all.add(describe(workspace, destination, finding)));
        } else {
            PrintWriter out = spec.commandLine().getOut();
            findings.forEach(out::println);
            out.printf("%s at %s, %s: %s%n", workspace, destination, depth, outcome(findings));
        }
        return findings.stream().anyMatch(Finding::isDamage);
    }

    private Predicate<RunId> selection(Vault vault) throws IOException {
        if (snapshots.isEmpty()) {
            return run -> true;
        }
        Set<RunId> selected = new HashSet<>();
        for (String name : snapshots) {
            selected.add(vault.find(name).id());
        }
        return selected::contains;
    }

    private static String outcome(List<Finding> findings) {
        long damage = findings.stream().filter(Finding::isDamage).count();
        return damage == 0 ? "all is as it was written." : damage + " findings of DAMAGE.";
    }

    private static ObjectNode describe(String workspace, String destination, Finding finding) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("workspace", workspace);
        node.put("destination", destination);
        node.put(
                "snapshot",
                finding.snapshot() == null ? null : finding.snapshot().value());
        node.put("file", finding.file());
        node.put("damage", finding.isDamage());
        node.put("what", finding.what());
        node.put("affected_paths", finding.affected());
        return node;
    }
}
