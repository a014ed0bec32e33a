package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** How an object refers to a stored file: by a signed URL in an answer, by path and digest in the truth. */
@FunctionalInterface
interface FileLinks {
    /** Adds the keys that name {@code file}, {@code url} and {@code expiry_time} in an answer, to its file object. */
    void put(ObjectNode fileObject, StoredFile file);
}
