package dev.saddlebag.difference;

import java.util.List;

/**
 * Lines that differ, with a few around them, as {@code diff -u} has them.
 *
 * @param before the number of the first line in the text of before, counted from 1
 * @param after the number of the first line in the text of after
 * @param lines each with a space, a {@code -} or a {@code +} before it
 */
public record Hunk(int before, int after, List<String> lines) {
    public Hunk {
        lines = List.copyOf(lines);
    }

    /** How many of the lines begin with {@code sign}. */
    public long count(char sign) {
        return lines.stream().filter(line -> line.charAt(0) == sign).count();
    }

    /** The line that {@code diff -u} writes before a hunk. */
    public String header() {
        long same = count(' ');
        return "@@ -" + before + "," + (same + count('-')) + " +" + after + "," + (same + count('+')) + " @@";
    }
}
