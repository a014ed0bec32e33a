package dev.saddlebag.destination;

import dev.saddlebag.vault.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Destinations of one of the kinds that come with Saddlebag, as routes use them; all are closed after each test. */
final class OpenedKamelets implements AfterEachCallback {
    private final String kind;
    private final List<DestinationRoutes> opened = new ArrayList<>();

    OpenedKamelets(String kind) {
        this.kind = kind;
    }

    /** The vault of the workspace {@code acme} at a destination with these options. */
    Store vault(Map<String, String> options) {
        return vault(options, "acme");
    }

    /** The vault of another workspace there. */
    Store vault(Map<String, String> options, String workspace) {
        DestinationRoutes routes = DestinationRoutes.open(Path.of("routes", "destinations"), kind, options);
        opened.add(routes);
        return routes.destinations().vault("nas", workspace);
    }

    /** A new file in {@code folder}, to be put somewhere. */
    static Path file(Path folder, String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "put", ""), content);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        opened.forEach(DestinationRoutes::close);
        opened.clear();
    }
}
