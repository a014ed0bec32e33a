package dev.saddlebag.cli;

import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.gate.Held;
import dev.saddlebag.gate.Verdict;
import dev.saddlebag.gate.Verdicts;
import dev.saddlebag.vault.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The runs on which the gate has a verdict on record, newest first. */
record JudgedRuns(List<JudgedRun> all) {

    /**
     * A run with its verdict.
     *
     * @param tree where its snapshot lies as plain files, if it is held; null otherwise
     */
    record JudgedRun(String workspace, String run, Verdict verdict, Path tree) {
        boolean isHeld() {
            return tree != null;
        }
    }

    /** Those of some workspaces. */
    static JudgedRuns of(Path stateDirectory, List<WorkspaceSettings> workspaces) throws IOException {
        List<JudgedRun> all = new ArrayList<>();
        for (WorkspaceSettings workspace : workspaces) {
            Held held = new Held(stateDirectory, workspace.name());
            List<RunId> heldRuns = held.runs();
            Verdicts verdicts = new Verdicts(stateDirectory, workspace.name());
            for (RunId run : heldRuns) {
                var verdict = held.verdict(run);
                if (verdict.isPresent()) {
                    all.add(new JudgedRun(
                            workspace.name(),
                            run.value(),
                            verdict.get(),
                            held.path(run).resolve("tree")));
                }
            }
            for (String run : verdicts.runs()) {
                if (heldRuns.stream().noneMatch(id -> id.value().equals(run))) {
                    all.add(new JudgedRun(
                            workspace.name(), run, verdicts.of(run).orElseThrow(), null));
                }
            }
        }
        all.sort(Comparator.comparing(JudgedRun::run).reversed());
        return new JudgedRuns(List.copyOf(all));
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
