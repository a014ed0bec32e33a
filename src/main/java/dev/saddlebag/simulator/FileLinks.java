package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** How an object refers to a stored file: by an address in an answer, by path and digest in the truth. */
interface FileLinks {
    /** For those who want to know what there is and not where its files are. */
    FileLinks NONE = new FileLinks() {
        @Override
        public void put(ObjectNode fileObject, StoredFile file) {}

        @Override
        public void putPublic(ObjectNode object, StoredFile file) {}
    };

    /** Adds the keys that name {@code file}, {@code url} and {@code expiry_time} in an answer, to its file object. */
    void put(ObjectNode fileObject, StoredFile file);

    /**
     * Adds the keys that name a file which anybody may fetch at an address that never changes, in an answer {@code url}
     * alone (facts/notion-api.md §2.1 of custom emojis).
     */
    void putPublic(ObjectNode object, StoredFile file);
}
