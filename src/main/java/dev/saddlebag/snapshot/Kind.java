package dev.saddlebag.snapshot;

/** The kinds of object that a run meets, with Notion's words for them. */
public enum Kind {
    PAGE("page", "pages"),
    DATABASE("database", "databases"),
    DATA_SOURCE("data_source", "data-sources"),
    VIEW("view", "views"),
    /** Looked up only to find the page that it stands on; it is stored as a part of that page. */
    BLOCK("block", "");

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

    /** Whether a snapshot keeps objects of this kind in files of their own. */
    public boolean isStored() {
        return !folder.isEmpty();
    }

    /** The path in a snapshot of the object with this id. */
    public String path(String id) {
        return folder() + "/" + id + ".json";
    }

    /** The folder in a snapshot that holds the objects of this kind. */
    public String folder() {
        return "objects/" + folder;
    }

    /** The kind with this word. */
    public static Kind of(String word) {
        for (Kind kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("No object is called " + word);
    }
}
