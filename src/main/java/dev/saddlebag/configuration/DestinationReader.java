package dev.saddlebag.configuration;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the destinations and judges them by the Kamelets of their kinds. */
final class DestinationReader {
    private static final Instances.Family FAMILY =
            new Instances.Family("destination", Keys.KIND, List.of(Keys.PRUNE_WITH, Keys.READ_BACK, Keys.ELSEWHERE));

    private final Values values;
    private final Instances instances;

    DestinationReader(Entries entries, Values values, Map<String, Kind> kinds, Path folder) {
        this.values = values;
        this.instances = new Instances(entries, values, kinds, folder, FAMILY);
    }

    /** The keys that the destinations can have, known after {@link #read}. */
    Set<String> knownKeys() {
        return instances.knownKeys();
    }

    List<DestinationSettings> read(List<WorkspaceSettings> workspaces) {
        var referred = new LinkedHashMap<String, List<String>>();
        workspaces.forEach(workspace -> referred.put(Keys.DESTINATIONS.of(workspace.name()), workspace.destinations()));
        List<DestinationSettings> read =
                instances.read(referred).stream().map(this::destination).toList();
        read.forEach(destination -> judgePruneWith(destination, read, workspaces));
        read.stream()
                .filter(destination -> destination.holds() == Holds.MESSAGE)
                .forEach(destination -> judgeAttachment(destination, workspaces));
        return read;
    }

    private DestinationSettings destination(Instances.Instance instance) {
        String name = instance.name();
        Kind kind = instance.kind();
        return new DestinationSettings(
                name,
                kind.name(),
                kind.kamelet(),
                kind.holds(),
                kind.filesAtOnce(),
                values.value(Keys.READ_BACK, name),
                values.given(Keys.ELSEWHERE, name).orElse(kind.elsewhere()),
                values.given(Keys.PRUNE_WITH, name),
                instance.options());
    }

    /** Whoever prunes must have the same place before it, and nobody may deliver with its credentials. */
    private void judgePruneWith(
            DestinationSettings destination, List<DestinationSettings> all, List<WorkspaceSettings> workspaces) {
        if (destination.pruneWith().isEmpty()) {
            return;
        }
        String key = Keys.PRUNE_WITH.of(destination.name());
        String other = destination.pruneWith().get();
        Optional<DestinationSettings> found =
                all.stream().filter(one -> one.name().equals(other)).findFirst();
        if (found.isEmpty()) {
            List<String> defined = all.stream().map(DestinationSettings::name).toList();
            report(
                    destination,
                    key + " names the destination " + other + ", which is not defined; "
                            + instances.meant(other, defined));
        } else if (other.equals(destination.name())) {
            report(destination, key + " names the destination itself; leave it out");
        } else if (!found.get().kind().equals(destination.kind())) {
            report(
                    destination,
                    key + " names " + other + ", which is of the kind "
                            + found.get().kind() + "; it must be the same place, with other credentials");
        } else if (found.get().pruneWith().isPresent()) {
            report(destination, key + " names " + other + ", which has a prune-with of its own");
        } else if (workspaces.stream()
                .anyMatch(workspace -> workspace.destinations().contains(other))) {
            report(
                    destination,
                    key + " names " + other + ", to which a workspace delivers; name one to which none does");
        }
    }

    /** What leaves by mail lies for years on servers that others run: in clear only if somebody has said so. */
    private void judgeAttachment(DestinationSettings destination, List<WorkspaceSettings> workspaces) {
        Map<String, String> options = destination.options();
        boolean decided = !options.getOrDefault("attach", "").equals("archive")
                || !options.getOrDefault("recipients", "").isBlank()
                || options.getOrDefault("allow-plain", "").equals("true");
        List<String> plain = workspaces.stream()
                .filter(workspace -> workspace.destinations().contains(destination.name()))
                .filter(workspace -> !workspace.encryption().isOn())
                .map(WorkspaceSettings::name)
                .toList();
        if (!decided && !plain.isEmpty()) {
            String prefix = "saddlebag.destination." + destination.name() + ".";
            instances.report(
                    destination.name(),
                    prefix + "attach",
                    prefix + "attach would send all of " + String.join(", ", plain) + " unencrypted: set " + prefix
                            + "recipients to public keys of age (saddlebag keys new makes them), encrypt the workspace,"
                            + " or set " + prefix + "allow-plain=true");
        }
    }

    private void report(DestinationSettings destination, String sentence) {
        instances.report(destination.name(), Keys.PRUNE_WITH.of(destination.name()), sentence);
    }
}
