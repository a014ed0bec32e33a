package dev.saddlebag.cli;

import dev.saddlebag.configuration.Secret;
import dev.saddlebag.configuration.Settings;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.NotionSimulator;
import dev.saddlebag.simulator.SampleWorkspace;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;

/** The Notion that runs in this process, for trying things out; it answers at the address that the settings give. */
record BuiltInNotion(NotionSimulator simulator) implements AutoCloseable {

    static Optional<BuiltInNotion> startIfAskedFor(Settings settings) {
        int pages = settings.simulator().pages();
        return pages == 0 ? Optional.empty() : Optional.of(start(settings, pages));
    }

    private static BuiltInNotion start(Settings settings, int pages) {
        URI address = settings.notion().baseUrl();
        String token = settings.workspaces().stream()
                .findFirst()
                .flatMap(WorkspaceSettings::token)
                .map(Secret::reveal)
                .orElse("");
        SampleWorkspace workspace = SampleWorkspace.of(settings.simulator().seed(), pages);
        try {
            NotionSimulator simulator =
                    NotionSimulator.start(workspace, Behaviour.standard().withToken(token), address.getPort());
            simulator.exports().atOneAddress();
            settings.workspaces().stream()
                    .flatMap(configured -> configured.tokenV2().stream())
                    .findFirst()
                    .ifPresent(cookie -> simulator.exports().acceptTokenV2(cookie.reveal()));
            return new BuiltInNotion(simulator);
        } catch (UncheckedIOException taken) {
            throw new IllegalArgumentException(
                    "The built-in Notion cannot answer at notion.api.base-url = " + address + ": "
                            + taken.getCause().getMessage() + ". Give it another port of this machine",
                    taken);
        }
    }

    @Override
    public void close() {
        simulator.close();
    }
}
