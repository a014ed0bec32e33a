package dev.saddlebag.configuration;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the word that was meant by a misspelt one. */
public final class Suggestion {
    private static final LevenshteinDistance EDITS = LevenshteinDistance.getDefaultInstance();
    private static final JaroWinklerSimilarity SIMILARITY = new JaroWinklerSimilarity();

    private Suggestion() {}

    /** The known word that is nearest to {@code word}, if one is near enough to be a slip of the hand. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> edits(word, candidate) <= tolerated(word))
                .min(Comparator.<String>comparingInt(candidate -> edits(word, candidate))
                        .thenComparing(candidate -> -SIMILARITY.apply(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The end of a sentence about {@code word}: {@code "; did you mean log?"}, or nothing. */
    public static String hint(String word, Collection<String> known) {
        return nearest(word, known)
                .map(meant -> "; did you mean " + meant + "?")
                .orElse("");
    }

    private static int edits(String word, String candidate) {
        return EDITS.apply(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
    }

    private static int tolerated(String word) {
        return Math.min(Math.max(2, word.length() / 3), Math.max(1, word.length() - 1));
    }
}
