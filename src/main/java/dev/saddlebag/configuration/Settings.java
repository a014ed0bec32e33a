package dev.saddlebag.configuration;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Everything that can be set, checked and typed.
 *
 * @param notion where Notion is
 * @param stateDirectory the folder for work in progress, ledgers and held runs
 * @param routesDirectory the folder of the routes
 * @param simulator the built-in Notion, if one is to answer
 * @param workspaces the workspaces, in the order of {@code saddlebag.workspaces}
 * @param destinations the destinations, by name
 * @param channels the channels, by name
 * @param placeholders the text of every setting, defaults included, for the placeholders of routes; without the
 *     secrets, and without the options of destinations and channels, which may be secret
 */
public record Settings(
        NotionSettings notion,
        Path stateDirectory,
        Path routesDirectory,
        SimulatorSettings simulator,
        List<WorkspaceSettings> workspaces,
        List<DestinationSettings> destinations,
        List<ChannelSettings> channels,
        Map<String, String> placeholders) {
    private static final Pattern SECRET = Pattern.compile(".*(secret|password|passphrase|token|key).*");

    public Settings {
        workspaces = List.copyOf(workspaces);
        destinations = List.copyOf(destinations);
        channels = List.copyOf(channels);
        placeholders = Map.copyOf(placeholders);
    }

    /**
     * Settings together with all that is wrong with them. A setting with a mistake has its default here, and a
     * workspace or destination that makes no sense without it is left out.
     */
    public record Reading(Settings settings, List<Mistake> mistakes) {
        public Reading {
            mistakes = List.copyOf(mistakes);
        }

        /** The settings, if nothing is wrong with them. */
        public Settings orThrow() {
            if (!mistakes.isEmpty()) {
                throw new ConfigurationException(mistakes);
            }
            return settings;
        }
    }

    /**
     * Loads the settings, for which the command line wins over the environment, and that over the file.
     *
     * @param file the properties file; relative paths in it start from its folder
     * @param environment the variables of the environment
     * @param overrides what {@code -D key=value} gave
     * @throws ConfigurationException with all mistakes, if there are any
     */
    public static Settings load(Path file, Map<String, String> environment, Map<String, String> overrides) {
        return load(file, environment, overrides, UnaryOperator.identity());
    }

    /**
     * Loads the settings as {@link #load(Path, Map, Map)} does, but also resolves Camel's own functions.
     *
     * @param functions is given a function such as <code>{{aws:notion#token}}</code> with its braces and returns its
     *     value; without it such a text stays as it is
     */
    public static Settings load(
            Path file,
            Map<String, String> environment,
            Map<String, String> overrides,
            UnaryOperator<String> functions) {
        return read(file, environment, overrides, functions).orThrow();
    }

    /** Loads the settings as far as they can be used, for those who want to report more than their mistakes. */
    public static Reading read(
            Path file,
            Map<String, String> environment,
            Map<String, String> overrides,
            UnaryOperator<String> functions) {
        return SettingsReader.read(file, environment, overrides, functions);
    }

    /**
     * Settings that need no file.
     *
     * @param folder where relative paths start
     * @param values the settings by key
     * @throws ConfigurationException with all mistakes, if there are any
     */
    public static Settings of(Path folder, Map<String, String> values) {
        return SettingsReader.of(folder, values).orThrow();
    }

    /** The workspace of that name. */
    public Optional<WorkspaceSettings> workspace(String name) {
        return workspaces.stream()
                .filter(workspace -> workspace.name().equals(name))
                .findFirst();
    }

    /** The destination of that name. */
    public Optional<DestinationSettings> destination(String name) {
        return destinations.stream()
                .filter(destination -> destination.name().equals(name))
                .findFirst();
    }

    /** The channel of that name. */
    public Optional<ChannelSettings> channel(String name) {
        return channels.stream().filter(channel -> channel.name().equals(name)).findFirst();
    }

    /** Everything that no log and no message may repeat: tokens, cookies, passwords, secret addresses. */
    public List<String> secrets() {
        Stream<String> ofWorkspaces = workspaces.stream()
                .flatMap(workspace -> Stream.of(
                        workspace.token(),
                        workspace.tokenV2(),
                        workspace.fileToken(),
                        workspace.export().adminToken(),
                        workspace.heartbeatUrl()))
                .flatMap(Optional::stream)
                .map(Secret::reveal);
        Stream<String> ofDestinations = destinations.stream()
                .flatMap(destination -> destination.options().entrySet().stream())
                .filter(option -> SECRET.matcher(option.getKey()).matches())
                .map(Map.Entry::getValue);
        Stream<String> ofChannels = channels.stream().flatMap(channel -> channel.secrets().stream());
        return Stream.of(ofWorkspaces, ofDestinations, ofChannels)
                .flatMap(all -> all)
                .toList();
    }
}
