package dev.saddlebag.difference;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** Compares texts line by line. */
final class TextDifference {
    /** Lines that are shown before and after those that differ, as {@code diff -u} shows them. */
    private static final int AROUND = 3;

    private final RawText before;
    private final RawText after;

    private TextDifference(String before, String after) {
        this.before = new RawText(before.getBytes(StandardCharsets.UTF_8));
        this.after = new RawText(after.getBytes(StandardCharsets.UTF_8));
    }

    static List<Hunk> between(String before, String after) {
        return before.equals(after) ? List.of() : new TextDifference(before, after).hunks();
    }

    private List<Hunk> hunks() {
        EditList edits = new HistogramDiff().diff(RawTextComparator.DEFAULT, before, after);
        List<Hunk> hunks = new ArrayList<>();
        int first = 0;
        while (first < edits.size()) {
            int last = first;
            while (last + 1 < edits.size()
                    && edits.get(last + 1).getBeginA() - edits.get(last).getEndA() <= 2 * AROUND) {
                last++;
            }
            hunks.add(hunk(edits.subList(first, last + 1)));
            first = last + 1;
        }
        return List.copyOf(hunks);
    }

    private Hunk hunk(List<Edit> edits) {
        Edit first = edits.get(0);
        int same = Math.min(AROUND, first.getBeginA());
        int at = first.getBeginA() - same;
        List<String> lines = new ArrayList<>();
        for (Edit edit : edits) {
            add(lines, ' ', before, at, edit.getBeginA());
            add(lines, '-', before, edit.getBeginA(), edit.getEndA());
            add(lines, '+', after, edit.getBeginB(), edit.getEndB());
            at = edit.getEndA();
        }
        add(lines, ' ', before, at, Math.min(at + AROUND, before.size()));
        return new Hunk(first.getBeginA() - same + 1, first.getBeginB() - same + 1, lines);
    }

    private static void add(List<String> lines, char sign, RawText text, int from, int to) {
        for (int i = from; i < to; i++) {
            lines.add(sign + text.getString(i));
        }
    }
}
