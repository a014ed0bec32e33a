package dev.saddlebag.configuration;

import java.util.List;
import java.util.Locale;

/** How a setting is called in the environment: {@code notion.api.base-url} is {@code NOTION_API_BASE_URL}. */
final class EnvironmentNames {
    private EnvironmentNames() {}

    /** The names under which {@code key} may stand; {@code bucketName} may be BUCKETNAME, as in Camel, or BUCKET_NAME. */
    static List<String> of(String key) {
        return List.of(upper(key), upper(key.replaceAll("([a-z0-9])([A-Z])", "$1-$2"))).stream()
                .distinct()
                .toList();
    }

    private static String upper(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
