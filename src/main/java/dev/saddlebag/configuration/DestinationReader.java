package dev.saddlebag.configuration;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the destinations and judges them by the Kamelets of their kinds. */
final class DestinationReader {
    private final Entries entries;
    private final Values values;
    private final Map<String, Kind> kinds;
    private final Path folder;
    private final Set<String> knownKeys = new TreeSet<>();

    DestinationReader(Entries entries, Values values, Map<String, Kind> kinds, Path folder) {
        this.entries = entries;
        this.values = values;
        this.kinds = kinds;
        this.folder = folder;
    }

    /** The keys that the destinations can have, known after {@link #read}. */
    Set<String> knownKeys() {
        return knownKeys;
    }

    List<DestinationSettings> read(List<WorkspaceSettings> workspaces) {
        Map<String, Entry> first = firstEntries();
        var names = new TreeSet<>(first.keySet());
        workspaces.forEach(workspace -> names.addAll(workspace.destinations()));
        names.removeIf(name ->
                !first.containsKey(name) && entries.find(Keys.KIND.of(name)).isEmpty());
        workspaces.forEach(workspace -> findUndefined(workspace, names));
        List<DestinationSettings> read = names.stream()
                .filter(name -> isNamedWell(name, first))
                .map(name -> read(name, Optional.ofNullable(first.get(name))))
                .flatMap(Optional::stream)
                .toList();
        read.forEach(destination -> judgePruneWith(destination, read, workspaces));
        return read;
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
            String hint = Suggestion.nearest(
                            other, all.stream().map(DestinationSettings::name).toList())
                    .map(meant -> "did you mean " + meant + "?")
                    .orElse("set " + Keys.KIND.of(other));
            report(
                    destination.name(),
                    key,
                    key + " names the destination " + other + ", which is not defined; " + hint);
        } else if (other.equals(destination.name())) {
            report(destination.name(), key, key + " names the destination itself; leave it out");
        } else if (!found.get().kind().equals(destination.kind())) {
            report(
                    destination.name(),
                    key,
                    key + " names " + other + ", which is of the kind "
                            + found.get().kind() + "; it must be the same place, with other credentials");
        } else if (found.get().pruneWith().isPresent()) {
            report(destination.name(), key, key + " names " + other + ", which has a prune-with of its own");
        } else if (workspaces.stream()
                .anyMatch(workspace -> workspace.destinations().contains(other))) {
            report(
                    destination.name(),
                    key,
                    key + " names " + other + ", to which a workspace delivers; name one to which none does");
        }
    }

    /** The first setting of each destination that the file or the command line names. */
    private Map<String, Entry> firstEntries() {
        var first = new TreeMap<String, Entry>();
        for (Entry entry : entries.named()) {
            String[] name = entry.key().startsWith(Keys.DESTINATION)
                    ? entry.key().substring(Keys.DESTINATION.length()).split("\\.", 2)
                    : new String[0];
            if (name.length == 2) {
                first.putIfAbsent(name[0], entry);
            }
        }
        return first;
    }

    private void findUndefined(WorkspaceSettings workspace, Set<String> defined) {
        String key = Keys.DESTINATIONS.of(workspace.name());
        for (String name : workspace.destinations()) {
            if (!defined.contains(name)) {
                String hint = Suggestion.nearest(name, defined)
                        .map(meant -> "did you mean " + meant + "?")
                        .orElse("set " + Keys.KIND.of(name));
                values.entry(key)
                        .ifPresent(entry -> values.add(entry.mistake(
                                key + " names the destination " + name + ", which is not defined; " + hint)));
            }
        }
    }

    private boolean isNamedWell(String name, Map<String, Entry> first) {
        if (!Types.isName(name) && first.containsKey(name)) {
            Entry entry = first.get(name);
            values.add(entry.mistake(entry.key()
                    + " has a name that is not made of small letters, digits and hyphens: \"" + name + "\""));
            return false;
        }
        return true;
    }

    private Optional<DestinationSettings> read(String name, Optional<Entry> first) {
        String key = Keys.KIND.of(name);
        knownKeys.add(key);
        Optional<String> kindName = values.given(Keys.KIND, name);
        if (kindName.isEmpty() && !values.hasMistakeAt(key)) {
            first.ifPresent(entry -> values.add(new Mistake(
                    entry.file(),
                    entry.line(),
                    key,
                    key + " is missing; the kinds are " + String.join(", ", kinds.keySet()))));
        }
        Optional<Kind> kind = kindName.flatMap(given -> Optional.ofNullable(kinds.get(given)));
        if (kindName.isPresent() && kind.isEmpty()) {
            values.entry(key).ifPresent(entry -> values.add(entry.mistake(unknownKind(key, kindName.get()))));
        }
        knownKeys.add(Keys.PRUNE_WITH.of(name));
        Optional<String> pruneWith = values.given(Keys.PRUNE_WITH, name);
        knownKeys.add(Keys.READ_BACK.of(name));
        boolean readBack = values.value(Keys.READ_BACK, name);
        return kind.map(known -> new DestinationSettings(
                name, known.name(), known.holds(), known.filesAtOnce(), readBack, pruneWith, options(name, known)));
    }

    private String unknownKind(String key, String given) {
        String hint = Suggestion.hint(given, kinds.keySet());
        return key + " is \"" + given + "\", but there is no such kind"
                + (hint.isEmpty() ? "; the kinds are " + String.join(", ", kinds.keySet()) : hint);
    }

    private Map<String, String> options(String name, Kind kind) {
        var options = new HashMap<String, String>();
        kind.options().forEach((option, description) -> {
            String key = key(name, option);
            knownKeys.add(key);
            Optional<String> text = values.text(key);
            text.filter(value -> !Placeholders.isDeferred(value))
                    .flatMap(description::fault)
                    .ifPresent(fault -> report(name, key, key + " " + fault));
            if (text.isEmpty() && description.required() && !values.hasMistakeAt(key)) {
                report(name, key, key + " is missing; the kind " + kind.name() + " needs it");
            }
            text.ifPresent(value ->
                    options.put(option, Placeholders.isDeferred(value) ? value : description.value(folder, value)));
        });
        findUnknown(name, kind);
        return options;
    }

    private void findUnknown(String name, Kind kind) {
        String prefix = key(name, "");
        var known = new TreeSet<>(kind.options().keySet());
        known.add("kind");
        known.add("prune-with");
        known.add("read-back");
        for (Entry entry : entries.named()) {
            String option = entry.key().startsWith(prefix) ? entry.key().substring(prefix.length()) : "kind";
            if (kind.readable() && !known.contains(option)) {
                String hint = Suggestion.nearest(option, known)
                        .map(meant -> "; did you mean " + prefix + meant + "?")
                        .orElse("; it has " + String.join(", ", kind.options().keySet()));
                values.add(entry.mistake(entry.key() + " is not a setting of the kind " + kind.name() + hint));
            }
        }
    }

    private void report(String name, String key, String sentence) {
        values.entry(key)
                .or(() -> values.entry(Keys.KIND.of(name)))
                .ifPresent(entry -> values.add(new Mistake(entry.file(), entry.line(), key, sentence)));
    }

    private static String key(String name, String option) {
        return Keys.DESTINATION + name + "." + option;
    }
}
