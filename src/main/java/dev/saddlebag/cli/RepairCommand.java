package dev.saddlebag.cli;

import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.routes.Flow;
import dev.saddlebag.vault.Finding;
import dev.saddlebag.vault.Level;
import dev.saddlebag.vault.Repairer;
import dev.saddlebag.vault.Vault;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "repair",
        description = "Reads every stored byte of a destination, and brings back what is damaged or missing from the "
                + "spool or the other destinations of the workspace.")
final class RepairCommand implements Callable<Integer> {
    @ParentCommand
    private Saddlebag saddlebag;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final VaultOptions vaultOptions = new VaultOptions();

    @Override
    public Integer call() throws Exception {
        Setup setup = saddlebag.setup();
        PrintWriter out = spec.commandLine().getOut();
        WorkspaceSettings workspace = setup.workspace(vaultOptions.workspace());
        String destination = vaultOptions.destination(workspace);
        Repairer.Repaired repaired;
        LostPaths lost = new LostPaths(
                setup.settings().stateDirectory().resolve(workspace.name()).resolve("lost"), destination);
        try (RunningFlow running = setup.start(Flow.Timers.OFF)) {
            Flow flow = running.flow();
            Map<String, Vault> others = new LinkedHashMap<>();
            for (String other : workspace.vaults()) {
                if (!other.equals(destination)) {
                    others.put(other, VaultOptions.vault(setup, flow, workspace, other));
                }
            }
            Repairer repairer = new Repairer(
                    vaultOptions.openedToDelete(setup, flow, workspace),
                    others,
                    flow.vaults().spool(workspace.name()),
                    destination);
            repaired = repairer.repair(Level.FULL);
            lost.write(repairer, repaired);
        }
        repaired.replaced().forEach(file -> out.println(file + ": brought back"));
        repaired.left().forEach(out::println);
        repaired.unanswered()
                .forEach((other, why) -> out.printf("%s could not be asked for good copies: %s%n", other, why));
        lost.sentences(repaired).forEach(out::println);
        long damage = repaired.left().stream().filter(Finding::isDamage).count();
        out.printf(
                "%s at %s: %d files were brought back; %s%n",
                workspace.name(),
                destination,
                repaired.replaced().size(),
                damage == 0 ? Verdicts.sound(repaired.left()) : damage + " findings of DAMAGE are left.");
        return damage == 0 ? ExitCodes.OK : ExitCodes.DAMAGED;
    }
}
