package dev.saddlebag.render;

/**
 * A property of a page.
 *
 * @param id as Notion gives it; it stays when the property gets another name
 * @param type Notion's word
 */
public record Property(String id, String name, String type, Value value) {}
