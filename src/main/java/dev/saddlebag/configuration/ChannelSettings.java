package dev.saddlebag.configuration;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A way by which people and machines are told what became of runs.
 *
 * @param name the name that workspaces use in their {@code channels}
 * @param kind the kind, which is the name of a Kamelet in {@code routes/channels}
 * @param on what it is to bring
 * @param keepTrying for how long a message that cannot be sent is tried again
 * @param options the options of the kind as they were given, but paths are absolute. Some may be secret.
 * @param secret the names of those options that are
 */
public record ChannelSettings(
        String name, String kind, Occasion on, Duration keepTrying, Map<String, String> options, Set<String> secret) {
    public ChannelSettings {
        options = Map.copyOf(options);
        secret = Set.copyOf(secret);
    }

    /** The values of the secret options: what no log and no message may repeat. */
    public List<String> secrets() {
        return options.entrySet().stream()
                .filter(option -> secret.contains(option.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Names the options without their values, some of which are secret. */
    @Override
    public String toString() {
        return "ChannelSettings[name=" + name + ", kind=" + kind + ", on=" + on + ", keepTrying=" + keepTrying
                + ", options=" + new TreeSet<>(options.keySet()) + "]";
    }
}
