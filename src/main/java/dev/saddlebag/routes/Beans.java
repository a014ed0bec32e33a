package dev.saddlebag.routes;

import dev.saddlebag.channel.Answers;
import dev.saddlebag.channel.Channels;
import dev.saddlebag.channel.Heartbeats;
import dev.saddlebag.channel.MessageDeliveries;
import dev.saddlebag.channel.Tellings;
import dev.saddlebag.collect.FileDownloads;
import dev.saddlebag.collect.Gaps;
import dev.saddlebag.collect.Objects;
import dev.saddlebag.collect.Walk;
import dev.saddlebag.collect.WorkspaceReadings;
import dev.saddlebag.configuration.Settings;
import dev.saddlebag.destination.Deliveries;
import dev.saddlebag.destination.Destinations;
import dev.saddlebag.destination.Receipts;
import dev.saddlebag.destination.TreeDeliveries;
import dev.saddlebag.destination.Vaults;
import dev.saddlebag.export.DropFolder;
import dev.saddlebag.export.ExportDoor;
import dev.saddlebag.export.ExportDownloads;
import dev.saddlebag.export.Exports;
import dev.saddlebag.export.archive.ExportArchives;
import dev.saddlebag.export.tree.ExportSnapshot;
import dev.saddlebag.gate.Baselines;
import dev.saddlebag.gate.Gate;
import dev.saddlebag.gate.Promotion;
import dev.saddlebag.notion.NotionDoor;
import dev.saddlebag.readable.CsvFormat;
import dev.saddlebag.readable.MarkdownFormat;
import dev.saddlebag.readable.Rendering;
import dev.saddlebag.report.Notices;
import dev.saddlebag.report.Outbox;
import dev.saddlebag.report.Reporter;
import dev.saddlebag.report.Templates;
import dev.saddlebag.report.UpkeepNotices;
import dev.saddlebag.report.Watch;
import dev.saddlebag.upkeep.Upkeep;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.component.http.NoopCookieStore;

/** The beans that the routes call, put together. */
final class Beans {
    private final Planner planner;
    private final Connections connections;
    private final Runs runs;
    private final Exports exports;
    private final Vaults vaults;
    private final Destinations destinations;
    private final Upkeep upkeep;
    private final Notices notices;
    private final UpkeepNotices upkeepNotices;
    private final Outbox outbox;
    private final Channels channels;
    private final Map<String, Object> byName;

    Beans(Settings settings, Clock clock) {
        vaults = new Vaults(settings.stateDirectory(), clock);
        planner = new Planner(settings, vaults, clock);
        connections = new Connections(settings, clock);
        runs = new Runs(settings, vaults, planner, connections, clock, new SecureRandom());
        destinations = new Destinations(settings.destinations());
        upkeep = new Upkeep(settings, vaults, destinations, clock);
        exports = new Exports(settings.notion(), settings.stateDirectory(), clock);
        Baselines baselines = new Baselines(settings.stateDirectory(), vaults, destinations);
        notices = new Notices(settings, vaults, clock);
        upkeepNotices = new UpkeepNotices(settings, notices, clock);
        outbox = new Outbox(settings, clock);
        channels = new Channels(settings.channels(), settings.workspaces(), templates(settings));
        byName = Map.ofEntries(
                Map.entry("runs", runs),
                Map.entry("door", new NotionDoor()),
                Map.entry("walk", new Walk(Flow.WALK_WIDTH)),
                Map.entry("workspaceReadings", new WorkspaceReadings(clock)),
                Map.entry("objects", new Objects(clock)),
                Map.entry("rendering", new Rendering(settings.stateDirectory(), vaults)),
                Map.entry("markdown", new MarkdownFormat()),
                Map.entry("csv", new CsvFormat()),
                Map.entry("nextAttempt", new NextAttempt()),
                Map.entry("fileDownloads", new FileDownloads()),
                Map.entry("gaps", new Gaps()),
                Map.entry("ordersToWait", new OrdersToWait()),
                Map.entry("exports", exports),
                Map.entry("exportDoor", new ExportDoor()),
                Map.entry("exportDownloads", new ExportDownloads(settings.notion(), exports)),
                Map.entry("exportArchives", new ExportArchives()),
                Map.entry("exportSnapshot", new ExportSnapshot(clock)),
                Map.entry("exportCall", new ExportCall()),
                // The client of Camel would keep cookies, and send them to whatever host shares their domain.
                Map.entry("noCookies", new NoopCookieStore()),
                Map.entry("dropFolder", new DropFolder()),
                Map.entry("gate", new Gate(settings.stateDirectory(), baselines)),
                Map.entry(
                        "promotion",
                        new Promotion(settings.stateDirectory(), vaults, destinations, baselines, Version.NAME)),
                Map.entry("heldRuns", new HeldRuns(settings, vaults, connections, runs, clock)),
                Map.entry("deliveries", new Deliveries(vaults, destinations)),
                Map.entry("treeDeliveries", new TreeDeliveries(vaults, destinations)),
                Map.entry(
                        "messageDeliveries",
                        new MessageDeliveries(settings, vaults, destinations, notices, templates(settings), clock)),
                Map.entry("receipts", new Receipts()),
                Map.entry("upkeep", upkeep),
                Map.entry("upkeepNotices", upkeepNotices),
                Map.entry("reporter", new Reporter(settings.stateDirectory(), clock)),
                Map.entry("notices", notices),
                Map.entry("watch", new Watch(settings, vaults, notices, clock)),
                Map.entry("heartbeats", new Heartbeats(settings)),
                Map.entry("answers", new Answers()),
                Map.entry("outbox", outbox),
                Map.entry("channels", channels),
                Map.entry("tellings", new Tellings()));
    }

    Planner planner() {
        return planner;
    }

    Connections connections() {
        return connections;
    }

    Exports exports() {
        return exports;
    }

    Runs runs() {
        return runs;
    }

    Channels channels() {
        return channels;
    }

    Notices notices() {
        return notices;
    }

    UpkeepNotices upkeepNotices() {
        return upkeepNotices;
    }

    Outbox outbox() {
        return outbox;
    }

    static Templates templates(Settings settings) {
        return new Templates(settings.routesDirectory().resolve("templates"));
    }

    Destinations destinations() {
        return destinations;
    }

    Vaults vaults() {
        return vaults;
    }

    Upkeep upkeep() {
        return upkeep;
    }

    Map<String, Object> byName() {
        return byName;
    }
}
