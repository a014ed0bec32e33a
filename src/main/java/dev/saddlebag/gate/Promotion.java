package dev.saddlebag.gate;

import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.destination.Destinations;
import dev.saddlebag.destination.Vaults;
import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.Accepted;
import dev.saddlebag.snapshot.Catalogue;
import dev.saddlebag.snapshot.Counts;
import dev.saddlebag.snapshot.Run;
import dev.saddlebag.vault.Facts;
import dev.saddlebag.vault.Recipient;
import dev.saddlebag.vault.Sealed;
import dev.saddlebag.vault.Sealer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What follows the verdict: an accepted snapshot is sealed and signed, a held one is put aside. */
public final class Promotion {
    private final Path stateDirectory;
    private final Vaults vaults;
    private final Destinations destinations;
    private final Baselines baselines;
    private final String tool;

    /**
     * Promotes into the spools of {@code vaults}.
     *
     * @param tool the name and version of this program, for the record of the snapshot
     */
    public Promotion(Path stateDirectory, Vaults vaults, Destinations destinations, Baselines baselines, String tool) {
        this.stateDirectory = stateDirectory;
        this.vaults = vaults;
        this.destinations = destinations;
        this.baselines = baselines;
        this.tool = tool;
    }

    /**
     * Seals the staged snapshot into the spool. It becomes the newest accepted one by a single rename; a crash before that
     * leaves the last one as it was. When the state directory was lost, the newest snapshot at a destination takes the place
     * of the last one. A partial snapshot is kept too, but nothing is measured against it.
     */
    public Sealed promote(Run run, Verdict verdict) throws IOException {
        String workspace = run.workspace().name();
        vaults.recover(workspace, destinations.vaults(run.workspace()));
        Optional<Sealed> before = vaults.spool(workspace).baseline();
        if (before.isPresent() && before.get().id().equals(run.id())) {
            // A process was killed after it had sealed a held run that somebody accepted.
            baselines.finish(run);
            run.staging().delete();
            return before.get();
        }
        new Held(stateDirectory, workspace)
                .forget(id -> before.map(Sealed::id).filter(id::equals).isPresent());
        return seal(run, verdict, before.map(newest -> newest.id().value()));
    }

    private Sealed seal(Run run, Verdict verdict, Optional<String> before) throws IOException {
        String workspace = run.workspace().name();
        Facts facts = new Facts(
                verdict.word(), verdict.complete(), counts(run.ledger().counts()), tool);
        if (verdict.acceptance() != null) {
            run.staging().write("gate.json", Json.MAPPER.valueToTree(verdict));
        }
        Accepted.keep(
                stateDirectory.resolve(workspace), run.header(), run.ledger().accounts(), before);
        if (verdict.complete()) {
            baselines.prepare(run);
        }
        Catalogue catalogue = new Catalogue(run.ledger().accounts());
        Sealed sealed = new Sealer(vaults.spool(workspace), vaults.signingKey(), recipients(run.workspace()))
                .seal(run.id(), run.staging().tree(), facts, catalogue::note, run.carriedOver());
        if (verdict.complete()) {
            baselines.accept(run);
        }
        run.staging().delete();
        return sealed;
    }

    /**
     * Puts a held run aside, with the verdict and all that it collected, for a person to look at and perhaps to accept. The
     * oldest held runs make room.
     */
    public void hold(Run run, Verdict verdict) throws IOException {
        Held held = new Held(stateDirectory, run.workspace().name());
        held.add(run, verdict);
        held.clear(run.workspace());
    }

    private static List<Recipient> recipients(WorkspaceSettings workspace) {
        return workspace.encryption().recipients().stream().map(Recipient::new).toList();
    }

    private static Map<String, Long> counts(Counts counts) {
        return Json.MAPPER.convertValue(
                counts, Json.MAPPER.getTypeFactory().constructMapType(Map.class, String.class, Long.class));
    }
}
