package dev.saddlebag.configuration;

import java.util.Comparator;

/**
 * One thing that is wrong in the configuration or in a route, for the person who has to mend it.
 *
 * @param file the file in which the mistake stands, as the caller named it; {@code -D} for a setting of the command
 *     line, {@code environment NAME} for one of the environment
 * @param line the line in the file, counted from 1; 0 when the mistake belongs to no line
 * @param key the setting or the id of the route; empty when there is none
 * @param sentence what is wrong, and where it is known, what was meant; never holds a secret
 */
public record Mistake(String file, int line, String key, String sentence) {

    /** By file, then by line: the order in which a person mends them. */
    public static final Comparator<Mistake> IN_READING_ORDER =
            Comparator.comparing(Mistake::file).thenComparingInt(Mistake::line).thenComparing(Mistake::sentence);

    /** The mistake in one line, in the form that editors and terminals turn into a link. */
    @Override
    public String toString() {
        return (line > 0 ? file + ":" + line : file) + ": " + sentence;
    }
}
