package dev.saddlebag.collect;

import dev.saddlebag.collect.RequestEstimate.Purpose;
import dev.saddlebag.configuration.Comments;
import dev.saddlebag.configuration.WorkspaceSettings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Estimates the first run of a workspace, of which nothing is known but what search shows. Search tells how many pages,
 * rows and data sources there are; how deep the blocks of a page go, it does not tell. For a workspace of fifty
 * pages or more the truth is between half of the estimate and twice as much; a small one with large pages can need more.
 */
public final class FirstRequests {
    /** Lists of blocks in blocks (toggles, columns, tables), for a page that is no row. */
    private static final double NESTED_LISTS = 2;

    private static final int BLOCKS = 12;
    private static final int VIEWS = 3;

    private FirstRequests() {}

    /** The estimate for a run that reads everything that {@code look} saw. */
    public static RequestEstimate of(WorkspaceSettings workspace, SearchLook look) {
        long pages = look.pages();
        long sources = look.dataSources();
        Map<Purpose, Long> requests = new EnumMap<>(Purpose.class);
        List<String> assumptions = new ArrayList<>();
        requests.put(Purpose.WORKSPACE, 3L);
        requests.put(Purpose.TRASH, 1L);
        requests.put(Purpose.SEARCH, look.requests() + 1);
        requests.put(Purpose.BLOCKS, pages + Math.round((pages - look.rows()) * NESTED_LISTS));
        assumptions.add(
                "A page takes one request for its blocks, and one that is no row %.0f more for blocks in blocks."
                        .formatted(NESTED_LISTS));
        // The rows, the archived rows, the templates, which views.
        requests.put(Purpose.DATA_SOURCES, look.pagesOfRows() + 3 * sources);
        requests.put(Purpose.DATABASES, 2 * sources);
        requests.put(Purpose.VIEWS, VIEWS * sources);
        if (sources > 0) {
            assumptions.add(
                    ("A data source takes one request for 100 rows and three more; its database takes two, and has "
                                    + "%d views that take one each.")
                            .formatted(VIEWS));
        }
        if (workspace.comments() != Comments.NONE) {
            boolean ofBlocks = workspace.comments() == Comments.BLOCK;
            requests.put(Purpose.COMMENTS, pages * (ofBlocks ? 1 + BLOCKS : 1));
            assumptions.add(
                    ofBlocks
                            ? "Comments take one request for a page and one for each of its blocks, of which there are %d."
                                    .formatted(BLOCKS)
                            : "Comments take one request for a page.");
        }
        if (workspace.pageMarkdown()) {
            requests.put(Purpose.MARKDOWN, pages);
        }
        assumptions.add(
                "Pages that search does not show come on top. The truth is between half and twice as much; of fewer than 50 pages it can be more.");
        look.gaps()
                .forEach(gap -> assumptions.add(
                        "Search could not be read to its end: more was not seen. " + gap.explanation()));
        return new RequestEstimate(requests, assumptions);
    }
}
