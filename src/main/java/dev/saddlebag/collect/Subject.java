package dev.saddlebag.collect;

import dev.saddlebag.snapshot.Gap;
import java.util.function.Consumer;

/**
 * What a reading is about: what would be missing without it.
 *
 * @param object the kind of thing, in Notion's words where it has one
 * @param id which of them
 * @param gaps is told when it can't be read
 */
record Subject(String object, String id, Consumer<Gap> gaps) {
    @Override
    public String toString() {
        return object + " " + id;
    }
}
