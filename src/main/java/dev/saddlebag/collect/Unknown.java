package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Names what this version does not know of the content of an object; all of it is kept all the same. */
final class Unknown {
    private Unknown() {}

    static List<String> in(ObjectNode content) {
        return new ArrayList<>();
    }
}
