package dev.saddlebag.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.saddlebag.snapshot.ObjectRef;
import java.util.Comparator;

/**
 * What the gate remembers of one page or database of a snapshot.
 *
 * @param parent the id of the page or database that holds it; null when the snapshot has none such
 * @param database the id of the database that it is a row of; null when it is none
 * @param top the id of the page or database at the top of the workspace that it lies below; null when it is at the top
 *     itself, or nobody knows where it stands
 * @param mark what changes when somebody edits it; null when that is not known
 * @param blocks how much content it has
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
record Item(ObjectRef object, String title, String parent, String database, String top, String mark, long blocks) {
    /** The order in which a snapshot gives its items: databases first, each kind by its ids. */
    static final Comparator<ObjectRef> ORDER =
            Comparator.comparing(ObjectRef::kind).reversed().thenComparing(ObjectRef::id);

    Item {
        title = title == null ? "" : title;
    }
}
