package dev.saddlebag.configuration;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the channels and judges them by the Kamelets of their kinds. */
final class ChannelReader {
    private static final Instances.Family FAMILY =
            new Instances.Family("channel", Keys.CHANNEL_KIND, List.of(Keys.ON, Keys.KEEP_TRYING));

    private final Values values;
    private final Instances instances;

    ChannelReader(Entries entries, Values values, Map<String, Kind> kinds, Path folder) {
        this.values = values;
        this.instances = new Instances(entries, values, kinds, folder, FAMILY);
    }

    /** The keys that the channels can have, known after {@link #read}. */
    Set<String> knownKeys() {
        return instances.knownKeys();
    }

    List<ChannelSettings> read(List<WorkspaceSettings> workspaces) {
        var referred = new LinkedHashMap<String, List<String>>();
        workspaces.forEach(workspace -> referred.put(Keys.CHANNELS.of(workspace.name()), workspace.channels()));
        return instances.read(referred).stream().map(this::channel).toList();
    }

    private ChannelSettings channel(Instances.Instance instance) {
        Set<String> secret = instance.kind().options().entrySet().stream()
                .filter(option -> option.getValue().isSecret())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return new ChannelSettings(
                instance.name(),
                instance.kind().name(),
                values.value(Keys.ON, instance.name()),
                values.value(Keys.KEEP_TRYING, instance.name()),
                instance.options(),
                secret);
    }
}
