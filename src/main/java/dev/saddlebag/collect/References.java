package dev.saddlebag.collect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.snapshot.Kind;
import dev.saddlebag.snapshot.ObjectRef;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The other objects that an object names: mentions, links, relations, parents, the data sources of relations and views, the
 * originals of synced blocks. Some pages are revealed by nothing else (facts/notion-api.md §2.3).
 */
record References(Set<ObjectRef> named, Set<ObjectRef> originals) {

    /** All that {@code content} names, in the order in which it does. */
    static References in(JsonNode content) {
        References found = new References(new LinkedHashSet<>(), new LinkedHashSet<>());
        found.collect(content);
        return found;
    }

    private void collect(JsonNode node) {
        if (node.isObject()) {
            switch (node.path("type").asText()) {
                case "mention" -> ofMention(node.path("mention"));
                case "link_to_page" -> ofTyped(node.path("link_to_page"));
                case "relation" -> ofRelation(node.path("relation"));
                case "synced_block" -> ofSyncedBlock(node);
                default -> {}
            }
            ofTyped(node.path("parent"));
        }
        node.forEach(this::collect);
    }

    private void ofMention(JsonNode mention) {
        add(Kind.PAGE, mention.at("/page/id"));
        add(Kind.DATABASE, mention.at("/database/id"));
    }

    /** Both sides of a relation: the pages that a value names, and the data source that a schema names. */
    private void ofRelation(JsonNode relation) {
        if (relation.isArray()) {
            relation.forEach(target -> add(Kind.PAGE, target.path("id")));
        } else {
            add(Kind.DATA_SOURCE, relation.path("data_source_id"));
        }
    }

    private void ofSyncedBlock(JsonNode block) {
        JsonNode from = block.at("/synced_block/synced_from");
        if (from.isObject()) {
            add(Kind.BLOCK, from.path("block_id"));
        } else if (block.path("id").isTextual()) {
            originals.add(new ObjectRef(Kind.BLOCK, block.path("id").textValue()));
        }
    }

    private void ofTyped(JsonNode reference) {
        add(Kind.PAGE, reference.path("page_id"));
        add(Kind.DATABASE, reference.path("database_id"));
        add(Kind.DATA_SOURCE, reference.path("data_source_id"));
    }

    private void add(Kind kind, JsonNode id) {
        if (id.isTextual()) {
            named.add(new ObjectRef(kind, id.textValue()));
        }
    }
}
