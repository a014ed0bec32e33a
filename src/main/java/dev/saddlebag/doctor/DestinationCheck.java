package dev.saddlebag.doctor;

import dev.saddlebag.configuration.DestinationSettings;
import dev.saddlebag.configuration.Holds;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.destination.Destinations;
import dev.saddlebag.destination.Vaults;
import dev.saddlebag.vault.RunId;
import dev.saddlebag.vault.Sealed;
import dev.saddlebag.vault.Snapshot;
import dev.saddlebag.vault.Survey;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether a destination answers, has what was delivered there, and can be written. */
final class DestinationCheck {
    private final Path stateDirectory;
    private final Vaults vaults;
    private final Destinations destinations;
    private final ExecutorService threads;
    private final Duration patience;

    /** @param patience how long one destination may take to answer */
    DestinationCheck(
            Path stateDirectory, Vaults vaults, Destinations destinations, ExecutorService threads, Duration patience) {
        this.stateDirectory = stateDirectory;
        this.vaults = vaults;
        this.destinations = destinations;
        this.threads = threads;
        this.patience = patience;
    }

    Finding of(WorkspaceSettings workspace, DestinationSettings destination) throws InterruptedException {
        String subject = workspace.name() + " at " + destination.name();
        String remedy = "Bring the destination back, or mend its settings (saddlebag.destination." + destination.name()
                + ".*). Until then snapshots wait in the state directory, and runs end with exit code 5.";
        try {
            return threads.submit(() -> look(subject, workspace, destination, remedy))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException hangs) {
            return Finding.failed(Area.DESTINATION, subject, "does not answer within " + Spans.words(patience), remedy);
        } catch (ExecutionException failed) {
            return Finding.failed(Area.DESTINATION, subject, "cannot be read: " + words(failed.getCause()), remedy);
        }
    }

    /** Java names the file of an error and leaves the reason to its class. */
    private static String words(Throwable failure) {
        String kind = failure.getClass().getSimpleName().replace("Exception", "");
        if (failure instanceof FileSystemException file && file.getReason() == null) {
            return kind + ": " + failure.getMessage();
        }
        return failure.getMessage() == null ? kind : failure.getMessage();
    }

    private Finding look(String subject, WorkspaceSettings workspace, DestinationSettings destination, String remedy)
            throws IOException {
        Optional<Sealed> newest = Optional.empty();
        Set<RunId> delivered = Set.of();
        // A spool that is not there would be made.
        if (Files.isDirectory(stateDirectory.resolve(workspace.name()).resolve("spool"))) {
            newest = vaults.spool(workspace.name()).baseline();
            delivered = vaults.spool(workspace.name()).delivered(destination.name());
        }
        if (destination.holds() == Holds.TREE) {
            return lookAtTree(subject, workspace, destination, newest, delivered);
        }
        if (destination.holds() == Holds.MESSAGE) {
            return lookAtOutlet(subject, workspace, destination, newest, delivered);
        }
        Optional<Finding> nowhere = nowhere(subject, destination, delivered, remedy);
        if (nowhere.isPresent()) {
            return nowhere.get();
        }
        String written;
        try {
            written = new WritingTrial(destinations.whole(destination.name()), isLocked(destination)).outcome();
        } catch (IOException refused) {
            return Finding.failed(Area.DESTINATION, subject, "cannot be written: " + words(refused), remedy);
        }
        Survey survey = survey(workspace, destination);
        List<Snapshot> snapshots = survey.snapshots();
        long damaged = survey.findings().stream()
                .filter(dev.saddlebag.vault.Finding::isDamage)
                .count();
        String held = snapshots.isEmpty()
                ? "answers, and holds no snapshot yet"
                : "snapshots: " + snapshots.size() + ", the newest "
                        + snapshots.get(snapshots.size() - 1).id();
        String verify = "Run \"saddlebag verify --workspace " + workspace.name() + " --destination "
                + destination.name() + "\"; docs/troubleshooting.md has what to do about damage.";
        if (damaged > 0) {
            return Finding.failed(Area.DESTINATION, subject, held + "; damage: " + damaged, verify);
        }
        Set<RunId> missing = new TreeSet<>(delivered);
        snapshots.forEach(snapshot -> missing.remove(snapshot.id()));
        missing.removeAll(survey.hidden());
        if (!missing.isEmpty()) {
            return snapshots.isEmpty()
                    ? gone(subject, "holds no snapshot", delivered)
                    : Finding.failed(
                            Area.DESTINATION,
                            subject,
                            held + "; others were delivered there and are gone: " + missing.size(),
                            verify);
        }
        if (newest.isPresent() && !delivered.contains(newest.get().id())) {
            return Finding.warning(
                    Area.DESTINATION,
                    subject,
                    held + "; it lacks " + newest.get().id(),
                    "Nothing: the next run brings it.");
        }
        return Finding.ok(Area.DESTINATION, subject, held + "; " + written);
    }

    private Finding lookAtOutlet(
            String subject,
            WorkspaceSettings workspace,
            DestinationSettings destination,
            Optional<Sealed> newest,
            Set<RunId> delivered)
            throws IOException {
        String said = destinations.outlet(destination.name(), workspace.name()).check();
        if (newest.isPresent() && !delivered.contains(newest.get().id())) {
            return Finding.warning(
                    Area.DESTINATION,
                    subject,
                    said + "; no message about " + newest.get().id() + " was sent",
                    "Nothing: the next run sends it.");
        }
        return Finding.ok(Area.DESTINATION, subject, said + "; messages sent: " + delivered.size());
    }

    private static boolean isLocked(DestinationSettings destination) {
        return destination.options().containsKey("object-lock-mode");
    }

    private Finding lookAtTree(
            String subject,
            WorkspaceSettings workspace,
            DestinationSettings destination,
            Optional<Sealed> newest,
            Set<RunId> delivered)
            throws IOException {
        SortedMap<RunId, Long> there =
                destinations.trees(destination.name(), workspace.name()).list();
        Set<RunId> missing = new TreeSet<>(delivered);
        missing.removeAll(there.keySet());
        String held = there.isEmpty()
                ? "answers, and holds no snapshot yet"
                : "snapshots: " + there.size() + ", the newest " + there.lastKey();
        if (!missing.isEmpty()) {
            return Finding.failed(
                    Area.DESTINATION,
                    subject,
                    held + "; others were delivered there and are gone: " + missing.size(),
                    "See whether the settings name the right place, and who else can write there. The next run brings the"
                            + " history again that this host has.");
        }
        if (newest.isPresent() && !there.containsKey(newest.get().id())) {
            return Finding.warning(
                    Area.DESTINATION,
                    subject,
                    held + "; it lacks " + newest.get().id(),
                    "Nothing: the next run brings what waits in the state directory. What is older stays in the vaults only.");
        }
        return Finding.ok(
                Area.DESTINATION, subject, held + "; nobody else wrote there; whether it can be written was not tried");
    }

    private Survey survey(WorkspaceSettings workspace, DestinationSettings destination) throws IOException {
        Path scratch = Files.createTempDirectory("saddlebag-doctor");
        try {
            return vaults.reader(destinations.vault(destination.name(), workspace.name()), scratch)
                    .survey();
        } finally {
            Files.deleteIfExists(scratch);
        }
    }

    /** A folder that is not there, which a trial would make: below the mount point, where a share is not mounted. */
    private static Optional<Finding> nowhere(
            String subject, DestinationSettings destination, Set<RunId> delivered, String remedy) {
        if (!destination.kind().equals("folder")) {
            return Optional.empty();
        }
        Path folder = Path.of(destination.options().get("directory"));
        if (Files.exists(folder)) {
            return Optional.empty();
        }
        Path there = WriteTest.existing(folder);
        return Optional.of(WriteTest.refusal(there)
                .map(refusal -> Finding.failed(
                        Area.DESTINATION, subject, "cannot be written: " + there + ": " + refusal, remedy))
                .orElseGet(() -> delivered.isEmpty()
                        ? Finding.warning(
                                Area.DESTINATION,
                                subject,
                                "there is no folder " + folder + "; the first delivery makes it",
                                "Nothing, if it is to be new. If it lies on a share or another disk, mount that first.")
                        : gone(subject, "there is no folder " + folder, delivered)));
    }

    private static Finding gone(String subject, String found, Set<RunId> delivered) {
        return Finding.failed(
                Area.DESTINATION,
                subject,
                found + ", though snapshots were delivered there: " + delivered.size(),
                "See whether the share or disk is mounted, and whether the settings name the right place. If so, "
                        + "\"saddlebag verify\" says what is lost; docs/troubleshooting.md has what to do about damage.");
    }
}
