package dev.saddlebag.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The links that were fetched before, so that no run takes an older export for its own. Signatures are not kept. */
final class ConsumedLinks {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumedLinks.class);
    private static final int REMEMBERED = 200;

    private final Path file;

    /** Those of a workspace, by the folder of its state. */
    ConsumedLinks(Path workspaceState) {
        this.file = workspaceState.resolve("consumed-exports.json");
    }

    boolean contain(String link) {
        try {
            return keys().contains(ExportLink.parse(link).key());
        } catch (ExportRefusedException noLink) {
            return false;
        }
    }

    void add(ExportLink link) {
        List<String> keys = new ArrayList<>(keys());
        keys.remove(link.key());
        keys.add(link.key());
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode list = json.putArray("links");
        keys.subList(Math.max(0, keys.size() - REMEMBERED), keys.size()).forEach(list::add);
        try {
            Path temporary = file.resolveSibling(file.getFileName() + ".new");
            Files.write(temporary, Json.PRETTY.writeValueAsBytes(json));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritten) {
            LOG.warn("It could not be noted that an export was fetched: {}", unwritten.toString());
        }
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        try {
            for (JsonNode key : Json.MAPPER.readTree(Files.readAllBytes(file)).path("links")) {
                keys.add(key.asText());
            }
        } catch (NoSuchFileException none) {
            return keys;
        } catch (IOException unreadable) {
            LOG.warn("{} cannot be read: {}", file, unreadable.toString());
        }
        return keys;
    }
}
