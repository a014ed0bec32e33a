package dev.saddlebag.configuration;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads what is set up by a kind and its options, such as destinations and channels, and judges it by the Kamelets of the
 * kinds.
 */
final class Instances {
    private final Entries entries;
    private final Values values;
    private final Map<String, Kind> kinds;
    private final Path folder;
    private final Family family;
    private final Map<String, Entry> first;
    private final Set<String> knownKeys = new TreeSet<>();

    /**
     * Things of one sort.
     *
     * @param noun what one of them is called
     * @param kind the key of its kind
     * @param common the keys that each of them has, whatever its kind
     */
    record Family(String noun, Key<String> kind, List<Key<?>> common) {
        private static final String LAST = "kind";

        /** What all keys of these things begin with. */
        String prefix() {
            return kind.pattern().substring(0, kind.pattern().indexOf(Key.NAME));
        }

        String key(String name, String option) {
            return prefix() + name + "." + option;
        }

        private static String option(Key<?> key) {
            return key.pattern().substring(key.pattern().lastIndexOf('.') + 1);
        }
    }

    /** One of them, as far as its kind knows it. */
    record Instance(String name, Kind kind, Map<String, String> options) {}

    Instances(Entries entries, Values values, Map<String, Kind> kinds, Path folder, Family family) {
        this.entries = entries;
        this.values = values;
        this.kinds = kinds;
        this.folder = folder;
        this.family = family;
        this.first = firstEntries();
    }

    /** The keys that they can have, known after {@link #read}. */
    Set<String> knownKeys() {
        return knownKeys;
    }

    /**
     * Reads all that are set up.
     *
     * @param referred where they are named, by the key of the setting that names them: what is not set up is a mistake
     */
    List<Instance> read(Map<String, List<String>> referred) {
        var names = new TreeSet<>(first.keySet());
        referred.values().forEach(names::addAll);
        names.removeIf(name ->
                !first.containsKey(name) && entries.find(family.kind().of(name)).isEmpty());
        referred.forEach((key, wanted) -> findUndefined(key, wanted, names));
        return names.stream()
                .filter(this::isNamedWell)
                .map(this::read)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Reports what is wrong with one of them, at the setting if it is there, or else at that of the kind. */
    void report(String name, String key, String sentence) {
        values.entry(key)
                .or(() -> values.entry(family.kind().of(name)))
                .ifPresent(entry -> values.add(new Mistake(entry.file(), entry.line(), key, sentence)));
    }

    /** The end of a sentence about a name that is not set up. */
    String meant(String name, Collection<String> defined) {
        return Suggestion.nearest(name, defined)
                .map(meant -> "did you mean " + meant + "?")
                .orElse("set " + family.kind().of(name));
    }

    /** The first setting of each that the file or the command line names. */
    private Map<String, Entry> firstEntries() {
        var found = new TreeMap<String, Entry>();
        for (Entry entry : entries.named()) {
            String[] name = entry.key().startsWith(family.prefix())
                    ? entry.key().substring(family.prefix().length()).split("\\.", 2)
                    : new String[0];
            if (name.length == 2) {
                found.putIfAbsent(name[0], entry);
            }
        }
        return found;
    }

    private void findUndefined(String key, List<String> wanted, Set<String> defined) {
        for (String name : wanted) {
            if (!defined.contains(name)) {
                values.entry(key)
                        .ifPresent(entry -> values.add(entry.mistake(key + " names the " + family.noun() + " " + name
                                + ", which is not defined; " + meant(name, defined))));
            }
        }
    }

    private boolean isNamedWell(String name) {
        if (!Types.isName(name) && first.containsKey(name)) {
            Entry entry = first.get(name);
            values.add(entry.mistake(entry.key()
                    + " has a name that is not made of small letters, digits and hyphens: \"" + name + "\""));
            return false;
        }
        return true;
    }

    private Optional<Instance> read(String name) {
        String key = family.kind().of(name);
        knownKeys.add(key);
        family.common().forEach(common -> knownKeys.add(common.of(name)));
        Optional<String> kindName = values.given(family.kind(), name);
        if (kindName.isEmpty() && !values.hasMistakeAt(key)) {
            Optional.ofNullable(first.get(name))
                    .ifPresent(entry -> values.add(new Mistake(
                            entry.file(),
                            entry.line(),
                            key,
                            key + " is missing; the kinds are " + String.join(", ", kinds.keySet()))));
        }
        Optional<Kind> kind = kindName.flatMap(given -> Optional.ofNullable(kinds.get(given)));
        if (kindName.isPresent() && kind.isEmpty()) {
            values.entry(key).ifPresent(entry -> values.add(entry.mistake(unknownKind(key, kindName.get()))));
        }
        return kind.map(known -> new Instance(name, known, options(name, known)));
    }

    private String unknownKind(String key, String given) {
        String hint = Suggestion.hint(given, kinds.keySet());
        return key + " is \"" + given + "\", but there is no such kind"
                + (hint.isEmpty() ? "; the kinds are " + String.join(", ", kinds.keySet()) : hint);
    }

    private Map<String, String> options(String name, Kind kind) {
        var options = new HashMap<String, String>();
        kind.options().forEach((option, description) -> {
            String key = family.key(name, option);
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
        String prefix = family.key(name, "");
        var known = new TreeSet<>(kind.options().keySet());
        known.add(Family.LAST);
        family.common().forEach(common -> known.add(Family.option(common)));
        for (Entry entry : entries.named()) {
            String option = entry.key().startsWith(prefix) ? entry.key().substring(prefix.length()) : Family.LAST;
            if (kind.readable() && !known.contains(option)) {
                String hint = Suggestion.nearest(option, known)
                        .map(meant -> "; did you mean " + prefix + meant + "?")
                        .orElse("; it has " + String.join(", ", kind.options().keySet()));
                values.add(entry.mistake(entry.key() + " is not a setting of the kind " + kind.name() + hint));
            }
        }
    }
}
