package dev.saddlebag.snapshot;

/** The kinds of object that a snapshot keeps in a file of their own, with Notion's words for them. */
public enum Kind {
    PAGE("page", "pages"),
    DATABASE("database", "databases"),
    DATA_SOURCE("data_source", "data-sources");

    private final String word;
    private final String folder;

    Kind(String word, String folder) {
        this.word = word;
        this.folder = folder;
    }

    /** The value of Notion's key {@code object}, also the key of the object in its file. */
    public String word() {
        return word;
    }

    /** The path in a snapshot of the object with this id. */
    public String path(String id) {
        return "objects/" + folder + "/" + id + ".json";
    }
}
