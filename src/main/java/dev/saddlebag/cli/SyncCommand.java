package dev.saddlebag.cli;

import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.report.Sizes;
import dev.saddlebag.routes.Flow;
import dev.saddlebag.vault.Copier;
import dev.saddlebag.vault.Finding;
import dev.saddlebag.vault.Receipt;
import dev.saddlebag.vault.Store;
import dev.saddlebag.vault.Vault;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "sync", description = "Copies the snapshots that one destination has and another lacks.")
final class SyncCommand implements Callable<Integer> {
    @ParentCommand
    private Saddlebag saddlebag;

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "FROM",
            description =
                    "The destination that has the snapshots, or the path of a vault: a folder, or a ZIP that export made.")
    private String from;

    @Parameters(index = "1", paramLabel = "TO", description = "The destination that gets them.")
    private String to;

    @Option(
            names = "--workspace",
            paramLabel = "WORKSPACE",
            description = "The workspace; needed when there are several.")
    private String workspaceName;

    @Option(
            names = "--identity",
            paramLabel = "FILE",
            description = "A file with a secret key of age that opens FROM, when that is an encrypted ZIP; repeatable.")
    private final List<Path> identities = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        if (from.equals(to)) {
            throw new IllegalArgumentException("FROM and TO are the same destination, " + from);
        }
        Setup setup = saddlebag.setup();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        WorkspaceSettings workspace = setup.workspace(Optional.ofNullable(workspaceName));
        List<Receipt> receipts = new ArrayList<>();
        List<Finding> findings;
        try (RunningFlow running = setup.start(Flow.Timers.OFF);
                OpenedVault opened = source(setup, running.flow(), workspace)) {
            Flow flow = running.flow();
            Vault source = opened.vault();
            Vault target = VaultOptions.vault(setup, flow, workspace, to);
            findings = new Copier(
                            flow.vaults().spool(workspace.name()), flow.vaults().signingKey(), true)
                    .copy(from, source, to, target, receipt -> {
                        receipts.add(receipt);
                        say(receipt, out, err);
                    });
        }
        findings.forEach(err::println);
        long copied = receipts.stream().filter(Receipt::delivered).count();
        out.printf(
                "%s: %d of %d snapshots that %s lacked were copied from %s.%n",
                workspace.name(), copied, receipts.size() + findings.size(), to, from);
        if (findings.stream().anyMatch(Finding::isDamage)) {
            return ExitCodes.DAMAGED;
        }
        return copied == receipts.size() ? ExitCodes.OK : ExitCodes.FAILED;
    }

    /** A destination, or a vault of this machine; a host that knows nothing of the vault yet takes its identity from it. */
    private OpenedVault source(Setup setup, Flow flow, WorkspaceSettings workspace) throws IOException {
        boolean destination = setup.settings().destinations().stream()
                .anyMatch(known -> known.name().equals(from));
        if (destination || !Files.exists(Path.of(from))) {
            recover(flow, workspace, flow.destinations().vault(from, workspace.name()));
            return new OpenedVault(VaultOptions.vault(setup, flow, workspace, from), () -> {});
        }
        VaultAtPath path = VaultAtPath.open(Path.of(from), VaultOptions.identitiesIn(identities));
        recover(flow, workspace, path.store());
        return new OpenedVault(path.vault(Optional.empty()), path);
    }

    private static void recover(Flow flow, WorkspaceSettings workspace, Store store) throws IOException {
        if (!flow.vaults().spool(workspace.name()).knowsItself()) {
            flow.vaults().recover(workspace.name(), List.of(store));
        }
    }

    private static void say(Receipt receipt, PrintWriter out, PrintWriter err) {
        if (receipt.delivered()) {
            out.printf(
                    "%s copied: %d files, %s, read back and compared%n",
                    receipt.run(), receipt.objects(), Sizes.text(receipt.bytes()));
        } else {
            err.println(receipt.error());
        }
    }
}
