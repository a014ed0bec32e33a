package dev.saddlebag.difference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import java.util.UUID;

/**
 * An object as the catalogue of a snapshot lists it.
 *
 * @param parent what it stands in; null at the top of the workspace, and where Notion does not say
 * @param inBlock whether {@code parent} is a block of a page
 * @param path of its file
 * @param sha256 of its file
 */
record Listed(ObjectRef object, String title, UUID parent, boolean inBlock, String path, String sha256) {
    static Listed of(JsonNode line) {
        JsonNode parent = line.path("parent");
        String type = parent.path("type").asText("");
        JsonNode id = parent.path(type);
        return new Listed(
                new ObjectRef(
                        Kind.of(line.path("type").asText()), line.path("id").asText()),
                line.path("title").asText(""),
                id.isTextual() && type.endsWith("_id") ? UUID.fromString(id.textValue()) : null,
                type.equals("block_id"),
                line.path("path").asText(""),
                line.path("sha256").asText(""));
    }

    UUID id() {
        return UUID.fromString(object.id());
    }
}
