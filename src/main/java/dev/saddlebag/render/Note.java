package dev.saddlebag.render;

/**
 * Something that cannot be shown as what it is. It is visible in the text, too.
 *
 * @param what {@code block}, {@code property}, {@code mention}, {@code value}
 * @param type Notion's word for what it is
 * @param id of the block, or the name of the property
 */
public record Note(Reason reason, String what, String type, String id) {
    /** Why it cannot be shown. */
    public enum Reason {
        /** This version of Saddlebag does not know the type. */
        UNKNOWN,
        /** Notion does not give it out. */
        WITHHELD
    }
}
