package dev.saddlebag.export.tree;

import dev.saddlebag.snapshot.Kind;

/**
 * A page or a database of an export.
 *
 * @param path its file in the export; of a database the table with all rows, where there is one
 * @param title its whole title, where the export has it
 * @param parent the page or database that it stands in, by its id; null at the top
 * @param teamspace the part of the workspace that it stands in; null when nothing says
 */
record Item(Kind kind, String id, String path, String title, String parent, String teamspace) {
    Item titled(String other) {
        return new Item(kind, id, path, other, parent, teamspace);
    }

    /** Whether it is a database with all its rows and columns. */
    boolean isWhole() {
        return path.endsWith("_all.csv");
    }

    String ending() {
        return path.substring(path.lastIndexOf('.'));
    }
}
