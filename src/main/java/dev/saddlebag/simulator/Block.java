package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A block of a page with the blocks below it.
 *
 * @param ref the block's coordinates; of a {@code child_page} those of the page, of a {@code child_database} those of
 *     the database, because they share the id (facts/notion-api.md §2.2)
 * @param hasChildren what Notion says; true as well for blocks whose children are not part of this page
 * @param children empty for those
 */
record Block(Ref ref, String type, ObjectNode payload, boolean hasChildren, List<Block> children) {

    /** Whether the children belong to this block and can be listed. */
    boolean listable() {
        return hasChildren && !children.isEmpty();
    }

    boolean syncedCopy() {
        return type.equals("synced_block") && payload.get("synced_from").isObject();
    }
}
