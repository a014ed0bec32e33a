package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a perfect backup of the workspace would hold, in the stored form of the design's §5: made from the workspace
 * itself, without HTTP. It shows the workspace at the time of each call, as far as search and what leads on from there
 * reveal it: a hidden page whose last reference an edit took away is not in it.
 */
public final class Truth {
    /**
     * One stored object.
     *
     * @param path such as {@code objects/pages/<id>.json}
     */
    public record Entry(String path, JsonNode content) {}

    /**
     * One stored file, whose bytes a backup holds once however often it is named.
     *
     * @param path the URL of one of those that name it; of what Notion keeps, without the query
     * @param ending of its name, without a dot
     */
    public record FileEntry(String sha256, long size, String path, String ending, StoredFileBytes bytes) {}

    /** Opens the bytes of a stored file. */
    @FunctionalInterface
    public interface StoredFileBytes {
        InputStream open();
    }

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Content content;
    private final String baseUrl;
    private final TruthOptions options;
    private final Discovery discovery;

    Truth(Content content, String baseUrl, TruthOptions options) {
        this.content = content;
        this.baseUrl = baseUrl;
        this.options = options;
        this.discovery = new Discovery(content, this::held);
    }

    /** Every stored object: pages, databases, data sources, and views when they are asked for. Lazy. */
    public Stream<Entry> objects() {
        return objects(new StoredForm());
    }

    private Stream<Entry> objects(StoredForm links) {
        Stream<Entry> pages = IntStream.range(0, content.world().count())
                .filter(page -> held(page) && discovery.finds(page))
                .mapToObj(page -> page(page, links));
        Stream<Entry> databases = databases().map(database -> {
            ObjectNode stored = JSON.objectNode();
            stored.set("database", content.databases().database(database, links));
            return entry("databases", Ref.database(database.index()), stored, links);
        });
        Stream<Entry> sources = databases()
                .flatMap(database -> database.sources().stream())
                .map(source -> source(content.plan().sources().get(source), links));
        // Not flatMap: the iterator of a flat-mapped stream holds all of one part in memory.
        return Stream.concat(Stream.concat(pages, databases), Stream.concat(sources, views(links)));
    }

    private boolean held(int page) {
        World world = content.world();
        return world.shared(page)
                && !world.trashed(page)
                && (options.templates() || !world.template(page))
                && (options.archivedRows() || !world.archived(page));
    }

    private Stream<Plan.Database> databases() {
        World world = content.world();
        return content.plan().databases().stream()
                .filter(database -> !database.linked())
                .filter(database -> world.sharedDatabase(database.index()) && !world.trashedDatabase(database.index()))
                .filter(discovery::finds);
    }

    private Entry source(Plan.Source source, StoredForm links) {
        ObjectNode stored = JSON.objectNode();
        stored.set("data_source", content.databases().source(source, links));
        if (options.templates()) {
            content.templates(source).forEach(stored.withArray("templates")::add);
        }
        return entry("data-sources", Ref.source(source.index()), stored, links);
    }

    private Stream<Entry> views(StoredForm links) {
        if (!options.views()) {
            return Stream.empty();
        }
        return databases()
                .flatMap(database -> content.views().allOf(database).stream())
                .filter(view -> !content.views().type(view).equals("feed"))
                .map(view -> {
                    ObjectNode stored = JSON.objectNode();
                    stored.set("view", content.views().json(view));
                    return entry("views", view, stored, links);
                });
    }

    private Entry page(int page, StoredForm links) {
        ObjectNode stored = JSON.objectNode();
        stored.set("page", content.pages().whole(page, links));
        List<Block> blocks = content.blocks().of(page, links);
        stored.set("blocks", blocks(blocks, Ref.page(page)));
        if (options.comments() != TruthOptions.Comments.NONE) {
            ArrayNode comments = stored.putArray("comments");
            content.comments().of(Ref.page(page), links).forEach(comments::add);
            if (options.comments() == TruthOptions.Comments.BLOCK) {
                addComments(blocks, comments, links);
            }
        }
        return entry("pages", Ref.page(page), stored, links);
    }

    private void addComments(List<Block> blocks, ArrayNode comments, StoredForm links) {
        for (Block block : blocks) {
            if (block.ref().kind() == Kind.BLOCK) {
                content.comments().of(block.ref(), links).forEach(comments::add);
            }
            if (block.hasChildren() || options.meetingSections()) {
                addComments(block.children(), comments, links);
            }
        }
    }

    private ArrayNode blocks(List<Block> blocks, Ref parent) {
        ArrayNode array = JSON.arrayNode();
        for (Block block : blocks) {
            ObjectNode json = content.blocks().json(block, parent);
            boolean sections = options.meetingSections() && block.type().equals("meeting_notes");
            if (block.listable() || sections) {
                json.set("children", blocks(block.children(), block.ref()));
            }
            array.add(json);
        }
        return array;
    }

    private Entry entry(String folder, Ref ref, ObjectNode stored, StoredForm links) {
        if (options.externalMedia()) {
            links.describeExternal(stored);
        }
        return new Entry("objects/" + folder + "/" + content.ids().of(ref) + ".json", parsed(stored));
    }

    /** What goes through text once has numbers that compare equal to those of a parsed backup. */
    private static JsonNode parsed(ObjectNode stored) {
        try {
            return Json.MAPPER.readTree(Json.MAPPER.writeValueAsBytes(stored));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The custom emojis of the workspace as a backup lists them. */
    public List<JsonNode> customEmojis() {
        return customEmojis(new StoredForm());
    }

    private List<JsonNode> customEmojis(StoredForm links) {
        return IntStream.range(0, Icons.customEmojis())
                .<JsonNode>mapToObj(number -> parsed(content.icons().customEmoji(number, links)))
                .toList();
    }

    /** Names a file by its path, its digest and its size, and says of each that it was named. */
    private final class StoredForm implements FileLinks {
        private final BiConsumer<String, StoredFile> named;

        private StoredForm() {
            this((path, file) -> {});
        }

        private StoredForm(BiConsumer<String, StoredFile> named) {
            this.named = named;
        }

        @Override
        public void put(ObjectNode fileObject, StoredFile file) {
            name(fileObject, baseUrl + content.files().path(file), file);
        }

        @Override
        public void putPublic(ObjectNode object, StoredFile file) {
            name(object, baseUrl + content.files().publicPath(file), file);
        }

        private void name(ObjectNode object, String path, StoredFile file) {
            describe(object.put("path", path), path, file);
        }

        private void describe(ObjectNode object, String path, StoredFile file) {
            object.put("sha256", content.files().sha256(file)).put("size", file.size());
            named.accept(path, file);
        }

        /** Describes every external file in the object that this machine gives out; its URL stays. */
        private void describeExternal(JsonNode node) {
            JsonNode external = node.path("external");
            String url = external.path("url").asText();
            if (node.path("type").asText().equals("external") && url.startsWith(baseUrl + ExternalFiles.FOLDER)) {
                content.external()
                        .behind(url.substring(baseUrl.length()))
                        .ifPresent(file -> describe((ObjectNode) external, url, file));
            }
            node.forEach(this::describeExternal);
        }
    }

    /** Every file that the objects or the list of custom emojis name, by its SHA-256; walks all objects. */
    public Map<String, FileEntry> files() {
        Map<String, FileEntry> files = new TreeMap<>();
        var links = new StoredForm((path, file) -> {
            FileEntry entry = entry(path, file);
            files.putIfAbsent(entry.sha256(), entry);
        });
        objects(links).forEach(entry -> {});
        customEmojis(links);
        return files;
    }

    private FileEntry entry(String path, StoredFile file) {
        return new FileEntry(
                content.files().sha256(file),
                file.size(),
                path,
                file.type().ending(),
                () -> FileCatalogue.open(file, 0));
    }
}
