package dev.saddlebag.configuration;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A Notion workspace: its credentials, its timetable and where its snapshots go.
 *
 * @param name the name in {@code saddlebag.workspaces}
 * @param sources how it is collected; a later source is used when an earlier one fails
 * @param token the token of the integration; present when {@code sources} has {@link Source#API}
 * @param tokenV2 the session cookie; present when {@code sources} has {@link Source#EXPORT} and the
 *     web application is asked
 * @param fileToken the cookie for downloads; Saddlebag fetches one itself when it is absent
 * @param spaceId the id of the workspace to export, when the cookie opens several
 * @param schedule the cron expression of the nightly run
 * @param sweepSchedule the cron expression of the full read
 * @param quickSchedule the cron expression of the runs that ask search alone; empty for never
 * @param timeZone the time zone of the cron expressions
 * @param depth the depth of the nightly run
 * @param comments the comments to collect
 * @param pageMarkdown whether Notion's own Markdown of each page is kept beside its blocks
 * @param externalMedia whether media that lie outside Notion are fetched
 * @param formats the names of the formats of the readable files; empty for none
 * @param backlinks whether a page's Markdown says what links to it
 * @param requestsPerMinute the request budget; empty for {@code auto}
 * @param destinations the names of the destinations, in their order
 * @param withoutVault those of the destinations that hold no vault: a readable tree, or nothing
 * @param keep which snapshots a prune keeps
 * @param upkeep when the vaults are verified and pruned
 * @param encryption who can read the snapshots
 * @param alarmAfter the time without an accepted snapshot after which the alarm goes out
 * @param channels the names of the channels that tell what became of runs, in their order
 * @param heartbeatUrl what is called after each accepted run
 * @param gate the limit of every rule of the gate, by the rule's name
 * @param export how Notion's own export is asked for
 */
public record WorkspaceSettings(
        String name,
        List<Source> sources,
        Optional<Secret> token,
        Optional<Secret> tokenV2,
        Optional<Secret> fileToken,
        Optional<String> spaceId,
        String schedule,
        String sweepSchedule,
        Optional<String> quickSchedule,
        ZoneId timeZone,
        Depth depth,
        Comments comments,
        boolean pageMarkdown,
        ExternalMedia externalMedia,
        List<String> formats,
        boolean backlinks,
        OptionalInt requestsPerMinute,
        List<String> destinations,
        Set<String> withoutVault,
        KeepSettings keep,
        UpkeepSettings upkeep,
        EncryptionSettings encryption,
        Duration alarmAfter,
        List<String> channels,
        Optional<Secret> heartbeatUrl,
        Map<String, BigDecimal> gate,
        ExportSettings export) {
    public WorkspaceSettings {
        sources = List.copyOf(sources);
        formats = List.copyOf(formats);
        destinations = List.copyOf(destinations);
        withoutVault = Set.copyOf(withoutVault);
        channels = List.copyOf(channels);
        gate = Map.copyOf(gate);
    }

    /** The names of the destinations that hold vaults, in their order. */
    public List<String> vaults() {
        return destinations.stream()
                .filter(name -> !withoutVault.contains(name))
                .toList();
    }

    /** What is to be collected from a source, in words: on a snapshot that was made to other words no run can build. */
    public String collected(Source source) {
        if (source == Source.EXPORT) {
            return export.collected();
        }
        return "comments " + comments + ", page Markdown " + pageMarkdown + ", external media " + externalMedia;
    }
}
