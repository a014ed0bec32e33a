package dev.saddlebag.simulator;

/**
 * What a {@link Truth} counts as part of a perfect backup.
 *
 * @param archivedRows whether archived rows are in; only a query of its own finds them
 * @param meetingSections whether a {@code meeting_notes} block has its three sections, which only the ids in its payload
 *     lead to, as {@code children}: summary, notes, transcript
 * @param comments which comments a page's file has under {@code comments}; with {@link Comments#NONE} it has no such key
 * @param views whether there are {@code objects/views/<id>.json} files: of every view that the list of a database or of
 *     a data source or a dashboard names, so those of linked databases too
 * @param templates whether a data source's file has {@code templates}, as the templates endpoint lists them, and each of
 *     them is there as a page
 * @param externalMedia whether an external file that the simulator's machine gives out has {@code sha256} and
 *     {@code size} after its {@code url}
 */
public record TruthOptions(
        boolean archivedRows,
        boolean meetingSections,
        Comments comments,
        boolean views,
        boolean templates,
        boolean externalMedia) {
    /** How deep comments are read. */
    public enum Comments {
        NONE,
        /** Those of the page itself. */
        PAGE,
        /** Those of the page, then those of its blocks in the order of the blocks. */
        BLOCK
    }

    /** Archived rows, and none of the rest. */
    public static TruthOptions standard() {
        return new TruthOptions(true, false, Comments.NONE, false, false, false);
    }

    /** All that Notion keeps, with the comments of pages but not those of blocks. */
    public static TruthOptions complete() {
        return new TruthOptions(true, true, Comments.PAGE, true, true, false);
    }

    public TruthOptions withArchivedRows(boolean in) {
        return new TruthOptions(in, meetingSections, comments, views, templates, externalMedia);
    }

    public TruthOptions withMeetingSections(boolean in) {
        return new TruthOptions(archivedRows, in, comments, views, templates, externalMedia);
    }

    public TruthOptions withComments(Comments depth) {
        return new TruthOptions(archivedRows, meetingSections, depth, views, templates, externalMedia);
    }

    public TruthOptions withViews(boolean in) {
        return new TruthOptions(archivedRows, meetingSections, comments, in, templates, externalMedia);
    }

    public TruthOptions withTemplates(boolean in) {
        return new TruthOptions(archivedRows, meetingSections, comments, views, in, externalMedia);
    }

    public TruthOptions withExternalMedia(boolean in) {
        return new TruthOptions(archivedRows, meetingSections, comments, views, templates, in);
    }
}
