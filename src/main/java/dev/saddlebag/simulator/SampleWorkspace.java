package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A Notion workspace with a bit of everything, a pure function of a seed and a size. Pages and blocks are made when they
 * are asked for; only edits are kept. All of it was last edited before November 2026, edits have the time of the clock.
 * Safe for use by many threads; ids are given and taken with dashes.
 */
public final class SampleWorkspace {
    /** Whether an edit moves the page's {@code last_edited_time}; not every edit does (facts/notion-api.md §6.1). */
    public enum Touch {
        MOVES_LAST_EDITED_TIME,
        KEEPS_LAST_EDITED_TIME
    }

    /**
     * Something in the trash.
     *
     * @param kind {@code page} or {@code data_source}
     */
    public record Trashed(String id, String kind, String title) {}

    private final Content content;
    private volatile Clock clock = Clock.systemUTC();

    private SampleWorkspace(Seed seed, int pages) {
        this.content = new Content(seed, pages);
    }

    /**
     * The workspace of a seed.
     *
     * @param pages how many pages a backup holds, rows and hidden pages included; from 5 to some millions. Pages that are
     *     not shared or in the trash and templates come on top.
     */
    public static SampleWorkspace of(long seed, int pages) {
        return new SampleWorkspace(new Seed(seed), pages);
    }

    Content content() {
        return content;
    }

    /** The clock that times later edits. */
    public void clock(Clock newClock) {
        clock = newClock;
    }

    /**
     * What a perfect backup would hold.
     *
     * @param baseUrl the {@link NotionSimulator#baseUrl()} that the paths of files begin with
     */
    public Truth truth(String baseUrl, TruthOptions options) {
        return new Truth(content, baseUrl, options);
    }

    /**
     * The ids of the shared standalone pages that are not in the trash, without the hidden ones; the first of them is the
     * page "Home".
     */
    public List<String> standalonePages() {
        World world = content.world();
        return IntStream.range(0, world.count())
                .filter(page -> world.shared(page) && !world.trashed(page) && !world.template(page))
                .filter(page -> !world.row(page) && !content.plan().hidden(page))
                .mapToObj(page -> content.ids().of(Ref.page(page)))
                .toList();
    }

    /**
     * The ids of the shared pages that no search, no tree and no query shows, each of which one reference leads to: a
     * mention, a link, a relation, a copy of a synced block, the parent of a page that search shows, in this order. There
     * are none in a workspace of less than 20 pages.
     */
    public List<String> hiddenPages() {
        Plan plan = content.plan();
        return Stream.of(Plan.Secluded.values())
                .filter(which -> plan.hasHidden() && plan.hidden(plan.page(which)))
                .map(which -> content.ids().of(Ref.page(plan.page(which))))
                .toList();
    }

    /** The ids of the databases that nothing but a mention leads to; those in {@link #databases} include them. */
    public List<String> hiddenDatabases() {
        return content.plan().hasHidden()
                ? List.of(content.ids()
                        .of(Ref.database(content.plan().hiddenDatabase().index())))
                : List.of();
    }

    /** The ids of the databases, without the linked ones. */
    public List<String> databases() {
        return content.plan().databases().stream()
                .filter(database -> !database.linked())
                .map(database -> content.ids().of(Ref.database(database.index())))
                .toList();
    }

    public List<String> linkedDatabases() {
        return content.plan().databases().stream()
                .filter(Plan.Database::linked)
                .map(database -> content.ids().of(Ref.database(database.index())))
                .toList();
    }

    /** The ids of the data sources; the first one has every type of property. */
    public List<String> dataSources() {
        return content.plan().sources().stream()
                .map(source -> content.ids().of(Ref.source(source.index())))
                .toList();
    }

    /** The ids of the rows of a data source, archived ones included. */
    public List<String> rows(String dataSourceId) {
        return content.world()
                .rows(read(dataSourceId, Kind.DATA_SOURCE).index())
                .mapToObj(row -> content.ids().of(Ref.page(row)))
                .toList();
    }

    /** The ids of the paragraphs at the top level of a page. */
    public List<String> paragraphs(String pageId) {
        return content.blocks().of(read(pageId, Kind.PAGE).index(), FileLinks.NONE).stream()
                .filter(block -> block.type().equals("paragraph"))
                .map(block -> content.ids().of(block.ref()))
                .toList();
    }

    /** The ids of pages that exist and are not shared. */
    public List<String> unsharedPages() {
        return extras(Plan.Extra.UNSHARED);
    }

    /** The ids of pages that were in the trash from the begin. */
    public List<String> trashedPages() {
        return extras(Plan.Extra.TRASHED);
    }

    private List<String> extras(Plan.Extra extra) {
        Plan plan = content.plan();
        return IntStream.range(plan.pages(), plan.end())
                .filter(page -> plan.extra(page) == extra)
                .mapToObj(page -> content.ids().of(Ref.page(page)))
                .toList();
    }

    /** Everything that search shows of the trash now, newest edit first: pages, rows and data sources. */
    public List<Trashed> trash() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("filter").put("in_trash", true);
        return IntStream.of(new SearchIndex(content, Behaviour.standard()).find(body))
                .mapToObj(SearchIndex::ref)
                .map(this::trashed)
                .toList();
    }

    private Trashed trashed(Ref ref) {
        String id = content.ids().of(ref);
        if (ref.kind() == Kind.PAGE) {
            ObjectNode page = content.pages().whole(ref.index(), FileLinks.NONE);
            return new Trashed(id, "page", RichText.plainText(titleOf(page)));
        }
        Plan.Source source = content.plan().sources().get(ref.index());
        JsonNode title = content.databases().source(source, FileLinks.NONE).get("title");
        return new Trashed(id, "data_source", RichText.plainText(title));
    }

    private static JsonNode titleOf(ObjectNode page) {
        return StreamSupport.stream(page.get("properties").spliterator(), false)
                .filter(property -> property.get("type").asText().equals("title"))
                .findFirst()
                .orElseThrow()
                .get("title");
    }

    /** Gives a page or row another title. */
    public void editTitle(String pageId, String title, Touch touch) {
        int page = read(pageId, Kind.PAGE).index();
        content.world().edits().change(page, edit -> edit.title(title));
        touch(page, touch);
    }

    /**
     * Gives a row another value.
     *
     * @param name the property's name
     * @param value what stands under the key of the property's type, such as {@code 5} or {@code [{"id": …}]}
     */
    public void editProperty(String pageId, String name, JsonNode value, Touch touch) {
        int page = read(pageId, Kind.PAGE).index();
        content.world().edits().change(page, edit -> edit.property(name, value));
        touch(page, touch);
    }

    /** Gives a block with text another text. The block's own {@code last_edited_time} moves in any case. */
    public void editParagraph(String blockId, String text, Touch touch) {
        Ref block = read(blockId, Kind.BLOCK);
        content.world().edits().change(block, new Edits.BlockEdit(text, false, now()));
        touch(block.index(), touch);
    }

    /** Deletes a block with what is below it. */
    public void deleteBlock(String blockId, Touch touch) {
        Ref block = read(blockId, Kind.BLOCK);
        content.world().edits().change(block, new Edits.BlockEdit("", true, now()));
        touch(block.index(), touch);
    }

    /** Appends a paragraph to a page and returns its id. */
    public String addParagraph(String pageId, String text, Touch touch) {
        int page = read(pageId, Kind.PAGE).index();
        int sub = content.world().edits().addBlock(page, "paragraph", text, now());
        touch(page, touch);
        return content.ids().of(Ref.block(page, sub));
    }

    /**
     * Appends an image to a page that Notion does not keep, and returns the block's id. The page's
     * {@code last_edited_time} moves.
     *
     * @param url such as {@link NotionSimulator#externalImage()}, with a query or without
     */
    public String addExternalImage(String pageId, String url) {
        int page = read(pageId, Kind.PAGE).index();
        int sub = content.world().edits().addBlock(page, "image", url, now());
        touch(page, Touch.MOVES_LAST_EDITED_TIME);
        return content.ids().of(Ref.block(page, sub));
    }

    /** Adds an empty page under a page and returns its id. */
    public String addPage(String parentPageId, String title) {
        return add(read(parentPageId, Kind.PAGE), title);
    }

    /** Adds a row to a data source and returns its id. */
    public String addRow(String dataSourceId, String title) {
        return add(read(dataSourceId, Kind.DATA_SOURCE), title);
    }

    private String add(Ref parent, String title) {
        Edits edits = content.world().edits();
        int page = content.plan().end() + edits.add(new Edits.AddedPage(parent, now()));
        edits.change(page, edit -> edit.title(title));
        return content.ids().of(Ref.page(page));
    }

    /** Moves a page or row to the trash. */
    public void deletePage(String pageId) {
        content.world().edits().change(read(pageId, Kind.PAGE).index(), edit -> edit.trash(true));
    }

    /** Takes a page out of the trash. */
    public void restorePage(String pageId) {
        content.world().edits().change(read(pageId, Kind.PAGE).index(), edit -> edit.trash(false));
    }

    /** Moves a page under another page, or a row to another data source. */
    public void movePage(String pageId, String newParentId, Touch touch) {
        int page = read(pageId, Kind.PAGE).index();
        Ref parent = content.ids().read(newParentId).orElseThrow();
        content.world().edits().change(page, edit -> edit.parent(parent));
        touch(page, touch);
    }

    /** Takes a page and all below it away from the connection. */
    public void revokeSharing(String pageId) {
        content.world().edits().change(read(pageId, Kind.PAGE).index(), edit -> edit.unshared(true));
    }

    /** Moves a database with its data sources and rows to the trash. */
    public void deleteDatabase(String databaseId) {
        content.world().edits().deleteDatabase(read(databaseId, Kind.DATABASE).index());
    }

    /** Adds a comment to a page or a block and returns its id. */
    public String addComment(String pageOrBlockId, String text) {
        Ref parent = content.ids().read(pageOrBlockId).orElseThrow();
        content.world().edits().addComment(parent, text, now());
        List<String> all = new ArrayList<>();
        content.comments()
                .of(parent, FileLinks.NONE)
                .forEach(comment -> all.add(comment.get("id").asText()));
        return all.get(all.size() - 1);
    }

    private void touch(int page, Touch touch) {
        if (touch == Touch.MOVES_LAST_EDITED_TIME) {
            long minute = now();
            content.world().edits().change(page, edit -> edit.edited(minute));
        }
    }

    private long now() {
        return Times.minuteOf(clock.instant());
    }

    private Ref read(String id, Kind kind) {
        return Stream.of(id)
                .filter(Ids::valid)
                .flatMap(valid -> content.ids().read(valid).stream())
                .filter(ref -> ref.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Not the id of a " + kind + ": " + id));
    }
}
