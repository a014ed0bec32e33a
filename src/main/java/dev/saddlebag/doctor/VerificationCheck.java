package dev.saddlebag.doctor;

import dev.saddlebag.configuration.Cron;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.destination.Vaults;
import dev.saddlebag.upkeep.VerifyReport;
import dev.saddlebag.vault.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** What the last verification of a destination found, and whether another one is overdue. */
final class VerificationCheck {
    private static final Duration LEAST_PATIENCE = Duration.ofDays(1);

    private final Path stateDirectory;
    private final Vaults vaults;
    private final Clock clock;

    VerificationCheck(Path stateDirectory, Vaults vaults, Clock clock) {
        this.stateDirectory = stateDirectory;
        this.vaults = vaults;
        this.clock = clock;
    }

    /** Nothing is found of a destination to which nothing was delivered. */
    Optional<Finding> of(WorkspaceSettings workspace, String destination) {
        String subject = workspace.name() + " at " + destination;
        try {
            NavigableSet<RunId> delivered = delivered(workspace.name(), destination);
            if (delivered.isEmpty()) {
                return Optional.empty();
            }
            Optional<VerifyReport> last = VerifyReport.last(stateDirectory, workspace.name(), destination);
            return Optional.of(
                    last.isPresent()
                            ? judge(subject, workspace, last.get())
                            : never(subject, workspace, delivered.first().started()));
        } catch (IOException unreadable) {
            return Optional.of(Finding.warning(
                    Area.VERIFICATION,
                    subject,
                    "the report of the last verification cannot be read: " + unreadable.getMessage(),
                    "Remove it from " + stateDirectory.resolve(workspace.name()).resolve("verified")
                            + "; the next verification writes it anew."));
        }
    }

    private NavigableSet<RunId> delivered(String workspace, String destination) throws IOException {
        // A spool that is not there would be made.
        return Files.isDirectory(stateDirectory.resolve(workspace).resolve("spool"))
                ? vaults.spool(workspace).delivered(destination)
                : new TreeSet<>();
    }

    private Finding never(String subject, WorkspaceSettings workspace, Instant since) {
        return isOver(since, patience(workspace))
                ? Finding.warning(
                        Area.VERIFICATION,
                        subject,
                        "was never verified, though it has snapshots since " + since,
                        remedy(workspace))
                : Finding.ok(Area.VERIFICATION, subject, "was not verified yet; its turn comes");
    }

    private Finding judge(String subject, WorkspaceSettings workspace, VerifyReport last) {
        Instant verified = Instant.parse(last.verified());
        String when = Spans.words(Duration.between(verified, clock.instant())) + " ago";
        if (!last.damage().isEmpty()) {
            return Finding.failed(
                    Area.VERIFICATION,
                    subject,
                    "damage was found " + when + ": " + last.damage().size() + "; the first: "
                            + last.damage().get(0),
                    "Run \"saddlebag repair --workspace " + workspace.name() + " --destination " + last.destination()
                            + "\", then \"saddlebag verify --share\"; docs/troubleshooting.md has what to do about"
                            + " damage.");
        }
        if (!last.error().isEmpty()) {
            return Finding.warning(
                    Area.VERIFICATION,
                    subject,
                    "could not be verified " + when + ": " + last.error(),
                    "Bring the destination back; the next verification makes up for it.");
        }
        if (isOver(verified, patience(workspace))) {
            return Finding.warning(Area.VERIFICATION, subject, "the last verification was " + when, remedy(workspace));
        }
        Duration cycle = workspace.upkeep().verifyCycle();
        if (!cycle.isZero()
                && !last.oldestRead().isEmpty()
                && isOver(Instant.parse(last.oldestRead()), cycle.plus(patience(workspace)))) {
            return Finding.warning(
                    Area.VERIFICATION,
                    subject,
                    "a stored file was last read on " + last.oldestRead() + ", longer ago than verify-days allows ("
                            + cycle.toDays() + ")",
                    remedy(workspace));
        }
        if (!last.lost().isEmpty()) {
            return Finding.warning(
                    Area.VERIFICATION,
                    subject,
                    "verified " + when + "; lost for good, in older snapshots: "
                            + last.lost().size() + "; the first: " + last.lost().get(0),
                    "Nothing more can be done, once a newer snapshot is complete: prune the older ones in time.");
        }
        return Finding.ok(
                Area.VERIFICATION,
                subject,
                "verified " + when + ": all is as it was written; stored files read then: " + last.files() + " of "
                        + last.ofFiles());
    }

    private static String remedy(WorkspaceSettings workspace) {
        return "See whether \"saddlebag run\" is alive at the time of verify-schedule; without the daemon, put"
                + " \"saddlebag verify --share --workspace " + workspace.name() + "\" into cron.";
    }

    /** Two turns may be missed. */
    private Duration patience(WorkspaceSettings workspace) {
        Duration interval = Cron.longestInterval(
                        workspace.upkeep().verifySchedule(), workspace.timeZone(), clock.instant())
                .orElse(LEAST_PATIENCE);
        return (interval.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : interval).multipliedBy(2);
    }

    private boolean isOver(Instant since, Duration allowed) {
        return since.plus(allowed).isBefore(clock.instant());
    }
}
