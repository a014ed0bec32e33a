package dev.saddlebag.configuration;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** Finds the word that was meant by a misspelt one. */
public final class Suggestion {
    private static final JaroWinklerSimilarity SIMILARITY = new JaroWinklerSimilarity();

    private Suggestion() {}

    /** The known word that is nearest to {@code word}, if one is near enough to be a slip of the hand. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> edits(word, candidate) <= tolerated(word) || isCutShort(word, candidate))
                .min(Comparator.<String>comparingInt(candidate -> edits(word, candidate))
                        .thenComparingDouble(candidate -> -SIMILARITY.apply(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The end of a sentence about {@code word}: {@code "; did you mean log?"}, or nothing. */
    public static String hint(String word, Collection<String> known) {
        return nearest(word, known)
                .map(meant -> "; did you mean " + meant + "?")
                .orElse("");
    }

    /** How many letters are wrong, missing, too many or swapped with their neighbour. */
    private static int edits(String word, String candidate) {
        String from = word.toLowerCase(Locale.ROOT);
        String to = candidate.toLowerCase(Locale.ROOT);
        var edits = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : fewest(edits, from, to, i, j);
            }
        }
        return edits[from.length()][to.length()];
    }

    private static int fewest(int[][] edits, String from, String to, int i, int j) {
        int wrong = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int fewest = Math.min(Math.min(edits[i - 1][j], edits[i][j - 1]) + 1, edits[i - 1][j - 1] + wrong);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(fewest, edits[i - 2][j - 2] + 1) : fewest;
    }

    private static int tolerated(String word) {
        return Math.min(Math.max(2, word.length() / 3), Math.max(1, word.length() - 1));
    }

    private static boolean isCutShort(String word, String candidate) {
        return Math.min(word.length(), candidate.length()) >= 3
                && (candidate.startsWith(word) || word.startsWith(candidate));
    }
}
