package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The blocks of every page as they stand now. */
final class BlockTrees {
    /** The toggle in which some subpages lie; it is made only when there are such. */
    static final int TOGGLE_WITH_PAGES = 900_000;

    /** The numbers of blocks that edits append. */
    static final int FIRST_ADDED = 1_000_000;

    private final World world;
    private final Ids ids;
    private final Titles titles;
    private final FileCatalogue files;
    private final PlainBlocks plain;
    private final ShowcaseBlocks showcase;

    BlockTrees(World world, Ids ids, Titles titles, FileCatalogue files, Users users, Icons icons) {
        this.world = world;
        this.ids = ids;
        this.titles = titles;
        this.files = files;
        this.plain = new PlainBlocks(world.plan(), ids, users);
        this.showcase = new ShowcaseBlocks(world.plan(), ids, users, icons);
    }

    /** The blocks of a page, in order. */
    List<Block> of(int page, FileLinks links) {
        return edited(generated(page, links));
    }

    /**
     * A block that an edit deleted, as it was: Notion still gives the block itself, though no list has it
     * (facts/notion-api.md §7).
     */
    Optional<Found> findDeleted(Ref wanted, FileLinks links) {
        Edits.BlockEdit edit = world.edits().block(wanted);
        return edit == null || !edit.deleted()
                ? Optional.empty()
                : find(wanted, generated(wanted.index(), links), Ref.page(wanted.index()));
    }

    private List<Block> generated(int page, FileLinks links) {
        var sketch = new BlockSketch(page, files, links);
        List<Block> blocks = new ArrayList<>();
        if (page == Plan.SHOWCASE) {
            blocks.addAll(showcase.blocks(sketch, databaseBlock(ShowcaseBlocks.COLUMN_WITH_DATABASE)));
        } else if (page < world.plan().end()) {
            blocks.addAll(plain.blocks(sketch));
        }
        addSubpages(sketch, blocks, links);
        for (Plan.Database database : world.databasesIn(page)) {
            if (database.parent().kind() == Kind.PAGE) {
                blocks.add(child(database));
            }
        }
        for (Edits.AddedBlock added : world.edits().addedBlocks(page)) {
            blocks.add(
                    added.type().equals("image")
                            ? sketch.externalImage(added.sub(), added.content())
                            : sketch.paragraph(added.sub(), added.content()));
        }
        return blocks;
    }

    private void addSubpages(BlockSketch sketch, List<Block> blocks, FileLinks links) {
        List<Block> inToggle = new ArrayList<>();
        Ref toggle = Ref.block(sketch.page(), TOGGLE_WITH_PAGES);
        for (int child : world.children(sketch.page())) {
            String title = world.editedTitle(child).orElseGet(() -> titles.page(child));
            boolean hasChildren =
                    child < world.plan().end() || !of(child, links).isEmpty();
            Block block = new Block(
                    Ref.page(child),
                    "child_page",
                    BlockSketch.JSON.objectNode().put("title", title),
                    hasChildren,
                    List.of());
            (world.parent(child).equals(toggle) ? inToggle : blocks).add(block);
        }
        if (!inToggle.isEmpty()) {
            ObjectNode payload = BlockSketch.JSON.objectNode();
            payload.set("rich_text", RichText.plain("More pages"));
            blocks.add(sketch.numbered(
                    TOGGLE_WITH_PAGES, "toggle", payload.put("color", "default"), inToggle.toArray(Block[]::new)));
        }
    }

    /** The database whose parent is this block of the showcase page, if there is one. */
    private List<Block> databaseBlock(int sub) {
        Ref parent = Ref.block(Plan.SHOWCASE, sub);
        return world.databasesIn(Plan.SHOWCASE).stream()
                .filter(database -> database.parent().equals(parent))
                .map(this::child)
                .toList();
    }

    private Block child(Plan.Database database) {
        return new Block(
                Ref.database(database.index()),
                "child_database",
                BlockSketch.JSON.objectNode().put("title", world.title(database)),
                false,
                List.of());
    }

    private List<Block> edited(List<Block> blocks) {
        List<Block> all = new ArrayList<>(blocks.size());
        for (Block block : blocks) {
            Edits.BlockEdit edit = world.edits().block(block.ref());
            if (edit != null && edit.deleted()) {
                continue;
            }
            ObjectNode payload = block.payload();
            if (edit != null) {
                payload.set("rich_text", RichText.plain(edit.text()));
            }
            List<Block> children = edited(block.children());
            boolean hasChildren = block.hasChildren() && (block.children().isEmpty() || !children.isEmpty());
            all.add(new Block(block.ref(), block.type(), payload, hasChildren, children));
        }
        return all;
    }

    /** The block as an answer shows it, without the blocks below it; keys in the recorded order. */
    ObjectNode json(Block block, Ref parent) {
        Ref ref = block.ref();
        int page = ref.kind() == Kind.PAGE ? ref.index() : parent.index();
        long created = world.created(page);
        long edited = world.generatedEdit(page);
        if (ref.kind() == Kind.BLOCK && ref.sub() >= FIRST_ADDED) {
            created =
                    world.edits().addedBlocks(page).get(ref.sub() - FIRST_ADDED).created();
            edited = created;
        }
        Edits.BlockEdit edit = world.edits().block(ref);
        if (ref.kind() == Kind.PAGE) {
            edited = world.edited(page);
        } else if (edit != null) {
            edited = edit.edited();
        }
        ObjectNode json = BlockSketch.JSON.objectNode().put("object", "block").put("id", ids.of(ref));
        json.set("parent", Parents.json(parent, ids, world));
        json.put("created_time", Times.minute(created)).put("last_edited_time", Times.minute(edited));
        json.set("created_by", Parents.author(page, ids));
        json.set("last_edited_by", Parents.author(page + 1, ids));
        json.put("has_children", block.hasChildren()).put("in_trash", false).put("type", block.type());
        json.set(block.type(), block.payload());
        return json;
    }

    /** A block that was looked up, with what lies directly above it. */
    record Found(Block block, Ref parent) {}

    Optional<Found> find(Ref wanted, FileLinks links) {
        return find(wanted, wanted.index(), links);
    }

    /** Looks a block, or the block of a database or a subpage, up in one page. */
    Optional<Found> find(Ref wanted, int page, FileLinks links) {
        return find(wanted, of(page, links), Ref.page(page));
    }

    private static Optional<Found> find(Ref wanted, List<Block> blocks, Ref parent) {
        for (Block block : blocks) {
            if (block.ref().equals(wanted)) {
                return Optional.of(new Found(block, parent));
            }
            Optional<Found> below = find(wanted, block.children(), block.ref());
            if (below.isPresent()) {
                return below;
            }
        }
        return Optional.empty();
    }
}
