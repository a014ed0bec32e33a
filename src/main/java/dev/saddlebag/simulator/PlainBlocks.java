package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The blocks of ordinary pages and rows, and of the few pages that are long, deep or full of files. */
final class PlainBlocks {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int LONG_PAGE = 230;
    private static final int DEPTH = 8;
    private static final int GALLERY_IMAGES = 46;

    private final Plan plan;
    private final Ids ids;
    private final Users users;

    PlainBlocks(Plan plan, Ids ids, Users users) {
        this.plan = plan;
        this.ids = ids;
        this.users = users;
    }

    List<Block> blocks(BlockSketch sketch) {
        int page = sketch.page();
        if (page == Plan.LONG && plan.pages() >= Plan.ENOUGH) {
            return longPage(sketch);
        }
        if (page == Plan.DEEP && plan.pages() >= Plan.ENOUGH) {
            return List.of(nested(sketch, DEPTH));
        }
        if (page == Plan.GALLERY && plan.pages() >= 200) {
            return gallery(sketch);
        }
        if (plan.extra(page) == Plan.Extra.UNSHARED) {
            return List.of(ShowcaseBlocks.hiddenOriginal(sketch));
        }
        List<Block> blocks = ordinary(sketch);
        if (plan.hasHidden() && page == plan.page(Plan.Secluded.WITH_ORIGINAL)) {
            blocks.add(sketch.text("toggle", "Shared text", ShowcaseBlocks.hiddenOriginal(sketch)));
        }
        return blocks;
    }

    private List<Block> longPage(BlockSketch sketch) {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < LONG_PAGE; i++) {
            blocks.add(sketch.paragraph("Line " + i));
        }
        return blocks;
    }

    private Block nested(BlockSketch sketch, int depth) {
        String text = "Level " + (DEPTH - depth + 1);
        return depth == 1
                ? sketch.text("bulleted_list_item", text)
                : sketch.text("bulleted_list_item", text, nested(sketch, depth - 1));
    }

    private List<Block> gallery(BlockSketch sketch) {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < GALLERY_IMAGES; i++) {
            blocks.add(
                    sketch.stored("image", StoredFile.Type.PNG, StoredFile.Size.SMALL, i % 3 == 0 ? "Image " + i : ""));
        }
        blocks.add(sketch.stored("image", StoredFile.Type.PNG, StoredFile.Size.TWIN, "The same picture"));
        blocks.add(sketch.stored("image", StoredFile.Type.PNG, StoredFile.Size.TWIN, "The same picture once more"));
        blocks.add(sketch.stored("pdf", StoredFile.Type.PDF, StoredFile.Size.LARGE, "A few megabytes"));
        blocks.add(sketch.stored("video", StoredFile.Type.MP4, StoredFile.Size.HUGE, "More than 5 MiB"));
        blocks.add(sketch.stored("file", StoredFile.Type.ZIP, StoredFile.Size.MEDIUM, ""));
        return blocks;
    }

    private List<Block> ordinary(BlockSketch sketch) {
        Seed.Dice dice = plan.seed().dice(40, sketch.page(), 0);
        List<Block> blocks = new ArrayList<>();
        // Every fifth row is empty; facts/notion-api.md §6.2: nothing on a page tells that it is.
        int count = plan.isRow(sketch.page()) ? dice.below(5) : 2 + dice.below(8);
        for (int i = 0; i < count; i++) {
            blocks.add(block(sketch, dice));
        }
        return blocks;
    }

    private Block block(BlockSketch sketch, Seed.Dice dice) {
        String text = Titles.sentence(dice);
        return switch (dice.below(20)) {
            case 0 -> sketch.heading(1 + dice.below(3), text);
            case 1 -> sketch.toDo(text, dice.oneIn(2));
            case 2, 3 -> sketch.text("bulleted_list_item", text);
            case 4 -> sketch.text("bulleted_list_item", text, sketch.text("bulleted_list_item", Titles.sentence(dice)));
            case 5 -> sketch.text("numbered_list_item", text);
            case 6 -> sketch.text("quote", text);
            case 7 -> sketch.text("toggle", text, sketch.paragraph(Titles.sentence(dice)));
            case 8 -> sketch.empty("divider");
            case 9 -> mention(sketch, dice, text);
            case 10 ->
                dice.oneIn(3)
                        ? sketch.stored("image", StoredFile.Type.PNG, StoredFile.Size.SMALL, "")
                        : sketch.paragraph(text);
            case 11 ->
                sketch.paragraph(RichText.of(
                        RichText.text("Read "), RichText.link("this", "https://example.org/" + dice.below(100))));
            default -> sketch.paragraph(text);
        };
    }

    private Block mention(BlockSketch sketch, Seed.Dice dice, String text) {
        int user = dice.below(users.people());
        int page = dice.below(plan.shown());
        ObjectNode mentioned = JSON.objectNode().put("id", ids.of(Ref.page(page)));
        return sketch.paragraph(RichText.of(
                RichText.text(text + " "),
                RichText.mention("user", users.full(user), "@" + users.name(user), null),
                RichText.text(" and "),
                RichText.mention("page", mentioned, "Page " + page, Links.page(ids.of(Ref.page(page))))));
    }
}
