package dev.saddlebag.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Icons and covers of every kind (facts/notion-api.md §3.4), chosen by an object's number. */
final class Icons {
    /** The file numbers of icons and covers lie above those of blocks and properties. */
    private static final int ICON_SLOT = 60_000;

    private static final int COVER_SLOT = 60_001;
    private static final int EMOJI_COUNT = 3;
    private static final List<String> EMOJIS = List.of("🤝", "📓", "🚀", "👩‍💻", "🇩🇪");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Seed seed;
    private final Ids ids;
    private final FileCatalogue files;

    Icons(Seed seed, Ids ids, FileCatalogue files) {
        this.seed = seed;
        this.ids = ids;
        this.files = files;
    }

    static int customEmojis() {
        return EMOJI_COUNT;
    }

    ObjectNode customEmoji(int number, FileLinks links) {
        ObjectNode emoji = JSON.objectNode()
                .put("id", ids.of(Kind.CUSTOM_EMOJI, number, 0))
                .put("name", emojiName(number));
        links.putPublic(emoji, emojiImage(number));
        return emoji;
    }

    StoredFile emojiImage(int number) {
        return files.emoji(number, emojiName(number));
    }

    private static String emojiName(int number) {
        return "saddle-" + number;
    }

    JsonNode icon(int page, FileLinks links) {
        int kind = page == Plan.SHOWCASE ? 3 : page == Plan.HANDBOOK ? 5 : seed.below(24, 30, page, 0);
        ObjectNode icon = JSON.objectNode();
        switch (kind) {
            case 0, 1, 2 -> icon.put("type", "emoji").put("emoji", EMOJIS.get(seed.below(EMOJIS.size(), 31, page, 0)));
            case 3 -> links.put(icon.put("type", "file").putObject("file"), image(page, ICON_SLOT));
            case 4 ->
                icon.put("type", "external")
                        .putObject("external")
                        .put("url", "https://images.example.org/icons/" + page + ".svg");
            case 5 -> icon.put("type", "custom_emoji").set("custom_emoji", customEmoji(page % EMOJI_COUNT, links));
            case 6 ->
                icon.put("type", "icon").putObject("icon").put("name", "pizza").put("color", "lightgray");
            default -> {
                return JSON.nullNode();
            }
        }
        return icon;
    }

    JsonNode cover(int page, FileLinks links) {
        int kind = page == Plan.SHOWCASE ? 0 : seed.below(40, 32, page, 0);
        ObjectNode cover = JSON.objectNode();
        switch (kind) {
            case 0 -> links.put(cover.put("type", "file").putObject("file"), image(page, COVER_SLOT));
            case 1, 2 ->
                cover.put("type", "external")
                        .putObject("external")
                        .put("url", "https://images.example.org/covers/" + page % 7 + ".jpg");
            default -> {
                return JSON.nullNode();
            }
        }
        return cover;
    }

    private StoredFile image(int owner, int slot) {
        return files.file(owner, slot, StoredFile.Type.PNG, StoredFile.Size.SMALL);
    }
}
