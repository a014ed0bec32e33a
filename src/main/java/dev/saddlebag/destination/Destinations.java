package dev.saddlebag.destination;

import dev.saddlebag.configuration.DestinationSettings;
import dev.saddlebag.configuration.Holds;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.vault.Store;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.kamelet.KameletComponent;

/**
 * The destinations of the configuration. Each is an instance of the Kamelet of its kind; a destination holds a vault for
 * each workspace, in a folder of its name, or else a readable tree.
 */
public final class Destinations {
    private final List<DestinationSettings> settings;
    private final Map<String, Endpoint> endpoints = new TreeMap<>();
    private ProducerTemplate producer;

    public Destinations(List<DestinationSettings> settings) {
        this.settings = List.copyOf(settings);
    }

    /** Gives the Kamelets their options. These can be secret, so they stand in no endpoint address, which gets logged. */
    public void configure(CamelContext context) {
        Map<String, Properties> options = new HashMap<>();
        for (DestinationSettings destination : settings) {
            Properties properties = new Properties();
            properties.putAll(destination.options());
            options.put(destination.name(), properties);
        }
        KameletComponent kamelets = context.getComponent("kamelet", KameletComponent.class);
        Map<String, Properties> all = new HashMap<>(options);
        Optional.ofNullable(kamelets.getRouteProperties()).ifPresent(all::putAll);
        kamelets.setRouteProperties(all);
    }

    /**
     * Makes all endpoints. A mistake in their options shows now and not in the first run, and two runs that begin together
     * can't make the same one twice.
     */
    public void open(CamelContext context) {
        producer = context.createProducerTemplate();
        for (DestinationSettings destination : settings) {
            endpoints.put(
                    destination.name(),
                    context.getEndpoint("kamelet:" + destination.kamelet() + "/" + destination.name()));
        }
    }

    /** The vaults of {@code workspace} at those of its destinations that hold vaults, in their order. */
    public List<Store> vaults(WorkspaceSettings workspace) {
        return workspace.vaults().stream()
                .map(destination -> vault(destination, workspace.name()))
                .toList();
    }

    /**
     * The vault of {@code workspace} at {@code destination}.
     *
     * @throws IllegalArgumentException when there is no such destination, or it holds no vaults
     */
    public Store vault(String destination, String workspace) {
        return new EndpointStore(vaultVerbs(destination), workspace + "/", filesAtOnce(destination));
    }

    /** The whole of {@code destination}, with the names of its vaults before those of their files. */
    public Store whole(String destination) {
        return new EndpointStore(vaultVerbs(destination), "", filesAtOnce(destination));
    }

    /** Whether what was put there is to be read back and compared. */
    public boolean readsBack(String destination) {
        return of(destination).map(DestinationSettings::readBack).orElse(true);
    }

    private int filesAtOnce(String destination) {
        return of(destination).map(DestinationSettings::filesAtOnce).orElse(1);
    }

    private Optional<DestinationSettings> of(String destination) {
        return settings.stream()
                .filter(known -> known.name().equals(destination))
                .findFirst();
    }

    private EndpointVerbs vaultVerbs(String destination) {
        EndpointVerbs verbs = verbs(destination);
        if (sendsMessages(destination)) {
            throw new IllegalArgumentException("The destination " + destination
                    + " sends messages and holds no vault: there is nothing to look at. Say --destination with one that"
                    + " holds a vault");
        }
        if (holdsTrees(destination)) {
            throw new IllegalArgumentException("The destination " + destination
                    + " holds a readable tree and no vault, so this does not work there; verify does. Say --destination with"
                    + " one that holds a vault");
        }
        return verbs;
    }

    /** The trees of {@code workspace} at {@code destination}, which holds trees. */
    public TreeStore trees(String destination, String workspace) {
        return new EndpointTreeStore(verbs(destination), workspace);
    }

    /** Whether {@code destination} holds trees and no vaults. */
    public boolean holdsTrees(String destination) {
        return of(destination).filter(known -> known.holds() == Holds.TREE).isPresent();
    }

    /** Where the messages about snapshots of {@code workspace} leave by {@code destination}, which sends messages. */
    public Outlet outlet(String destination, String workspace) {
        return new Outlet(verbs(destination), workspace);
    }

    /** Whether {@code destination} sends messages and holds nothing. */
    public boolean sendsMessages(String destination) {
        return of(destination).filter(known -> known.holds() == Holds.MESSAGE).isPresent();
    }

    private EndpointVerbs verbs(String destination) {
        Endpoint endpoint = endpoints.get(destination);
        if (endpoint == null) {
            throw new IllegalArgumentException("There is no destination \"" + destination + "\"; there is "
                    + String.join(", ", endpoints.keySet()));
        }
        return new EndpointVerbs(producer, endpoint);
    }

    /** The vault of {@code workspace} at {@code destination} with the credentials that may delete there. */
    public Store vaultToPrune(String destination, String workspace) {
        String through = of(destination).flatMap(DestinationSettings::pruneWith).orElse(destination);
        return vault(through, workspace);
    }
}
