package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.vault.Hashes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The hash by which an object is known again when a listing shows it once more. It leaves out what differs at every read
 * (the signatures of file addresses) and what changes without an edit: a formula may hold today's date.
 */
final class ShownHash {
    private static final Set<String> COMPUTED = Set.of("formula", "rollup");

    private ShownHash() {}

    static String of(ObjectNode object) {
        ObjectNode plain = object.deepCopy();
        plain.remove("request_id");
        simplify(plain);
        try {
            return Hashes.of(Json.MAPPER.writeValueAsString(plain).getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void simplify(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.path("expiry_time").isTextual() && object.path("url").isTextual()) {
                object.put("url", FileLink.withoutQuery(object.path("url").textValue()));
                object.remove("expiry_time");
            }
            object.remove(COMPUTED);
        }
        node.forEach(ShownHash::simplify);
    }
}
