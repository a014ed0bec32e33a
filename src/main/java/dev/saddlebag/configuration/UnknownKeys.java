package dev.saddlebag.configuration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds the settings that look like ours and are none, and says what was meant. */
final class UnknownKeys {
    private static final List<String> OURS =
            List.of("SADDLEBAG_WORKSPACE_", "SADDLEBAG_DESTINATION_", "SADDLEBAG_CHANNEL_");

    private final Entries entries;
    private final Values values;
    private final List<String> workspaces;
    private final Set<String> ofNamed;

    /**
     * @param workspaces the names in {@code saddlebag.workspaces}
     * @param ofNamed the keys that the destinations and channels can have
     */
    UnknownKeys(Entries entries, Values values, List<String> workspaces, Set<String> ofNamed) {
        this.entries = entries;
        this.values = values;
        this.workspaces = workspaces;
        this.ofNamed = ofNamed;
    }

    void report() {
        var unlisted = new HashSet<String>();
        for (Entry entry : entries.named()) {
            String key = entry.key();
            if (key.startsWith(Keys.WORKSPACE)) {
                reportOfWorkspace(entry, unlisted);
            } else if (Keys.isOurs(key)
                    && !key.startsWith(Keys.DESTINATION)
                    && !key.startsWith(Keys.CHANNEL)
                    && !isOfAll(key)) {
                reportUnknown(entry, candidates(key));
            }
        }
        reportEnvironment();
    }

    private void reportOfWorkspace(Entry entry, Set<String> unlisted) {
        String name = entry.key().substring(Keys.WORKSPACE.length()).split("\\.", 2)[0];
        if (workspaces.contains(name)) {
            List<String> known = ofWorkspace(name).toList();
            if (!known.contains(entry.key())) {
                reportUnknown(entry, known);
            }
        } else if (!values.hasMistakeAt(Keys.WORKSPACES.pattern()) && unlisted.add(name)) {
            values.add(entry.mistake(entry.key() + " sets up the workspace " + name + ", which "
                    + Keys.WORKSPACES.pattern() + " does not list" + Suggestion.hint(name, workspaces)));
        }
    }

    private void reportUnknown(Entry entry, Collection<String> candidates) {
        values.add(entry.mistake(entry.key() + " is not a setting" + hint(entry.key(), candidates)));
    }

    /** Compares only what differs after the parts that are right, so that long names do not seem alike. */
    private static String hint(String key, Collection<String> candidates) {
        String common = "";
        for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
            String head = key.substring(0, dot + 1);
            if (candidates.stream().anyMatch(candidate -> candidate.startsWith(head))) {
                common = head;
            }
        }
        String head = common;
        List<String> tails = candidates.stream()
                .filter(candidate -> candidate.startsWith(head))
                .map(candidate -> candidate.substring(head.length()))
                .toList();
        return Suggestion.nearest(key.substring(head.length()), tails)
                .map(tail -> "; did you mean " + head + tail + "?")
                .orElse("");
    }

    private static boolean isOfAll(String key) {
        return Keys.ofAll().stream().anyMatch(known -> known.pattern().equals(key));
    }

    private static Stream<String> ofWorkspace(String name) {
        return Keys.ofWorkspace().stream().map(key -> key.of(name));
    }

    /** All keys of ours, with the name that {@code key} has in its third part where one belongs. */
    private List<String> candidates(String key) {
        String[] parts = key.split("\\.", 4);
        var candidates = new ArrayList<String>();
        Keys.ofAll().forEach(known -> candidates.add(known.pattern()));
        if (parts.length == 4) {
            ofWorkspace(parts[2]).forEach(candidates::add);
            candidates.add(Keys.DESTINATION + parts[2] + "." + parts[3]);
            candidates.add(Keys.CHANNEL + parts[2] + "." + parts[3]);
        }
        return candidates;
    }

    /** Only names that can be meant for nobody else are judged in the environment, which others use too. */
    private void reportEnvironment() {
        var known = new TreeSet<String>();
        Stream.of(workspaces.stream().flatMap(UnknownKeys::ofWorkspace), ofNamed.stream(), namedKeys())
                .flatMap(keys -> keys)
                .forEach(key -> known.addAll(EnvironmentNames.of(key)));
        for (String name : new TreeSet<>(entries.environment().keySet())) {
            boolean ours = OURS.stream().anyMatch(name::startsWith);
            if (ours && !known.contains(name) && !isReferredTo(name)) {
                String hint = Suggestion.hint(name, known);
                values.add(new Mistake("environment " + name, 0, name, name + " is not a setting" + hint));
            }
        }
    }

    private Stream<String> namedKeys() {
        return entries.named().stream().map(Entry::key);
    }

    private boolean isReferredTo(String variable) {
        return entries.named().stream().anyMatch(entry -> entry.text().contains("env:" + variable));
    }
}
