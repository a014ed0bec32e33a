package dev.saddlebag.vault;

/** Looks up the {@link Note} of a path while the tree is sealed. */
@FunctionalInterface
public interface Notes {
    /** For trees of which only the paths matter. */
    Notes NONE = path -> Note.NONE;

    /** The note of {@code path}, as it is written in the manifest; {@link Note#NONE} when there is none. */
    Note of(String path);
}
