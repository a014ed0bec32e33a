package dev.saddlebag.simulator;

import java.util.List;
import java.util.function.IntPredicate;

/** Tells whether a walk that starts from search comes to something hidden: whether what leads there is still there. */
final class Discovery {
    private final Content content;
    private final World world;
    private final Plan plan;
    private final IntPredicate held;

    /** @param held which pages a backup holds, if it finds them */
    Discovery(Content content, IntPredicate held) {
        this.content = content;
        this.world = content.world();
        this.plan = content.plan();
        this.held = held;
    }

    boolean finds(int page) {
        if (!plan.hidden(page) || world.edits().page(page).parent() != null) {
            return true;
        }
        if (plan.isRow(page)) {
            return finds(plan.databases().get(plan.sourceOfRow(page).database()));
        }
        return world.children(page).stream().anyMatch(child -> held.test(child) && finds(child)) || isReferredTo(page);
    }

    boolean finds(Plan.Database database) {
        if (!plan.hasHidden() || !database.equals(plan.hiddenDatabase())) {
            return true;
        }
        return database.sources().stream()
                        .anyMatch(source -> world.rows(source).anyMatch(row -> !plan.hidden(row) && held.test(row)))
                || showcaseNames(Ref.database(database.index()));
    }

    private boolean isReferredTo(int page) {
        if (page == plan.page(Plan.Secluded.WITH_ORIGINAL)) {
            return showcaseNames(ShowcaseBlocks.hiddenOriginal(page));
        }
        int row = plan.sources().get(0).firstRow();
        boolean related = held.test(row)
                && content.pages()
                        .whole(row, FileLinks.NONE)
                        .toString()
                        .contains(content.ids().of(Ref.page(page)));
        return related || showcaseNames(Ref.page(page));
    }

    private boolean showcaseNames(Ref wanted) {
        return held.test(Plan.SHOWCASE)
                && name(
                        content.blocks().of(Plan.SHOWCASE, FileLinks.NONE),
                        content.ids().of(wanted));
    }

    private static boolean name(List<Block> blocks, String id) {
        return blocks.stream().anyMatch(block -> block.payload().toString().contains(id) || name(block.children(), id));
    }
}
