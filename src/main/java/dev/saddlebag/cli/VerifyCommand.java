package dev.saddlebag.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.destination.TreeVerification;
import dev.saddlebag.gate.RestoredTree;
import dev.saddlebag.gate.Verdict;
import dev.saddlebag.notion.Json;
import dev.saddlebag.routes.Flow;
import dev.saddlebag.upkeep.VerifyReport;
import dev.saddlebag.vault.Exported;
import dev.saddlebag.vault.Finding;
import dev.saddlebag.vault.Level;
import dev.saddlebag.vault.Progress;
import dev.saddlebag.vault.RunId;
import dev.saddlebag.vault.Snapshot;
import dev.saddlebag.vault.Vault;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.apache.commons.io.file.PathUtils;
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
        full(Level.FULL),
        restore(Level.FULL);

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
            paramLabel = "quick|full|restore",
            defaultValue = "quick",
            description =
                    "quick: signatures, lists and sizes. full: every stored byte and every file in the packs. restore: full, and"
                            + " the named snapshots, or the latest, are written out to a folder for a moment, and what came out is"
                            + " judged by the gate.")
    private Depth depth;

    @Option(
            names = "--share",
            description =
                    "Does what the daemon does each day: looks at all listings of each destination, and reads the "
                            + "stored files whose turn it is (....verify-days).")
    private boolean share;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (share) {
            return verifyShare(out);
        }
        ArrayNode all = Json.MAPPER.createArrayNode();
        boolean damaged = vaultOptions.isAtPath() ? verifyAtPath(all) : verifyDestinations(all);
        if (json) {
            out.println(Json.PRETTY.writeValueAsString(all));
        }
        return damaged ? ExitCodes.DAMAGED : ExitCodes.OK;
    }

    private boolean verifyAtPath(ArrayNode all) throws Exception {
        try (OpenedVault opened = vaultOptions.open(saddlebag)) {
            String where = vaultOptions.path().toString();
            boolean damaged = verify("", where, opened.vault(), Set.of(), all);
            boolean restored = depth != Depth.restore
                    || opened.vault().isEmpty()
                    || restores(where, opened.vault(), Path.of(System.getProperty("java.io.tmpdir")), Map.of());
            return damaged || !restored;
        }
    }

    private boolean verifyDestinations(ArrayNode all) throws Exception {
        Setup setup = saddlebag.setup();
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
                Vault vault = depth != Depth.quick
                        ? vaultOptions.opened(setup, running.flow(), workspace)
                        : vaultOptions.vault(setup, running.flow(), workspace);
                damaged |= verify(workspace.name(), destination, vault, delivered, all);
                if (depth == Depth.restore && !vault.isEmpty()) {
                    damaged |= !restores(
                            where(workspace.name(), destination),
                            vault,
                            VaultOptions.scratch(setup, workspace),
                            workspace.gate());
                }
            }
        }
        return damaged;
    }

    private boolean verify(String workspace, String destination, Vault vault, Set<RunId> delivered, ArrayNode all)
            throws IOException {
        String where = where(workspace, destination);
        if (delivered.isEmpty() && vault.isEmpty()) {
            spec.commandLine().getErr().printf("%s: there is no snapshot yet, and so nothing to verify.%n", where);
            return false;
        }
        return report(workspace, destination, vault.verify(depth.level, selection(vault), delivered), all);
    }

    /** Writes snapshots out as somebody would who has lost everything, and judges what came out. */
    private boolean restores(String where, Vault vault, Path scratch, Map<String, BigDecimal> limits)
            throws IOException {
        boolean sound = true;
        for (String name : snapshots.isEmpty() ? List.of("latest") : snapshots) {
            Snapshot snapshot = vault.find(name);
            Path folder = Files.createTempDirectory(scratch, "restored-");
            try {
                Exported exported = vault.export(snapshot, folder, entry -> true, Progress.NONE);
                Verdict verdict = new RestoredTree(folder).judge(limits);
                sound &= verdict.accepted();
                // With --json the standard output is the list of findings.
                (json ? spec.commandLine().getErr() : spec.commandLine().getOut())
                        .printf(
                                "%s, restore: %,d files of snapshot %s came out, and the gate says: %s%n",
                                where, exported.files(), snapshot.id(), verdict.sentence());
            } finally {
                PathUtils.deleteDirectory(folder);
            }
        }
        return sound;
    }

    private int verifyShare(PrintWriter out) throws Exception {
        if (!snapshots.isEmpty() || depth != Depth.quick || vaultOptions.isAtPath()) {
            throw new IllegalArgumentException(
                    "--share is for all snapshots of destinations, and has no level: it goes by turns");
        }
        Setup setup = saddlebag.setup();
        List<WorkspaceSettings> workspaces = vaultOptions.workspaces(setup);
        List<VerifyReport> reports = new ArrayList<>();
        try (RunningFlow running = setup.start(Flow.Timers.OFF)) {
            for (WorkspaceSettings workspace : workspaces) {
                for (String destination : vaultOptions.destinations(workspace)) {
                    VerifyReport report = running.flow().upkeep().verify(workspace.name(), destination);
                    reports.add(report);
                    tell(running.flow(), report);
                    if (!json) {
                        report.damage().forEach(out::println);
                        report.lost().forEach(out::println);
                        out.println(report.sentence());
                    }
                }
            }
        }
        if (json) {
            out.println(Json.PRETTY.writeValueAsString(reports));
        }
        if (reports.stream().anyMatch(report -> !report.damage().isEmpty())) {
            return ExitCodes.DAMAGED;
        }
        return reports.stream().allMatch(report -> report.error().isEmpty()) ? ExitCodes.OK : ExitCodes.FAILED;
    }

    /** Whoever starts it by cron hears of it as by the daemon. */
    private static void tell(Flow flow, VerifyReport report) throws IOException {
        flow.upkeepNotices().verified(report).forEach(flow::tell);
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
            out.printf("%s, %s: %s%n", where(workspace, destination), depth, outcome(findings));
        }
        return findings.stream().anyMatch(Finding::isDamage);
    }

    private static String where(String workspace, String destination) {
        return workspace.isEmpty() ? destination : workspace + " at " + destination;
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
        return damage == 0 ? Verdicts.sound(findings) : damage + " findings of DAMAGE.";
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
        node.put("not_looked_into", finding.isUnseen());
        node.put("what", finding.what());
        node.put("affected_paths", finding.affected());
        return node;
    }
}
