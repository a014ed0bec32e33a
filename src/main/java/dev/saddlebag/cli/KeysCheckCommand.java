package dev.saddlebag.cli;

import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.routes.Flow;
import dev.saddlebag.vault.Age;
import dev.saddlebag.vault.Identity;
import dev.saddlebag.vault.RunId;
import dev.saddlebag.vault.Snapshot;
import dev.saddlebag.vault.Vault;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        description =
                "Proves that the identities at hand open the newest snapshot of each destination: its manifest, and a"
                        + " file of every run whose content it uses. To be done every few months, with the recovery key too.")
final class KeysCheckCommand implements Callable<Integer> {
    @ParentCommand
    private KeysCommand keys;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final VaultOptions vaultOptions = new VaultOptions();

    @Override
    public Integer call() throws Exception {
        Setup setup = keys.setup();
        boolean sound = true;
        try (RunningFlow running = setup.start(Flow.Timers.OFF)) {
            List<WorkspaceSettings> workspaces = vaultOptions.workspaces(setup);
            for (WorkspaceSettings workspace : workspaces) {
                List<Identity> identities = vaultOptions.identities(workspace);
                for (String destination : vaultOptions.destinations(workspace)) {
                    Vault vault = VaultOptions.vault(setup, running.flow(), workspace, destination);
                    sound &= check(workspace.name() + " at " + destination, vault, identities);
                }
            }
        }
        return sound ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private boolean check(String where, Vault vault, List<Identity> identities) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (vault.isEmpty()) {
            out.printf("%s: there is no snapshot yet, and so nothing to open.%n", where);
            return true;
        }
        Snapshot newest = vault.find("latest");
        if (!newest.isEncrypted()) {
            out.printf("%s: the snapshot %s is not encrypted; no key is needed.%n", where, newest.id());
            return true;
        }
        boolean eachOpensSomething = true;
        Set<RunId> leftByAll = new HashSet<>(newest.runs());
        for (Identity identity : identities) {
            Set<RunId> left = vault.with(Age.decryption(List.of(identity))).unopened(newest);
            leftByAll.retainAll(left);
            eachOpensSomething &= left.size() < newest.runs().size();
            out.printf("%s: %s %s%n", where, identity.recipient(), outcome(newest, left));
        }
        boolean all = leftByAll.isEmpty();
        if (!all) {
            out.printf(
                    "%s: the snapshot %s CANNOT BE READ with %s. It needs one of %s%s.%n",
                    where,
                    newest.id(),
                    identities.isEmpty() ? "no identity (say --identity FILE)" : "these identities",
                    newest.recipients().stream().map(Object::toString).collect(Collectors.joining(", ")),
                    leftByAll.contains(newest.id()) ? "" : ", and those of the runs " + sorted(leftByAll));
        }
        return all && eachOpensSomething;
    }

    private static String outcome(Snapshot newest, Set<RunId> left) {
        if (left.isEmpty()) {
            return "opens the newest snapshot " + newest.id() + ".";
        }
        return left.size() == newest.runs().size()
                ? "opens NOTHING of the newest snapshot " + newest.id() + "."
                : "opens a part of the newest snapshot " + newest.id() + ", but not what came from " + sorted(left)
                        + ".";
    }

    private static String sorted(Set<RunId> runs) {
        return runs.stream().sorted().map(RunId::value).collect(Collectors.joining(", "));
    }
}
