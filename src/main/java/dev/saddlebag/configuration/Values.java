package dev.saddlebag.configuration;

import dev.saddlebag.configuration.Placeholders.UnresolvedException;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The values of settings, and all that was found wrong on the way to them. */
final class Values {
    private final Entries entries;
    private final Placeholders placeholders;
    private final Set<Mistake> mistakes = new LinkedHashSet<>();

    Values(Entries entries, Placeholders placeholders) {
        this.entries = entries;
        this.placeholders = placeholders;
    }

    Optional<Entry> entry(String key) {
        return entries.find(key);
    }

    /** The text of a setting with its placeholders resolved; empty when it is not given, or wrong and reported. */
    Optional<String> text(String key) {
        return entries.find(key).flatMap(this::text);
    }

    private Optional<String> text(Entry entry) {
        if (entry.text().isBlank()) {
            add(entry.mistake(entry.key() + " has no value; give it one or take it out"));
            return Optional.empty();
        }
        try {
            return placeholders.resolve(entry).map(String::trim).filter(text -> !text.isEmpty());
        } catch (UnresolvedException e) {
            add(e.mistake());
            return Optional.empty();
        }
    }

    /** The value that was given for {@code key}, a key of ours with its name filled in. */
    <T> Optional<T> given(Key<T> key, String name) {
        return text(key.of(name))
                .filter(text -> key.secret() || !Placeholders.isDeferred(text))
                .flatMap(text -> parse(key, name, text));
    }

    private <T> Optional<T> parse(Key<T> key, String name, String text) {
        try {
            return Optional.of(key.type().parse(text));
        } catch (BadValueException e) {
            entries.find(key.of(name)).ifPresent(entry -> add(entry.mistake(entry.key() + " " + e.getMessage())));
            return Optional.empty();
        }
    }

    /** The value that was given, or the default. */
    <T> T value(Key<T> key, String name) {
        return given(key, name).orElseGet(() -> defaultOf(key));
    }

    /** The time zone of a workspace, which is the machine's where none is given. */
    ZoneId timeZone(String workspace) {
        return given(Keys.TIME_ZONE, workspace).orElseGet(ZoneId::systemDefault);
    }

    private static <T> T defaultOf(Key<T> key) {
        try {
            return key.type().parse(key.defaultValue());
        } catch (BadValueException e) {
            throw new IllegalStateException("The default of " + key.pattern() + " " + e.getMessage(), e);
        }
    }

    void add(Mistake mistake) {
        mistakes.add(mistake);
    }

    boolean hasMistakeAt(String key) {
        return mistakes.stream().anyMatch(mistake -> mistake.key().equals(key));
    }

    List<Mistake> mistakes() {
        return mistakes.stream().sorted(Mistake.IN_READING_ORDER).toList();
    }
}
