package dev.saddlebag.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Notion workspace that a cookie or token opens.
 *
 * @param id dashed
 * @param user the account through which it is open, dashed; empty when that is unknown
 * @param exportDisabled whether its settings forbid exports
 * @param pages the ids of its top pages, dashed, as far as they are told
 */
record Space(String id, String name, String user, boolean exportDisabled, List<String> pages) {
    Space {
        pages = List.copyOf(pages);
    }

    /** What {@code getSpaces} answers: by account, and in it by table. */
    static List<Space> ofAccounts(ObjectNode answer) {
        List<Space> spaces = new ArrayList<>();
        for (Map.Entry<String, JsonNode> account : answer.properties()) {
            for (JsonNode space : RecordMap.records(account.getValue().path("space"))) {
                if (space.hasNonNull("id")) {
                    spaces.add(of(space, account.getKey()));
                }
            }
        }
        return spaces;
    }

    private static Space of(JsonNode space, String user) {
        List<String> pages = new ArrayList<>();
        space.path("pages").forEach(page -> pages.add(page.asText()));
        return new Space(
                space.path("id").asText(),
                space.path("name").asText(""),
                user,
                space.path("disable_export").asBoolean(false),
                pages);
    }

    @Override
    public String toString() {
        return (name.isEmpty() ? "a workspace without a name" : "\"" + name + "\"") + " (" + id + ")";
    }
}
