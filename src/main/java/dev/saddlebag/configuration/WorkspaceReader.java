package dev.saddlebag.configuration;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the settings of one workspace. */
final class WorkspaceReader {
    private static final String NO_FORMAT = "none";

    private final Values values;
    private final Map<String, Kind> kinds;
    private final Path folder;

    /**
     * @param kinds the kinds of destinations, by name
     * @param folder where relative paths start
     */
    WorkspaceReader(Values values, Map<String, Kind> kinds, Path folder) {
        this.values = values;
        this.kinds = kinds;
        this.folder = folder;
    }

    WorkspaceSettings read(String name) {
        List<Source> sources = values.value(Keys.SOURCE, name);
        Optional<Secret> token = values.given(Keys.TOKEN, name);
        if (sources.contains(Source.API) && token.isEmpty()) {
            report(Keys.TOKEN, name, "is missing; the source api needs the token of a Notion integration");
        }
        Optional<Secret> tokenV2 = values.given(Keys.TOKEN_V2, name);
        ExportSettings export = export(name);
        if (sources.contains(Source.EXPORT)) {
            judgeExport(name, sources, tokenV2, export);
        }
        Optional<List<String>> destinations = values.given(Keys.DESTINATIONS, name);
        if (destinations.isEmpty()) {
            report(Keys.DESTINATIONS, name, "is missing; name at least one destination there");
        }
        Set<String> trees = holding(Holds.TREE, destinations.orElse(List.of()));
        Set<String> messages = holding(Holds.MESSAGE, destinations.orElse(List.of()));
        EncryptionSettings encryption = encryption(name);
        judgeVaults(name, destinations.orElse(List.of()), trees, messages);
        judgeTrees(name, trees, encryption);
        return new WorkspaceSettings(
                name,
                sources,
                token,
                tokenV2,
                values.given(Keys.FILE_TOKEN, name),
                values.given(Keys.SPACE_ID, name),
                values.value(Keys.SCHEDULE, name),
                values.value(Keys.SWEEP_SCHEDULE, name),
                values.given(Keys.QUICK_SCHEDULE, name),
                values.timeZone(name),
                values.value(Keys.DEPTH, name),
                values.value(Keys.COMMENTS, name),
                values.value(Keys.PAGE_MARKDOWN, name),
                values.value(Keys.EXTERNAL_MEDIA, name),
                formats(name),
                values.value(Keys.BACKLINKS, name),
                values.value(Keys.REQUESTS_PER_MINUTE, name),
                destinations.orElse(List.of()),
                Stream.concat(trees.stream(), messages.stream()).collect(Collectors.toSet()),
                keep(name),
                upkeep(name),
                encryption,
                values.value(Keys.ALARM_AFTER, name),
                values.given(Keys.CHANNELS, name).orElse(List.of()),
                values.given(Keys.HEARTBEAT_URL, name),
                gate(name),
                export);
    }

    private List<String> formats(String name) {
        List<String> formats = values.value(Keys.FORMATS, name);
        if (!formats.contains(NO_FORMAT)) {
            return formats;
        }
        if (formats.size() > 1) {
            report(Keys.FORMATS, name, "names none and others; name the formats, or none alone");
        }
        return List.of();
    }

    private ExportSettings export(String name) {
        return new ExportSettings(
                values.value(Keys.EXPORT_PROVIDER, name),
                values.given(Keys.EXPORT_ADMIN_TOKEN, name),
                values.given(Keys.EXPORT_ON_BEHALF_OF, name),
                values.value(Keys.EXPORT_EVENT_NAME, name),
                values.value(Keys.EXPORT_FORMAT, name),
                values.value(Keys.EXPORT_COMMENTS, name),
                values.value(Keys.EXPORT_FILES, name),
                values.value(Keys.EXPORT_FLAT, name),
                values.value(Keys.EXPORT_INDEX_STRICT, name),
                values.value(Keys.EXPORT_TIME_ZONE, name),
                values.value(Keys.EXPORT_LOCALE, name),
                values.given(Keys.EXPORT_PAGES, name).orElse(List.of()),
                values.value(Keys.EXPORT_ATTEMPTS, name),
                values.value(Keys.EXPORT_TIMEOUT, name),
                values.value(Keys.EXPORT_LINK_GRACE, name),
                values.given(Keys.DROP_DIRECTORY, name)
                        .map(directory -> folder.resolve(directory).normalize()));
    }

    private void judgeExport(String name, List<Source> sources, Optional<Secret> tokenV2, ExportSettings export) {
        if (export.provider() == ExportProvider.WEB && tokenV2.isEmpty()) {
            report(Keys.TOKEN_V2, name, "is missing; the source export needs the cookie token_v2 of a member");
        }
        if (export.provider() == ExportProvider.ADMIN && export.adminToken().isEmpty()) {
            report(
                    Keys.EXPORT_ADMIN_TOKEN,
                    name,
                    "is missing; the provider admin needs the token of an organisation bot");
        }
        if (export.provider() == ExportProvider.ADMIN && export.onBehalfOf().isEmpty()) {
            report(
                    Keys.EXPORT_ON_BEHALF_OF,
                    name,
                    "is missing; the Admin API exports what one member sees, and asks for the address of that member");
        }
        if (sources.get(0) == Source.EXPORT
                && values.entry(Keys.QUICK_SCHEDULE.of(name)).isPresent()) {
            report(
                    Keys.QUICK_SCHEDULE,
                    name,
                    "asks for quick runs, which the source export cannot make: each export is of everything."
                            + " Take it out, or put api first in " + Keys.SOURCE.of(name));
        }
    }

    private Set<String> holding(Holds what, List<String> destinations) {
        return destinations.stream()
                .filter(destination -> values.given(Keys.KIND, destination)
                        .map(kinds::get)
                        .filter(kind -> kind.holds() == what)
                        .isPresent())
                .collect(Collectors.toSet());
    }

    private void judgeVaults(String name, List<String> destinations, Set<String> trees, Set<String> messages) {
        boolean hasVault = destinations.stream()
                .anyMatch(destination -> !trees.contains(destination) && !messages.contains(destination));
        if (destinations.isEmpty() || hasVault) {
            return;
        }
        String why = trees.isEmpty()
                ? sorted(messages) + " would get messages only, which are made of what a vault holds"
                : sorted(trees) + " would hold a readable tree only, which is made of what a vault holds and"
                        + " from which nothing is restored";
        report(
                Keys.DESTINATIONS,
                name,
                "names no vault: " + why + ". Name a destination of another kind too, such as a folder");
    }

    private static String sorted(Set<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", "));
    }

    private void judgeTrees(String name, Set<String> trees, EncryptionSettings encryption) {
        if (trees.isEmpty()) {
            return;
        }
        String which = sorted(trees);
        if (encryption.isOn()) {
            report(
                    Keys.DESTINATIONS,
                    name,
                    "names " + which + ", which would hold a readable tree, but the workspace is encrypted ("
                            + Keys.RECIPIENTS.of(name)
                            + "): whoever reads the tree would read what the encryption hides."
                            + " Take out one of the two");
        }
    }

    private KeepSettings keep(String name) {
        return new KeepSettings(
                values.value(Keys.KEEP_LAST, name),
                values.value(Keys.KEEP_WITHIN, name),
                values.value(Keys.KEEP_DAILY, name),
                values.value(Keys.KEEP_WEEKLY, name),
                values.value(Keys.KEEP_MONTHLY, name),
                values.value(Keys.KEEP_YEARLY, name));
    }

    private UpkeepSettings upkeep(String name) {
        return new UpkeepSettings(
                values.value(Keys.VERIFY_SCHEDULE, name),
                Duration.ofDays(values.value(Keys.VERIFY_DAYS, name)),
                values.given(Keys.PRUNE_SCHEDULE, name));
    }

    private EncryptionSettings encryption(String name) {
        List<String> recipients = values.given(Keys.RECIPIENTS, name).orElse(List.of());
        if (recipients.size() == 1 && !values.value(Keys.ALLOW_SINGLE_RECIPIENT, name)) {
            report(
                    Keys.RECIPIENTS,
                    name,
                    "names one key only: lose it, and every snapshot is lost. Name a recovery key too (saddlebag keys new"
                            + " makes both), or set " + Keys.ALLOW_SINGLE_RECIPIENT.of(name) + "=true");
        }
        List<Path> identities = values.given(Keys.IDENTITIES, name).orElse(List.of()).stream()
                .map(file -> folder.resolve(file).normalize())
                .toList();
        return new EncryptionSettings(recipients, identities);
    }

    private Map<String, BigDecimal> gate(String name) {
        return Keys.GATE.stream()
                .collect(Collectors.toMap(
                        key -> key.pattern().substring(key.pattern().lastIndexOf('.') + 1),
                        key -> values.value(key, name)));
    }

    /** Reports what {@code saddlebag.workspaces} demands, unless a mistake in the setting itself is known already. */
    private void report(Key<?> key, String name, String fault) {
        String full = key.of(name);
        if (!values.hasMistakeAt(full)) {
            values.entry(full)
                    .or(() -> values.entry(Keys.WORKSPACES.pattern()))
                    .ifPresent(place -> values.add(new Mistake(place.file(), place.line(), full, full + " " + fault)));
        }
    }
}
