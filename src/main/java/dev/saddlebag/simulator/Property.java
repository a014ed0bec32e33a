package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A column of a data source.
 *
 * @param index its number in the schema, from which its values follow
 * @param rawId its id as rollups name it
 * @param id its id as everything else names it: URL-encoded (facts/notion-api.md §2.4)
 * @param config what stands under the key of its type in the schema
 */
record Property(int index, String name, String rawId, String id, String type, ObjectNode config) {}
