package dev.saddlebag.configuration;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Where Notion is.
 *
 * @param baseUrl the REST API, without {@code /v1}
 * @param window the length of the window in which Notion counts requests
 * @param exportBaseUrls hosts of the internal API that exports workspaces, in the order in which they are tried
 * @param fileHosts the only hosts that may receive the cookie {@code file_token}
 */
public record NotionSettings(URI baseUrl, Duration window, List<URI> exportBaseUrls, List<String> fileHosts) {
    public NotionSettings {
        exportBaseUrls = List.copyOf(exportBaseUrls);
        fileHosts = List.copyOf(fileHosts);
    }
}
