package dev.saddlebag.routes;

import dev.saddlebag.configuration.Mistake;
import dev.saddlebag.configuration.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A configuration and the routes that belong to it, all mistakes of both at once.
 *
 * @param settings as far as they can be used
 * @param mistakes none when Saddlebag may start with them
 */
public record Checkup(Settings settings, List<Mistake> mistakes) {

    /**
     * Reads and checks; starts nothing.
     *
     * @param configuration the properties file
     * @param environment the variables of the environment
     * @param overrides what the command line sets
     */
    public static Checkup of(Path configuration, Map<String, String> environment, Map<String, String> overrides) {
        Settings.Reading reading = Settings.read(configuration, environment, overrides, UnaryOperator.identity());
        Settings settings = reading.settings();
        List<Mistake> inRoutes = new RoutesCheck(
                        () -> Flow.empty(settings, configuration, overrides),
                        new CheckFormats(settings, configuration)::check)
                .check(settings.routesDirectory(), settings.placeholders().keySet());
        return new Checkup(
                settings,
                Stream.of(reading.mistakes(), inRoutes, inTemplates(settings))
                        .flatMap(List::stream)
                        .sorted(Mistake.IN_READING_ORDER)
                        .toList());
    }

    private static List<Mistake> inTemplates(Settings settings) {
        try {
            return Beans.templates(settings).mistakes();
        } catch (IOException unreadable) {
            String folder = settings.routesDirectory().resolve("templates").toString();
            return List.of(new Mistake(folder, 0, "", "the templates cannot be read: " + unreadable.getMessage()));
        }
    }
}
