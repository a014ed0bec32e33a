package dev.saddlebag.difference;

/**
 * A property that the rows of a database have, or had.
 *
 * @param what {@code added}, {@code removed}, {@code renamed}, {@code type}, or {@code options} for everything else that
 *     makes up a property
 * @param name as it is now; of a removed one, as it was
 * @param before its type, its name or its options; empty when it was added
 * @param after the same; empty when it was removed
 */
public record SchemaChange(String what, String name, String before, String after) {}
