package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The people of the workspace and the connection's own bot, which is the last of them (facts/notion-api.md §3.5). */
final class Users {
    static final String BOT_NAME = "Saddlebag sample connection";
    static final String WORKSPACE_NAME = "Sample workspace";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Ids ids;
    private final int people;

    Users(Ids ids, int pages) {
        this.ids = ids;
        this.people = pages < 20 ? 3 : pages < 200 ? 40 : 130;
    }

    int count() {
        return people + 1;
    }

    int people() {
        return people;
    }

    int bot() {
        return people;
    }

    String id(int user) {
        return ids.of(Kind.USER, user, 0);
    }

    String name(int user) {
        return user == people ? BOT_NAME : user == 1 ? "Zoë O'Brien-Ñandú" : "Person " + user;
    }

    ObjectNode partial(int user) {
        return JSON.objectNode().put("object", "user").put("id", id(user));
    }

    /** As a user appears in lists, mentions and property values. */
    ObjectNode full(int user) {
        ObjectNode json = partial(user).put("name", name(user));
        if (user % 5 == 1) {
            json.put("avatar_url", "https://images.example.org/avatars/" + user + ".png");
        } else {
            json.putNull("avatar_url");
        }
        if (user == people) {
            json.put("type", "bot").putObject("bot");
        } else {
            json.put("type", "person").putObject("person").put("email", "person" + user + "@example.org");
        }
        return json;
    }

    /** The bot with what only {@code /users/me} and the list of users tell about it. */
    ObjectNode me() {
        ObjectNode json = full(people);
        ObjectNode bot = json.putObject("bot");
        bot.putObject("owner").put("type", "workspace").put("workspace", true);
        bot.put("workspace_name", WORKSPACE_NAME).put("workspace_id", ids.of(Ref.workspace()));
        bot.putObject("workspace_limits").put("max_file_upload_size_in_bytes", 5_368_709_120L);
        return json;
    }
}
