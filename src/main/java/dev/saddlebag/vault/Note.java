package dev.saddlebag.vault;

/**
 * What a caller wants to find again beside a path in the manifest, without opening any pack. Each may be null.
 *
 * @param id the id of the Notion object
 * @param title its title
 * @param version what tells whether it changed, such as its last edited time
 */
public record Note(String id, String title, String version) {
    public static final Note NONE = new Note(null, null, null);
}
