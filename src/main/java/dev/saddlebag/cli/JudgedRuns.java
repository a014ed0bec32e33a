package dev.saddlebag.cli;

import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.destination.Vaults;
import dev.saddlebag.gate.Held;
import dev.saddlebag.gate.Verdict;
import dev.saddlebag.gate.Verdicts;
import dev.saddlebag.vault.RunId;
import dev.saddlebag.vault.Sealed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The runs on which the gate has a verdict on record, newest first. */
record JudgedRuns(List<JudgedRun> all) {

    /**
     * A run with its verdict.
     *
     * @param tree where its snapshot lies as plain files, if it is held; null otherwise
     * @param brokenOff whether it was accepted, and the command that did so came to no end
     */
    record JudgedRun(String workspace, String run, Verdict verdict, Path tree, boolean brokenOff) {
        boolean isHeld() {
            return tree != null;
        }

        /** Whether a person took it although the gate had held it. */
        boolean isAcceptedByHand() {
            return !isHeld() && verdict.acceptance() != null;
        }
    }

    /** Those of some workspaces. */
    static JudgedRuns of(Path stateDirectory, List<WorkspaceSettings> workspaces) throws IOException {
        List<JudgedRun> all = new ArrayList<>();
        for (WorkspaceSettings workspace : workspaces) {
            Held held = new Held(stateDirectory, workspace.name());
            List<RunId> heldRuns = held.runs();
            Verdicts verdicts = new Verdicts(stateDirectory, workspace.name());
            Optional<RunId> sealed = newest(stateDirectory, workspace.name());
            Set<String> shown = new HashSet<>();
            for (RunId run : heldRuns) {
                var verdict = held.verdict(run);
                // What was killed after the seal and before it had cleared up leaves a run that only looks held.
                if (verdict.isPresent() && sealed.filter(run::equals).isEmpty()) {
                    Path tree = held.path(run).resolve("tree");
                    all.add(new JudgedRun(workspace.name(), run.value(), verdict.get(), tree, false));
                    shown.add(run.value());
                }
            }
            for (String run : verdicts.runs()) {
                if (!shown.contains(run)) {
                    boolean brokenOff =
                            heldRuns.stream().anyMatch(id -> id.value().equals(run));
                    all.add(new JudgedRun(
                            workspace.name(), run, verdicts.of(run).orElseThrow(), null, brokenOff));
                }
            }
        }
        all.sort(Comparator.comparing(JudgedRun::run).reversed());
        return new JudgedRuns(List.copyOf(all));
    }

    /** The newest snapshot that this host has sealed. */
    private static Optional<RunId> newest(Path stateDirectory, String workspace) throws IOException {
        return Files.isDirectory(stateDirectory.resolve(workspace).resolve("spool"))
                ? new Vaults(stateDirectory, Clock.systemUTC())
                        .spool(workspace)
                        .baseline()
                        .map(Sealed::id)
                : Optional.empty();
    }

    /** Those that are held. */
    JudgedRuns held() {
        return new JudgedRuns(all.stream().filter(JudgedRun::isHeld).toList());
    }

    /**
     * The run with this id, or with an id that begins so.
     *
     * @throws IllegalArgumentException when there is none, or several
     */
    JudgedRun find(String beginning) {
        List<JudgedRun> meant =
                all.stream().filter(run -> run.run().startsWith(beginning)).toList();
        if (meant.size() != 1) {
            throw new IllegalArgumentException(
                    meant.isEmpty()
                            ? "There is no such run: \"" + beginning + "\". There is " + names(all)
                            : "\"" + beginning + "\" is the beginning of several runs: " + names(meant));
        }
        return meant.get(0);
    }

    static String names(List<JudgedRun> runs) {
        return runs.isEmpty()
                ? "none"
                : runs.stream().limit(10).map(JudgedRun::run).collect(Collectors.joining(", "));
    }
}
