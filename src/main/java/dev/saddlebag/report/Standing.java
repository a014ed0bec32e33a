package dev.saddlebag.report;

import dev.saddlebag.configuration.DestinationSettings;
import dev.saddlebag.configuration.Settings;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.destination.Vaults;
import dev.saddlebag.vault.RunId;
import dev.saddlebag.vault.Sealed;
import dev.saddlebag.vault.Spool;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How a workspace stands, as this host knows it: its newest accepted snapshot, and who has which.
 *
 * @param newest the newest accepted snapshot; empty when there is none
 * @param at the newest snapshot of each destination; those that have none are missing
 * @param holders the vaults that have the newest snapshot
 */
record Standing(Optional<RunId> newest, TreeMap<String, RunId> at, List<DestinationSettings> holders) {
    private static final int COPIES = 3;
    private static final int KINDS = 2;

    /** How {@code workspace} stands now. */
    static Standing of(WorkspaceSettings workspace, Settings settings, Vaults vaults) throws IOException {
        // A spool that is not there would be made.
        if (!Files.isDirectory(
                settings.stateDirectory().resolve(workspace.name()).resolve("spool"))) {
            return new Standing(Optional.empty(), new TreeMap<>(), List.of());
        }
        Spool spool = vaults.spool(workspace.name());
        Optional<RunId> newest = spool.baseline().map(Sealed::id);
        TreeMap<String, RunId> at = new TreeMap<>();
        for (String destination : workspace.destinations()) {
            NavigableSet<RunId> delivered = spool.delivered(destination);
            if (!delivered.isEmpty()) {
                at.put(destination, delivered.last());
            }
        }
        List<DestinationSettings> holders = workspace.vaults().stream()
                .filter(vault -> newest.isPresent() && newest.get().equals(at.get(vault)))
                .map(settings::destination)
                .flatMap(Optional::stream)
                .toList();
        return new Standing(newest, at, holders);
    }

    /** When the run began that made the newest snapshot: from later nothing can be restored. */
    Optional<Instant> since() {
        return newest.map(RunId::started);
    }

    /**
     * The rule 3-2-1. Notion is the first copy, and each vault with the newest snapshot is one more; trees are no copies, since
     * nothing is restored from them. Two vaults are two kinds of places when they are of two kinds.
     */
    Optional<Notice.Rule> rule() {
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        Set<String> kinds =
                holders.stream().map(DestinationSettings::kind).collect(Collectors.toCollection(TreeSet::new));
        List<String> elsewhere = holders.stream()
                .filter(DestinationSettings::elsewhere)
                .map(DestinationSettings::name)
                .toList();
        int copies = 1 + holders.size();
        boolean holds = copies >= COPIES && kinds.size() >= KINDS && !elsewhere.isEmpty();
        return Optional.of(new Notice.Rule(
                holds,
                "3-2-1: %s. %d of 3 copies (Notion%s), %d of 2 kinds of places%s, elsewhere: %s."
                        .formatted(
                                holds ? "yes" : "no",
                                copies,
                                holders.isEmpty() ? "" : ", " + names(holders),
                                kinds.size(),
                                kinds.isEmpty() ? "" : " (" + String.join(", ", kinds) + ")",
                                elsewhere.isEmpty() ? "none" : String.join(", ", elsewhere))));
    }

    private static String names(List<DestinationSettings> destinations) {
        return String.join(
                ", ", destinations.stream().map(DestinationSettings::name).toList());
    }
}
