package dev.saddlebag.render;

import java.util.List;
import java.util.Optional;

/** What a text that is being finished must know of the rest of its snapshot. Ids are dashed and lower-case. */
public interface Links {
    /** The page, database or data source with this id; empty when the snapshot does not have it. */
    Optional<Target> of(String id);

    /** Who has this id now; empty leaves the name that stood in the object. */
    default Optional<Person> person(String id) {
        return Optional.empty();
    }

    /** The path of a stored file from the folder of this text; empty leaves the address in Notion. */
    default Optional<String> file(String sha256) {
        return Optional.empty();
    }

    /** What {@link Rendered#synced} has for this block, with its placeholders; empty when no text has it. */
    default Optional<String> synced(String block) {
        return Optional.empty();
    }

    /** What links to this text, or names it in a property, by their paths in the snapshot. */
    default List<Target> backlinks() {
        return List.of();
    }

    /** What this text stands below, from above. */
    default List<Target> ancestors() {
        return List.of();
    }
}
