package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A page on its way into an export, with its attachments by name. */
final class ExportSheet {
    /** The names that attachments were given in one export: of one name in a folder, the second has a number. */
    static final class Names {
        private final Map<Ref, String> paths = new HashMap<>();
        private final Set<String> taken = new HashSet<>();

        private String path(ExportTree tree, int page, StoredFile file, boolean pasted) {
            return paths.computeIfAbsent(file.ref(), unused -> {
                String folder = tree.folder(page);
                String name =
                        tree.normal(pasted ? "image." + file.type().ending() : ExportNames.attachment(file.name()));
                int number = 0;
                while (!taken.add((folder + ExportNames.numbered(name, number)).toLowerCase(Locale.ROOT))) {
                    number++;
                }
                return folder + ExportNames.numbered(name, number);
            });
        }
    }

    /** Marks every stored file in a page with its number on this sheet. */
    private final class Marks implements FileLinks {
        @Override
        public void put(ObjectNode fileObject, StoredFile file) {
            fileObject.put("attachment", files.size());
            files.add(file);
        }

        @Override
        public void putPublic(ObjectNode object, StoredFile file) {
            object.put("url", "https://www.notion.so/" + file.name());
        }
    }

    private final Content content;
    private final ExportTree tree;
    private final Names names;
    private final int page;
    private final List<StoredFile> files = new ArrayList<>();
    private final Map<String, StoredFile> attached = new TreeMap<>();

    ExportSheet(Content content, ExportTree tree, Names names, int page) {
        this.content = content;
        this.tree = tree;
        this.names = names;
        this.page = page;
    }

    int page() {
        return page;
    }

    Content content() {
        return content;
    }

    ExportTree tree() {
        return tree;
    }

    List<Block> blocks() {
        return content.blocks().of(page, new Marks());
    }

    /** What a property holds. */
    ObjectNode value(Property property) {
        return content.pages().wholeProperty(page, property, new Marks());
    }

    JsonNode icon() {
        return content.icons().icon(page, new Marks());
    }

    JsonNode cover() {
        return content.icons().cover(page, new Marks());
    }

    /**
     * The path of an attachment that one of the objects of this sheet names; it counts as attached from now on.
     *
     * @param pasted whether it came from the clipboard, without a name
     */
    String attach(JsonNode fileObject, boolean pasted) {
        StoredFile file = files.get(fileObject.get("attachment").asInt());
        String path = names.path(tree, page, file, pasted);
        attached.put(path, file);
        return path;
    }

    /** Everything that was attached, by its path. */
    Map<String, StoredFile> attachments() {
        return attached;
    }
}
