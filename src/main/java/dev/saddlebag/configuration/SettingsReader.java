package dev.saddlebag.configuration;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Makes {@link Settings} of a file, the environment and the command line, and collects every mistake on the way. */
final class SettingsReader {
    private static final String NONE = "";
    private static final Map<String, String> DEFAULTS = Keys.ofAll().stream()
            .filter(Key::hasDefault)
            .collect(Collectors.toUnmodifiableMap(Key::pattern, Key::defaultValue));

    private final String place;
    private final Path folder;
    private final Entries entries;
    private final Values values;

    private SettingsReader(String place, Path folder, Entries entries, UnaryOperator<String> functions) {
        this.place = place;
        this.folder = folder;
        this.entries = entries;
        this.values = new Values(
                entries, new Placeholders(entries, key -> Optional.ofNullable(DEFAULTS.get(key)), functions));
    }

    static Settings.Reading read(
            Path file,
            Map<String, String> environment,
            Map<String, String> overrides,
            UnaryOperator<String> functions) {
        Path folder = folderOf(file);
        PropertiesText.Content content = content(file);
        var entries = new Entries(content.entries(), environment, overrides);
        var reader = new SettingsReader(file.toString(), folder, entries, functions);
        content.mistakes().forEach(reader.values::add);
        reader.findTwice(content.entries());
        Settings.Reading reading = reader.reading();
        boolean unread = content.entries().isEmpty() && !content.mistakes().isEmpty();
        return unread ? new Settings.Reading(reading.settings(), content.mistakes()) : reading;
    }

    static Settings.Reading of(Path folder, Map<String, String> given) {
        var entries = new Entries(List.of(), Map.of(), given);
        return new SettingsReader("-D", folder.toAbsolutePath().normalize(), entries, UnaryOperator.identity())
                .reading();
    }

    private static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder == null) {
            throw new IllegalArgumentException("No file: " + file);
        }
        return folder;
    }

    private static PropertiesText.Content content(Path file) {
        try {
            return PropertiesText.read(file.toString(), Files.readString(file));
        } catch (CharacterCodingException e) {
            return unreadable(file, "the configuration file is not written in UTF-8");
        } catch (IOException e) {
            return unreadable(
                    file,
                    Files.exists(file)
                            ? "the configuration file cannot be read: " + e
                            : "the configuration file does not exist; saddlebag init writes one");
        }
    }

    private static PropertiesText.Content unreadable(Path file, String sentence) {
        return new PropertiesText.Content(List.of(), List.of(new Mistake(file.toString(), 0, NONE, sentence)));
    }

    private void findTwice(List<Entry> written) {
        var first = new HashMap<String, Entry>();
        for (Entry entry : written) {
            Entry before = first.putIfAbsent(entry.key(), entry);
            if (before != null && Keys.isOurs(entry.key())) {
                values.add(entry.mistake(entry.key() + " is set already in line " + before.line()));
            }
        }
    }

    private Settings.Reading reading() {
        var notion = new NotionSettings(
                values.value(Keys.API_BASE_URL, NONE),
                Duration.ofSeconds(values.value(Keys.API_WINDOW, NONE)),
                values.value(Keys.EXPORT_BASE_URLS, NONE),
                values.value(Keys.EXPORT_FILE_HOSTS, NONE),
                values.value(Keys.EXPORT_ADMIN_URL, NONE),
                values.value(Keys.EXPORT_ADMIN_START_PATH, NONE),
                values.value(Keys.EXPORT_POLL_INTERVAL, NONE));
        // Only the routes use these, by their placeholders; they are read here so that a mistake in them is reported.
        values.value(Keys.API_RETRY_DELAY, NONE);
        values.value(Keys.REPORT_RETRY_DELAY, NONE);
        var simulator = new SimulatorSettings(
                values.value(Keys.SIMULATOR_PAGES, NONE), values.value(Keys.SIMULATOR_SEED, NONE));
        Path state = folder.resolve(values.value(Keys.STATE_DIRECTORY, NONE)).normalize();
        Path routes = folder.resolve(values.value(Keys.ROUTES_DIRECTORY, NONE)).normalize();
        List<String> names = workspaceNames();
        Map<String, Kind> kinds = Kinds.in(routes.resolve("destinations"));
        var workspaces = names.stream()
                .map(new WorkspaceReader(values, kinds, folder)::read)
                .toList();
        var destinationReader = new DestinationReader(entries, values, kinds, folder);
        var destinations = destinationReader.read(workspaces);
        var channelReader = new ChannelReader(entries, values, Kinds.in(routes.resolve("channels")), folder);
        var channels = channelReader.read(workspaces);
        var named = new TreeSet<>(destinationReader.knownKeys());
        named.addAll(channelReader.knownKeys());
        new UnknownKeys(entries, values, names, named).report();
        var placeholders = placeholders(names, Map.of(Keys.STATE_DIRECTORY, state, Keys.ROUTES_DIRECTORY, routes));
        return new Settings.Reading(
                new Settings(notion, state, routes, simulator, workspaces, destinations, channels, placeholders),
                values.mistakes());
    }

    private List<String> workspaceNames() {
        String key = Keys.WORKSPACES.pattern();
        Optional<List<String>> names = values.given(Keys.WORKSPACES, NONE);
        if (names.isEmpty() && !values.hasMistakeAt(key)) {
            values.add(
                    new Mistake(place, 0, key, key + " is missing; name at least one workspace there, such as acme"));
        }
        return names.orElse(List.of());
    }

    private Map<String, String> placeholders(List<String> workspaces, Map<Key<Path>, Path> folders) {
        var placeholders = new HashMap<String, String>();
        Keys.ofAll().forEach(key -> text(key, NONE).ifPresent(text -> placeholders.put(key.pattern(), text)));
        folders.forEach((key, path) -> placeholders.put(key.pattern(), path.toString()));
        for (String workspace : workspaces) {
            Keys.ofWorkspace().stream()
                    .filter(key -> !key.secret())
                    .forEach(key -> text(key, workspace).ifPresent(text -> placeholders.put(key.of(workspace), text)));
            String timeZone = Keys.TIME_ZONE.of(workspace);
            placeholders.putIfAbsent(timeZone, values.timeZone(workspace).getId());
        }
        return placeholders;
    }

    private Optional<String> text(Key<?> key, String name) {
        return values.text(key.of(name))
                .or(() -> Optional.of(key.defaultValue()).filter(text -> !text.isEmpty()));
    }
}
