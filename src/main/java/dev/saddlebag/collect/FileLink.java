package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.Account;
import dev.saddlebag.snapshot.Gap;
import dev.saddlebag.snapshot.StoredFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A file, as an object names it (facts/notion-api.md §2.9). */
public final class FileLink {
    /** Who keeps a file, and how long its address is good. */
    enum Keeper {
        /** Notion, at an address that is signed and good for an hour. */
        NOTION,
        /** Notion, at a public address: the picture of a custom emoji. */
        NOTION_IN_PUBLIC,
        /** Somebody else. */
        OUTSIDE
    }

    private final Keeper keeper;
    private final Owner owner;
    private final ObjectNode node;
    private final Consumer<Gap> gaps;
    private final String path;
    private String redirect;
    private int redirects;
    private boolean expired;

    /**
     * @param owner the object, such as a page or a block, whose re-reading gives a fresh address
     * @param node where the address stands in the owner; the stored form will stand in its place
     */
    private FileLink(Keeper keeper, Owner owner, ObjectNode node, Consumer<Gap> gaps) {
        this.keeper = keeper;
        this.owner = owner;
        this.node = node;
        this.gaps = gaps;
        this.path = keeper == Keeper.NOTION
                ? withoutQuery(node.path("url").textValue())
                : node.path("url").textValue();
    }

    /** What a file belongs to. */
    public record Owner(String object, String id) {}

    /**
     * All files that {@code content} names, in the order in which it does.
     *
     * @param withOutside whether those that lie outside Notion are wanted
     * @param gaps is told of those that can't be fetched
     */
    static List<FileLink> in(JsonNode content, boolean withOutside, Consumer<Gap> gaps) {
        List<FileLink> found = new ArrayList<>();
        collect(content, new Owner("", ""), gaps, found);
        found.removeIf(link -> link.keeper == Keeper.OUTSIDE && !withOutside);
        return found;
    }

    /**
     * The file at a signed address that stands in a page of an export.
     *
     * @param gaps is told when it can't be fetched
     */
    public static FileLink ofAddress(String address, String object, String id, Consumer<Gap> gaps) {
        ObjectNode node = Json.MAPPER.createObjectNode().put("url", address);
        return new FileLink(Keeper.NOTION, new Owner(object, id), node, gaps);
    }

    /** The pictures of custom emojis, in the list of a workspace. */
    static List<FileLink> ofEmojis(JsonNode emojis, Consumer<Gap> gaps) {
        List<FileLink> found = new ArrayList<>();
        for (JsonNode emoji : emojis) {
            if (emoji.path("url").isTextual()) {
                found.add(new FileLink(Keeper.NOTION_IN_PUBLIC, new Owner("", ""), (ObjectNode) emoji, gaps));
            }
        }
        return found;
    }

    private static void collect(JsonNode node, Owner owner, Consumer<Gap> gaps, List<FileLink> found) {
        if (node instanceof ArrayNode array) {
            array.forEach(element -> collect(element, owner, gaps, found));
        } else if (node instanceof ObjectNode object) {
            if (object.path("url").isTextual() && object.path("expiry_time").isTextual()) {
                found.add(new FileLink(Keeper.NOTION, owner, object, gaps));
                return;
            }
            Owner inner = object.path("object").isTextual() && object.path("id").isTextual()
                    ? new Owner(
                            object.path("object").textValue(), object.path("id").textValue())
                    : owner;
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (isEmoji(field.getKey(), field.getValue())) {
                    found.add(new FileLink(Keeper.NOTION_IN_PUBLIC, inner, (ObjectNode) field.getValue(), gaps));
                } else if (isOutside(field.getKey(), field.getValue())) {
                    found.add(new FileLink(Keeper.OUTSIDE, inner, (ObjectNode) field.getValue(), gaps));
                } else {
                    collect(field.getValue(), inner, gaps, found);
                }
            }
        }
    }

    private static boolean isEmoji(String key, JsonNode value) {
        return key.equals("custom_emoji") && value.path("url").isTextual();
    }

    private static boolean isOutside(String key, JsonNode value) {
        return key.equals("external") && value.path("url").isTextual();
    }

    /** The files that stand in {@code content} in their stored form. */
    static List<Account.NamedFile> stored(JsonNode content) {
        Map<String, Account.NamedFile> found = new LinkedHashMap<>();
        collectStored(content, found);
        return List.copyOf(found.values());
    }

    private static void collectStored(JsonNode node, Map<String, Account.NamedFile> found) {
        JsonNode address = node.path(node.has("path") ? "path" : "url");
        if (address.isTextual() && node.path("sha256").isTextual()) {
            found.putIfAbsent(
                    address.textValue(),
                    new Account.NamedFile(
                            address.textValue(),
                            node.path("sha256").textValue(),
                            node.path("size").longValue()));
        }
        node.forEach(inner -> collectStored(inner, found));
    }

    Keeper keeper() {
        return keeper;
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

    /** Whether the file must be asked for at another address than before. */
    public boolean redirected() {
        return redirect != null;
    }

    /** Follows a redirection; tells whether there have been too many. */
    boolean follow(String address) {
        redirect = address;
        redirects++;
        return redirects > 5;
    }

    void arrived() {
        redirect = null;
    }

    /** Where the bytes are at the moment. */
    public String url() {
        return redirect != null ? redirect : node.path("url").textValue();
    }

    /** The address without what changes at every reading: it names the file for good. */
    public String path() {
        return path;
    }

    static String withoutQuery(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }

    /** The last part of the path, as it stands there: percent-encoded. */
    public String name() {
        String plain = withoutQuery(path);
        return plain.substring(plain.lastIndexOf('/') + 1);
    }

    /** Takes over the fresh address of the same file from its owner, read again. */
    boolean renewFrom(ObjectNode ownerAgain) {
        for (FileLink fresh : in(ownerAgain, false, gap -> {})) {
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

    /** Writes the path alone, and says why the bytes are missing. */
    void giveUp(Gap.Reason reason, String why) {
        replace(null);
        gaps.accept(new Gap("file", path, reason, why));
    }

    /** An address outside Notion stays, since it is where the file really is. */
    private void replace(StoredFile file) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        node.removeAll();
        fields.forEach((key, value) -> {
            if (key.equals("url")) {
                node.put(keeper == Keeper.OUTSIDE ? "url" : "path", path);
                if (file != null) {
                    node.put("sha256", file.sha256()).put("size", file.size());
                }
            } else if (keeper != Keeper.NOTION || !key.equals("expiry_time")) {
                node.set(key, value);
            }
        });
    }

    /** What a reading of the owner is about: a failure is no gap yet, since the bytes may be had all the same. */
    Subject renewal() {
        return new Subject("file", path, gap -> {});
    }
}
