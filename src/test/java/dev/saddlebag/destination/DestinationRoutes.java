package dev.saddlebag.destination;

import dev.saddlebag.configuration.DestinationSettings;
import dev.saddlebag.vault.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;

/** The smallest Camel context in which a destination can be used, set up as {@code CamelDefaults} does it. */
final class DestinationRoutes implements AutoCloseable {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Destinations destinations;

    private DestinationRoutes(Destinations destinations) {
        this.destinations = destinations;
    }

    /**
     * Opens one destination with the name {@code nas}.
     *
     * @param kinds the folder of the Kamelets
     */
    static DestinationRoutes open(Path kinds, String kind, Map<String, String> options) {
        return open(kinds, new DestinationSettings("nas", kind, options), Path.of("nowhere"));
    }

    /**
     * Opens one destination.
     *
     * @param state the state directory
     */
    static DestinationRoutes open(Path kinds, DestinationSettings settings, Path state) {
        var routes = new DestinationRoutes(new Destinations(List.of(settings)));
        var kamelets = new KameletComponent();
        kamelets.setLocation("file:" + kinds.toAbsolutePath());
        kamelets.setNoErrorHandler(true);
        routes.context.addComponent("kamelet", kamelets);
        routes.context.setStreamCaching(false);
        routes.context.getPropertiesComponent().addInitialProperty("saddlebag.state-directory", state.toString());
        routes.destinations.configure(routes.context);
        routes.context.start();
        routes.destinations.open(routes.context);
        return routes;
    }

    /** The vault of the workspace {@code acme} there. */
    Store vault() {
        return destinations.vault("nas", "acme");
    }

    Destinations destinations() {
        return destinations;
    }

    @Override
    public void close() {
        context.stop();
    }
}
