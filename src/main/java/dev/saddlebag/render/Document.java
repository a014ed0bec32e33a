package dev.saddlebag.render;

import java.util.List;

/**
 * An object of a workspace, to be written for people.
 *
 * @param kind Notion's word: {@code page}, {@code database} or {@code data_source}
 * @param id dashed and lower-case
 * @param cover null when there is none
 * @param address of the object in Notion, {@code publicAddress} on the web; empty where there is none
 * @param times created and last edited, as Notion says it, and by whom
 * @param flags what Notion says of it that is so: {@code in_trash}, {@code is_archived}, {@code is_locked},
 *     {@code is_inline}
 * @param properties in the order of their names; for a data source those of its rows, each with {@link Value.Nothing}
 * @param comments in the order in which Notion gives them
 * @param notes what of it cannot be shown as what it is
 */
public record Document(
        String kind,
        String id,
        Text title,
        Icon icon,
        NamedFile cover,
        String address,
        String publicAddress,
        Place parent,
        Times times,
        List<String> flags,
        List<Property> properties,
        List<Block> blocks,
        List<Comment> comments,
        List<Note> notes) {

    /** The same with other blocks. */
    public Document with(List<Block> otherBlocks) {
        return new Document(
                kind,
                id,
                title,
                icon,
                cover,
                address,
                publicAddress,
                parent,
                times,
                flags,
                properties,
                otherBlocks,
                comments,
                notes);
    }

    /** When an object was made and edited, and by whom. */
    public record Times(String created, Person createdBy, String edited, Person editedBy) {}
}
