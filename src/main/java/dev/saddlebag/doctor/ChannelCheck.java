package dev.saddlebag.doctor;

import dev.saddlebag.configuration.ChannelSettings;
import dev.saddlebag.configuration.Occasion;
import dev.saddlebag.configuration.Settings;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.report.Outbox;
import dev.saddlebag.report.Telling;
import dev.saddlebag.routes.Flow;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether somebody hears of it when a run fails. */
final class ChannelCheck {
    private final Settings settings;
    private final Clock clock;

    ChannelCheck(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Looks at what waits, without sending anything. */
    List<Finding> of(WorkspaceSettings workspace) {
        if (workspace.channels().isEmpty()) {
            return List.of(Finding.ok(
                    Area.CHANNEL,
                    workspace.name(),
                    "none is set, so that the log alone tells when a run fails; docs/reports.md has how to be told"));
        }
        List<Outbox.Waiting> waiting;
        try {
            waiting = new Outbox(settings, clock).all();
        } catch (IOException unreadable) {
            return List.of(Finding.warning(
                    Area.CHANNEL,
                    workspace.name(),
                    "what waits to be told cannot be read: " + unreadable.getMessage(),
                    "Look at the owner of " + settings.stateDirectory().resolve("outbox") + "."));
        }
        List<Finding> findings = new ArrayList<>();
        for (String name : workspace.channels()) {
            Optional<ChannelSettings> channel = settings.channel(name);
            List<Outbox.Waiting> here =
                    waiting.stream().filter(one -> one.channel().equals(name)).toList();
            findings.add(channel.isEmpty() ? notSetUp(workspace, name) : judge(workspace, channel.get(), here));
        }
        return findings;
    }

    /** Sends a test message by every channel of the workspace, and says which have brought it. */
    List<Finding> sendTest(WorkspaceSettings workspace, Flow flow) {
        if (workspace.channels().isEmpty()) {
            return List.of();
        }
        try {
            List<Telling> tellings = flow.tell(flow.notices().test(workspace.name()));
            return tellings.stream().map(telling -> tested(workspace, telling)).toList();
        } catch (IOException | RuntimeException failed) {
            return List.of(Finding.failed(
                    Area.CHANNEL,
                    workspace.name(),
                    "no test message could be sent: " + failed.getMessage(),
                    "Look at the routes: routes/report.camel.yaml, and \"saddlebag routes check\"."));
        }
    }

    private static Finding notSetUp(WorkspaceSettings workspace, String name) {
        return Finding.warning(
                Area.CHANNEL,
                subject(workspace, name),
                "not looked at: its settings have a mistake",
                "Correct the configuration, then ask again.");
    }

    private Finding judge(WorkspaceSettings workspace, ChannelSettings channel, List<Outbox.Waiting> waiting) {
        String what = channel.kind() + ", brings " + (channel.on() == Occasion.ALL ? "all" : "problems");
        if (waiting.isEmpty()) {
            return Finding.ok(Area.CHANNEL, subject(workspace, channel.name()), what + "; no message waits");
        }
        Outbox.Waiting oldest = waiting.get(0);
        String age = Spans.words(Duration.between(Instant.parse(oldest.since()), clock.instant()));
        return Finding.warning(
                Area.CHANNEL,
                subject(workspace, channel.name()),
                "%s; messages that could not be sent: %d, the oldest since %s, tried %d times: %s"
                        .formatted(what, waiting.size(), age, oldest.tries(), oldest.error()),
                "Mend what the message says; \"saddlebag doctor --send-test\" shows whether it helped. What waits is sent by"
                        + " itself.");
    }

    private static Finding tested(WorkspaceSettings workspace, Telling telling) {
        String subject = subject(workspace, telling.channel());
        return telling.sent()
                ? Finding.ok(Area.CHANNEL, subject, "took a test message; see whether it has arrived")
                : Finding.failed(
                        Area.CHANNEL,
                        subject,
                        "a test message could not be sent: " + telling.error(),
                        "Correct the settings saddlebag.channel." + telling.channel() + ".…, then ask again.");
    }

    private static String subject(WorkspaceSettings workspace, String channel) {
        return workspace.name() + " by " + channel;
    }
}
