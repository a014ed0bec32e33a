package dev.saddlebag.channel;

import dev.saddlebag.configuration.Secret;
import dev.saddlebag.configuration.Settings;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.Redaction;
import dev.saddlebag.report.RunSummary;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The signs of life for a watchman outside, who raises the alarm when they stay away. */
public final class Heartbeats {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);

    /** After these the newest snapshot is an accepted one of today. */
    private static final Set<Outcome> ALIVE =
            Set.of(Outcome.COMPLETE, Outcome.PARTIAL, Outcome.UNDELIVERED, Outcome.UNCHANGED);

    private final Settings settings;
    private final Redaction redaction;

    public Heartbeats(Settings settings) {
        this.settings = settings;
        this.redaction = new Redaction(settings.secrets());
    }

    /** The address to call after a run; empty for none. */
    public String url(RunSummary summary) {
        if (!ALIVE.contains(summary.outcome())) {
            return "";
        }
        return settings.workspace(summary.workspace())
                .flatMap(WorkspaceSettings::heartbeatUrl)
                .map(Secret::reveal)
                .orElse("");
    }

    /** Says in the log that nobody has heard it. */
    public void missed(RunSummary summary, Exception failure) {
        LOG.error(
                "The heartbeat of {} after {} was not heard, so that the watchman outside may raise an alarm: {}",
                summary.workspace(),
                summary.run(),
                redaction.of(String.valueOf(failure.getMessage())));
    }
}
