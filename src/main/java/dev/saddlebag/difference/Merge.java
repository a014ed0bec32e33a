package dev.saddlebag.difference;

import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The catalogues of two snapshots, merged. In memory is where things stand, and what is not alike.
 *
 * @param pairs in the order of the catalogues
 */
record Merge(Places before, Places after, List<Pair> pairs) {
    /** An object that is not listed alike; null where it is not listed. */
    record Pair(Listed before, Listed after) {
        ObjectRef object() {
            return (after == null ? before : after).object();
        }

        boolean isInBoth() {
            return before != null && after != null;
        }

        boolean hasOtherContent() {
            return isInBoth() && !before.sha256().equals(after.sha256());
        }
    }

    /** @param isSameSource whether the content can be compared; otherwise only pages and databases are */
    static Merge of(CatalogueLines before, CatalogueLines after, boolean isSameSource) throws IOException {
        Merge merge = new Merge(new Places(), new Places(), new ArrayList<>());
        Listed old = before.next();
        Listed now = after.next();
        while (old != null || now != null) {
            int order = old == null ? 1 : now == null ? -1 : CatalogueLines.ORDER.compare(old.object(), now.object());
            Pair pair = new Pair(order <= 0 ? old : null, order >= 0 ? now : null);
            merge.take(pair, isSameSource);
            old = order <= 0 ? before.next() : old;
            now = order >= 0 ? after.next() : now;
        }
        return merge;
    }

    private void take(Pair pair, boolean isSameSource) {
        if (pair.before() != null) {
            before.add(pair.before());
        }
        if (pair.after() != null) {
            after.add(pair.after());
        }
        Kind kind = pair.object().kind();
        boolean isCompared = isSameSource || kind == Kind.PAGE || kind == Kind.DATABASE;
        if (isCompared && !(pair.isInBoth() && isAlike(pair.before(), pair.after(), isSameSource))) {
            pairs.add(pair);
        }
    }

    /** Other sources name other parents, and what they come down to is known only when both catalogues were read. */
    private static boolean isAlike(Listed before, Listed after, boolean isSameSource) {
        return isSameSource
                && before.sha256().equals(after.sha256())
                && before.title().equals(after.title())
                && Objects.equals(before.parent(), after.parent());
    }
}
