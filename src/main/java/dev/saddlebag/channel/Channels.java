package dev.saddlebag.channel;

import dev.saddlebag.configuration.ChannelSettings;
import dev.saddlebag.configuration.Occasion;
import dev.saddlebag.configuration.WorkspaceSettings;
import dev.saddlebag.report.Message;
import dev.saddlebag.report.Notice;
import dev.saddlebag.report.Templates;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kamelet.KameletComponent;

/** The channels of the configuration. Each is an instance of the Kamelet of its kind. */
public final class Channels {
    /** No name of a destination has a dot in it. */
    private static final String INSTANCE = "channel.";

    private final List<ChannelSettings> settings;
    private final Map<String, List<String>> ofWorkspaces;
    private final Templates templates;

    public Channels(List<ChannelSettings> settings, List<WorkspaceSettings> workspaces, Templates templates) {
        this.settings = List.copyOf(settings);
        this.ofWorkspaces =
                workspaces.stream().collect(Collectors.toMap(WorkspaceSettings::name, WorkspaceSettings::channels));
        this.templates = templates;
    }

    /** Gives the Kamelets their options. These can be secret, so they stand in no endpoint address, which gets logged. */
    public void configure(CamelContext context) {
        KameletComponent kamelets = context.getComponent("kamelet", KameletComponent.class);
        Map<String, Properties> all = new HashMap<>();
        Optional.ofNullable(kamelets.getRouteProperties()).ifPresent(all::putAll);
        for (ChannelSettings channel : settings) {
            Properties properties = new Properties();
            properties.putAll(channel.options());
            all.put(INSTANCE + channel.name(), properties);
        }
        kamelets.setRouteProperties(all);
    }

    /** Makes all endpoints, so that a mistake in their options shows now and not with the first alarm. */
    public void open(CamelContext context) {
        settings.forEach(channel -> context.getEndpoint("kamelet:" + channel.kind() + "/" + INSTANCE + channel.name()));
    }

    /** The addresses of the routes that bring a notice to those channels of its workspace that want it. */
    public String routes(Notice notice) {
        List<String> wanted = ofWorkspaces.getOrDefault(notice.workspace(), List.of());
        return settings.stream()
                .filter(channel -> wanted.contains(channel.name()))
                .filter(channel -> notice.isAlarm() || wantsAll(channel))
                .map(channel -> "direct:tell-" + channel.name())
                .collect(Collectors.joining(","));
    }

    private static boolean wantsAll(ChannelSettings channel) {
        return channel.on() == Occasion.ALL;
    }

    /** A notice in the forms in which channels bring it. */
    public Message message(Notice notice) {
        return new Message(notice, templates);
    }
}
