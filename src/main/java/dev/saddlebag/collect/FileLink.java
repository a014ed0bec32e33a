package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.snapshot.StoredFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A file kept by Notion, as an object names it: an address that is good for an hour (facts/notion-api.md §2.9). */
public final class FileLink {
    private final Owner owner;
    private final ObjectNode node;
    private final String path;
    private boolean expired;

    /**
     * @param owner the object, such as a page or a block, whose re-reading gives a fresh address
     * @param node where the address stands in the owner; the stored form will stand in its place
     */
    private FileLink(Owner owner, ObjectNode node) {
        this.owner = owner;
        this.node = node;
        this.path = withoutQuery(url());
    }

    /** What a file belongs to. */
    public record Owner(String object, String id) {}

    /** All files that Notion keeps for {@code content}, in the order in which they are named. */
    public static List<FileLink> in(ObjectNode content) {
        List<FileLink> found = new ArrayList<>();
        collect(content, new Owner("", ""), found);
        return found;
    }

    private static void collect(JsonNode node, Owner owner, List<FileLink> found) {
        if (node instanceof ArrayNode array) {
            array.forEach(element -> collect(element, owner, found));
        } else if (node instanceof ObjectNode object) {
            if (object.path("url").isTextual() && object.path("expiry_time").isTextual()) {
                found.add(new FileLink(owner, object));
                return;
            }
            Owner inner = object.path("object").isTextual() && object.path("id").isTextual()
                    ? new Owner(
                            object.path("object").textValue(), object.path("id").textValue())
                    : owner;
            object.forEach(value -> collect(value, inner, found));
        }
    }

    public Owner owner() {
        return owner;
    }

    /** Whether the address was found to be no longer good. */
    public boolean expired() {
        return expired;
    }

    void expire() {
        expired = true;
    }

    /** Where the bytes are at the moment. */
    public String url() {
        return node.path("url").textValue();
    }

    /** The address without what changes at every reading: it names the file for good. */
    public String path() {
        return path;
    }

    private static String withoutQuery(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }

    /** The last part of the path, as it stands there: percent-encoded. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Takes over the fresh address of the same file from its owner, read again. */
    boolean renewFrom(ObjectNode ownerAgain) {
        for (FileLink fresh : in(ownerAgain)) {
            if (fresh.path.equals(path)) {
                node.set("url", fresh.node.get("url"));
                node.set("expiry_time", fresh.node.get("expiry_time"));
                return true;
            }
        }
        return false;
    }

    /** Writes the stored form in the place of the address: the path, and the hash and size of the bytes. */
    void resolve(StoredFile file) {
        replace(file);
    }

    /** Writes the path alone: the bytes are a gap. */
    void unresolved() {
        replace(null);
    }

    private void replace(StoredFile file) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        node.removeAll();
        fields.forEach((key, value) -> {
            if (key.equals("url")) {
                node.put("path", path);
                if (file != null) {
                    node.put("sha256", file.sha256()).put("size", file.size());
                }
            } else if (!key.equals("expiry_time")) {
                node.set(key, value);
            }
        });
    }
}
