package dev.saddlebag.upkeep;

import dev.saddlebag.configuration.Cron;
import dev.saddlebag.configuration.KeepSettings;
import dev.saddlebag.configuration.Settings;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.destination.Destinations;
import dev.saddlebag.destination.Vaults;
import dev.saddlebag.report.RunHistory;
import dev.saddlebag.vault.Finding;
import dev.saddlebag.vault.Pruned;
import dev.saddlebag.vault.Pruner;
import dev.saddlebag.vault.ReadTimes;
import dev.saddlebag.vault.Retention;
import dev.saddlebag.vault.RunId;
import dev.saddlebag.vault.Sealed;
import dev.saddlebag.vault.ShareRead;
import dev.saddlebag.vault.Spool;
import dev.saddlebag.vault.Store;
import dev.saddlebag.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Verifies and prunes destinations, when a timer or a person says so. Runs may go on meanwhile: a verification only reads,
 * and what it reads belongs to snapshots that were committed before it looked and that no prune touches for a week; a prune
 * needs no lock (facts/vault-study.md §4.7).
 */
public final class Upkeep {
    private final Settings settings;
    private final Vaults vaults;
    private final Destinations destinations;
    private final Clock clock;
    private final AtomicInteger atWork = new AtomicInteger();

    public Upkeep(Settings settings, Vaults vaults, Destinations destinations, Clock clock) {
        this.settings = settings;
        this.vaults = vaults;
        this.destinations = destinations;
        this.clock = clock;
    }

    /** The destinations of a workspace that hold vaults. */
    public List<String> destinations(String workspace) {
        return workspace(workspace).vaults();
    }

    /** Whether something is being verified or pruned right now. */
    public boolean isAtWork() {
        return atWork.get() > 0;
    }

    /**
     * Compares all signatures, lists and sizes of one destination, and every byte of those stored files whose turn it is.
     * The report is also written into the state directory.
     *
     * @throws IOException when the state directory cannot be written; a destination that fails is told in the report
     */
    public VerifyReport verify(String workspace, String destination) throws IOException {
        atWork.incrementAndGet();
        try {
            VerifyReport report = verified(workspace(workspace), destination, clock.instant());
            report.save(settings.stateDirectory());
            return report;
        } finally {
            atWork.decrementAndGet();
        }
    }

    private VerifyReport verified(WorkspaceSettings workspace, String destination, Instant now) throws IOException {
        Spool spool = vaults.spool(workspace.name());
        Duration cycle = workspace.upkeep().verifyCycle();
        Path folder = VerifyReport.folder(settings.stateDirectory(), workspace.name());
        ReadTimes times = ReadTimes.at(folder.resolve(destination + ".times.json"));
        ShareRead share;
        try {
            Vault vault = vault(destinations.vault(destination, workspace.name()), workspace.name());
            Set<RunId> delivered = spool.delivered(destination);
            // While the very first delivery goes on, much is missing that is only on its way.
            share = delivered.isEmpty() && vault.snapshots().isEmpty()
                    ? new ShareRead(List.of(), 0, 0, 0, now)
                    : vault.verifyShare(times, cycle, delivered, now);
        } catch (IOException failed) {
            return new VerifyReport(
                    workspace.name(), destination, now.toString(), 0, 0, 0, "", List.of(), List.of(), words(failed));
        }
        Optional<Sealed> newest = spool.baseline();
        boolean stillNeeded = newest.isPresent() && spool.needsLost(newest.get().snapshot());
        Collection<String> known = stillNeeded ? List.of() : spool.lost(destination);
        List<Finding> damage =
                share.findings().stream().filter(Finding::isDamage).toList();
        return new VerifyReport(
                workspace.name(),
                destination,
                now.toString(),
                share.files(),
                share.bytes(),
                share.all(),
                cycle.isZero() ? "" : share.oldest().toString(),
                sentences(damage.stream()
                        .filter(finding -> !known.contains(finding.file()))
                        .toList()),
                sentences(damage.stream()
                        .filter(finding -> known.contains(finding.file()))
                        .toList()),
                "");
    }

    private static List<String> sentences(List<Finding> findings) {
        return findings.stream().map(Finding::toString).toList();
    }

    /**
     * Prunes one destination by the settings, unless the newest run says that something is wrong: what is old may be what is
     * good then.
     *
     * @param overrideShare whether more than a quarter of the data files may go
     */
    public PruneReport pruneAfterGoodRun(String workspace, String destination, boolean overrideShare) {
        try {
            Optional<RunHistory.Past> newest = new RunHistory(settings.stateDirectory(), workspace).newest(any -> true);
            if (newest.isEmpty()) {
                return refused(workspace, destination, "this host knows of no run yet");
            }
            if (!newest.get().isAccepted()) {
                return refused(
                        workspace,
                        destination,
                        "the newest run, " + newest.get().run() + ", ended with the outcome "
                                + newest.get().outcome());
            }
        } catch (IOException unreadable) {
            return refused(workspace, destination, words(unreadable));
        }
        return prune(workspace, destination, false, overrideShare);
    }

    private static PruneReport refused(String workspace, String destination, String why) {
        return new PruneReport(
                workspace,
                destination,
                Optional.empty(),
                false,
                "Nothing was pruned: " + why
                        + ". Saddlebag prunes only after an accepted, complete run. Back up first, or say --override-run");
    }

    /**
     * Prunes one destination by the settings.
     *
     * @param dry whether only to tell what would be done
     * @param overrideShare whether more than a quarter of the data files may go
     */
    public PruneReport prune(String workspace, String destination, boolean dry, boolean overrideShare) {
        atWork.incrementAndGet();
        try {
            WorkspaceSettings settingsOf = workspace(workspace);
            Retention retention = retention(settingsOf.keep());
            Duration interval = Cron.longestInterval(settingsOf.schedule(), settingsOf.timeZone(), clock.instant())
                    .orElse(settingsOf.alarmAfter());
            Pruner pruner = pruner(workspace, destination);
            Pruned pruned = dry
                    ? pruner.foresee(retention, interval, overrideShare)
                    : pruner.prune(retention, interval, overrideShare);
            return new PruneReport(workspace, destination, Optional.of(pruned), dry, "");
        } catch (IOException failed) {
            return new PruneReport(workspace, destination, Optional.empty(), dry, words(failed));
        } finally {
            atWork.decrementAndGet();
        }
    }

    /** Who prunes a destination, with the credentials that may delete there. */
    public Pruner pruner(String workspace, String destination) throws IOException {
        return new Pruner(
                vault(destinations.vaultToPrune(destination, workspace), workspace),
                vaults.spool(workspace),
                destination);
    }

    private Vault vault(Store store, String workspace) throws IOException {
        Path scratch = settings.stateDirectory().resolve(workspace).resolve("scratch");
        Files.createDirectories(scratch);
        return vaults.reader(store, scratch);
    }

    private WorkspaceSettings workspace(String name) {
        return settings.workspace(name)
                .orElseThrow(() ->
                        new IllegalArgumentException("There is no workspace \"" + name + "\" in saddlebag.workspaces"));
    }

    private static Retention retention(KeepSettings keep) {
        return new Retention(keep.last(), keep.within(), keep.daily(), keep.weekly(), keep.monthly(), keep.yearly());
    }

    /** Java names the file of some errors and leaves the reason to their class. */
    private static String words(IOException failed) {
        return failed.getMessage() == null
                ? failed.getClass().getSimpleName()
                : failed instanceof java.nio.file.FileSystemException file && file.getReason() == null
                        ? failed.getClass().getSimpleName().replace("Exception", "") + ": " + failed.getMessage()
                        : failed.getMessage();
    }
}
