package dev.saddlebag.difference;

/**
 * A value that is another one.
 *
 * @param name of the property; in parentheses where it is none, such as {@code (icon)}
 * @param before empty when there was none
 * @param after empty when there is none
 */
public record FieldChange(String name, String before, String after) {}
