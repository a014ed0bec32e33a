package dev.saddlebag.render;

/**
 * Where an object stands.
 *
 * @param type Notion's word: {@code page_id}, {@code data_source_id}, {@code database_id}, {@code block_id},
 *     {@code agent_id} or {@code workspace}
 * @param id what of; empty for the workspace
 */
public record Place(String type, String id) {}
