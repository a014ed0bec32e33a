package dev.saddlebag.gate;

import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.snapshot.Staging;
import dev.saddlebag.vault.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The held runs of a workspace: each a folder with all that the run had collected, as it was when it was held. */
public final class Held {
    private static final Logger LOG = LoggerFactory.getLogger(Held.class);

    private static final String VERDICT = "verdict";
    private static final String RUN = "held";
    private static final String ACCEPTANCE = "acceptance";

    private final Path folder;
    private final Verdicts verdicts;

    /** Those of {@code workspace} in a state directory. */
    public Held(Path stateDirectory, String workspace) {
        this.folder = stateDirectory.resolve(workspace).resolve("held");
        this.verdicts = new Verdicts(stateDirectory, workspace);
    }

    /** The ids of the runs that are held, newest first. */
    public List<RunId> runs() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(run -> Files.isDirectory(run.resolve("tree")))
                    .flatMap(run -> id(run).stream())
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    private static Optional<RunId> id(Path folder) {
        try {
            return Optional.of(RunId.parse(folder.getFileName().toString()));
        } catch (IllegalArgumentException somethingElse) {
            return Optional.empty();
        }
    }

    /** Where the work of a held run lies. */
    public Staging staging(RunId run) {
        return new Staging(path(run));
    }

    /** The folder of a held run; its {@code tree} is the snapshot as plain files. */
    public Path path(RunId run) {
        return folder.resolve(run.value());
    }

    /** What the gate said of a held run. */
    public Optional<Verdict> verdict(RunId run) throws IOException {
        var note = staging(run).note(VERDICT);
        return note.isPresent() ? Optional.of(Json.MAPPER.treeToValue(note.get(), Verdict.class)) : Optional.empty();
    }

    /** What is needed to go on with a held run, or with one that somebody took; empty for one that an older version held. */
    public Optional<HeldRun> run(RunId run) throws IOException {
        var note = staging(run).note(RUN);
        return note.isPresent()
                ? Optional.of(Json.MAPPER.treeToValue(note.get(), HeldRun.class))
                : verdicts.taken(run.value());
    }

    /** The word of the person who took a held run, if somebody began to. */
    public Optional<Verdict.Acceptance> acceptance(RunId run) throws IOException {
        var note = staging(run).note(ACCEPTANCE);
        return note.isPresent()
                ? Optional.of(Json.MAPPER.treeToValue(note.get(), Verdict.Acceptance.class))
                : Optional.empty();
    }

    /** Writes down who takes a held run, before anything else is done about it. */
    public void accept(RunId run, Verdict.Acceptance person) throws IOException {
        staging(run).keepNote(ACCEPTANCE, Json.MAPPER.valueToTree(person));
        Optional<HeldRun> known = run(run);
        if (known.isPresent()) {
            verdicts.keepTaken(run.value(), known.get());
        }
    }

    /** Puts a run aside by one rename: before it, the run goes on after a crash; after it, it is held. */
    void add(Run run, Verdict verdict) throws IOException {
        run.staging().keepNote(VERDICT, Json.MAPPER.valueToTree(verdict));
        run.staging().keepNote(RUN, Json.MAPPER.valueToTree(HeldRun.of(run)));
        run.staging().moveTo(path(run.id()));
    }

    /** Deletes what a process that was killed left of held runs whose snapshots are sealed. */
    void forget(Predicate<RunId> sealed) throws IOException {
        for (RunId run : runs()) {
            if (sealed.test(run)) {
                staging(run).delete();
            }
        }
    }

    /** Deletes the oldest held runs but for as many as {@code workspace} keeps. */
    void clear(WorkspaceSettings workspace) throws IOException {
        int kept = Math.max(1, new Limits(workspace.gate()).keepHeld());
        for (RunId run : runs().stream().skip(kept).toList()) {
            Optional<Verdict> verdict = verdict(run);
            if (verdict.isPresent()) {
                // Whoever began to take it did not come to the end of it.
                verdicts.keep(run.value(), verdict.get());
            }
            staging(run).delete();
            LOG.info(
                    "The held run {} was deleted, because {} newer ones are kept (gate.keep-held). Its verdict stays in"
                            + " runs/{}/verdict.json.",
                    run,
                    kept,
                    run);
        }
    }
}
