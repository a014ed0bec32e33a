package dev.saddlebag.difference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.vault.Hashes;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A tree of a snapshot with a few pages, as the collecting of the API leaves it. */
final class Garden {
    /**
     * A page.
     *
     * @param parent the number of another one; of none for the top
     * @param text of its only paragraph
     */
    record Plant(String title, int parent, String text) {}

    private final SortedMap<String, Plant> plants = new TreeMap<>();

    Garden(Map<Integer, Plant> byNumber) {
        byNumber.forEach((number, plant) -> plants.put(id(number), plant));
    }

    static String id(int number) {
        return "%08x-0000-4000-8000-000000000000".formatted(number);
    }

    /** Writes it below {@code tree}, which is new. */
    Path write(Path tree) throws IOException {
        Path pages = Files.createDirectories(tree.resolve("objects/pages"));
        Files.writeString(tree.resolve("workspace.json"), "{\"source\":\"api\"}");
        try (Writer catalogue = Files.newBufferedWriter(tree.resolve("catalogue.jsonl"))) {
            for (Map.Entry<String, Plant> plant : plants.entrySet()) {
                ObjectNode page = page(plant.getKey(), plant.getValue());
                byte[] bytes = Json.MAPPER.writeValueAsBytes(page);
                Files.write(pages.resolve(plant.getKey() + ".json"), bytes);
                ObjectNode line = Json.MAPPER.createObjectNode();
                line.put("id", plant.getKey());
                line.put("type", "page");
                line.put("title", plant.getValue().title());
                line.set("parent", page.at("/page/parent"));
                line.put("path", "objects/pages/" + plant.getKey() + ".json");
                line.put("sha256", Hashes.of(bytes));
                catalogue.write(Json.MAPPER.writeValueAsString(line) + "\n");
            }
        }
        return tree;
    }

    private ObjectNode page(String id, Plant plant) {
        ObjectNode stored = Json.MAPPER.createObjectNode();
        ObjectNode page = stored.putObject("page").put("object", "page").put("id", id);
        if (plants.containsKey(id(plant.parent())) && !id(plant.parent()).equals(id)) {
            page.putObject("parent").put("type", "page_id").put("page_id", id(plant.parent()));
        } else {
            page.putObject("parent").put("type", "workspace").put("workspace", true);
        }
        ObjectNode title = page.putObject("properties").putObject("Name");
        title.put("id", "title").put("type", "title");
        text(title.putArray("title").addObject(), plant.title());
        ObjectNode block = stored.putArray("blocks").addObject();
        block.put("object", "block").put("id", id.replace("-4000-", "-4001-")).put("type", "paragraph");
        text(block.putObject("paragraph").putArray("rich_text").addObject(), plant.text());
        return stored;
    }

    private static void text(ObjectNode part, String text) {
        part.put("type", "text").put("plain_text", text);
        part.putObject("text").put("content", text);
    }
}
