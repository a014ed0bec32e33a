package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The {@code parent} of an object and the partial users around it (facts/notion-api.md §3.3). */
final class Parents {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Parents() {}

    static ObjectNode json(Ref parent, Ids ids, Plan plan) {
        ObjectNode json = JSON.objectNode();
        return switch (parent.kind()) {
            case PAGE -> json.put("type", "page_id").put("page_id", ids.of(parent));
            case BLOCK -> json.put("type", "block_id").put("block_id", ids.of(parent));
            case DATABASE -> json.put("type", "database_id").put("database_id", ids.of(parent));
            case DATA_SOURCE ->
                json.put("type", "data_source_id")
                        .put("data_source_id", ids.of(parent))
                        .put(
                                "database_id",
                                ids.of(Ref.database(
                                        plan.sources().get(parent.index()).database())));
            case AGENT -> json.put("type", "agent_id").put("agent_id", ids.of(parent));
            default -> json.put("type", "workspace").put("workspace", true);
        };
    }

    /** One of the first three people, who wrote everything. */
    static ObjectNode author(int number, Ids ids) {
        return JSON.objectNode().put("object", "user").put("id", ids.of(Kind.USER, Math.floorMod(number, 3), 0));
    }
}
