package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.vault.Hashes;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A snapshot of an export, in a folder. */
final class ExportedSnapshot {
    private static final Pattern MARKDOWN_LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HTML_LINK = Pattern.compile("(?:href|src)=\"([^\"]+)\"");
    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*:.*", Pattern.DOTALL);

    private final Path root;

    private ExportedSnapshot(Path root) {
        this.root = root;
    }

    static ExportedSnapshot at(Path root) {
        return new ExportedSnapshot(root);
    }

    /** The lines of the catalogue. */
    List<ObjectNode> catalogue() throws IOException {
        List<ObjectNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(root.resolve("catalogue.jsonl"))) {
            lines.add((ObjectNode) Json.MAPPER.readTree(line));
        }
        return lines;
    }

    /** The kind of every object in the catalogue, by its id; no id is there twice. */
    SortedMap<String, String> objects() throws IOException {
        SortedMap<String, String> objects = new TreeMap<>();
        for (ObjectNode line : catalogue()) {
            assertThat(objects.put(line.path("id").asText(), line.path("type").asText()))
                    .as("%s", line)
                    .isNull();
            assertThat(root.resolve(line.path("path").asText())).isRegularFile();
        }
        return objects;
    }

    JsonNode json(String path) throws IOException {
        return Json.MAPPER.readTree(root.resolve(path).toFile());
    }

    /** The hashes of what must not change as long as the workspace does not: pages, files and the catalogue. */
    SortedMap<String, String> content() throws IOException {
        SortedMap<String, String> content = hashes("pages", "files");
        content.put("catalogue.jsonl", Hashes.of(root.resolve("catalogue.jsonl")));
        return content;
    }

    /** The hash of every file in the folders, by its path. */
    SortedMap<String, String> hashes(String... folders) throws IOException {
        SortedMap<String, String> hashes = new TreeMap<>();
        for (String folder : folders) {
            for (Path file : files(folder)) {
                hashes.put(root.relativize(file).toString(), Hashes.of(file));
            }
        }
        return hashes;
    }

    private List<Path> files(String folder) throws IOException {
        try (Stream<Path> all = Files.walk(root.resolve(folder))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    /** Follows every link of the readable pages that leads into the snapshot, and gives how many there are. */
    int followLinks() throws IOException {
        int followed = 0;
        for (Path page : files("pages")) {
            Pattern link = page.toString().endsWith(".html") ? HTML_LINK : MARKDOWN_LINK;
            Matcher links = link.matcher(Files.readString(page));
            while (!page.toString().endsWith(".csv") && links.find()) {
                String address = links.group(1).replace("&amp;", "&").replaceFirst("#.*", "");
                if (!address.isEmpty() && !SCHEME.matcher(address).matches()) {
                    String target = URLDecoder.decode(address.replace("+", "%2B"), StandardCharsets.UTF_8);
                    assertThat(page.resolveSibling(target).normalize())
                            .as("%s in %s", links.group(1), root.relativize(page))
                            .isRegularFile()
                            .startsWith(root);
                    followed++;
                }
            }
        }
        return followed;
    }

    /** The catalogue without the paths that the objects have in the export itself. */
    Map<String, String> catalogueWithoutOrigin() throws IOException {
        Map<String, String> lines = new TreeMap<>();
        for (ObjectNode line : catalogue()) {
            lines.put(line.path("id").asText(), line.without(List.of("export")).toString());
        }
        return lines;
    }
}
