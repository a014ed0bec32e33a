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
 * @param adminUrl the Admin API, without {@code /v1}
 * @param adminStartPath the path that starts an export there, with {@code {space}} for the id of the workspace
 * @param exportPollInterval how long to wait at first before an export is asked about again
 */
public record NotionSettings(
        URI baseUrl,
        Duration window,
        List<URI> exportBaseUrls,
        List<String> fileHosts,
        URI adminUrl,
        String adminStartPath,
        Duration exportPollInterval) {
    public NotionSettings {
        exportBaseUrls = List.copyOf(exportBaseUrls);
        fileHosts = List.copyOf(fileHosts);
    }
}
