package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.simulator.Truth;
import dev.saddlebag.simulator.TruthOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Compares exported snapshots with what the simulated workspace really holds, or with each other. */
final class Exports {
    private static final int SHOWN = 600;

    private Exports() {}

    /** The newest snapshot holds the workspace as it is now: every object, every value, every byte of every file. */
    static void assertEqualsWorkspace(Lab lab, TruthOptions options) throws Exception {
        Path export = lab.export("export-" + System.nanoTime());
        assertSame(objects(export), truth(lab, options));
        for (Truth.FileEntry file : lab.notion().truth(options).files().values()) {
            try (Stream<Path> named = Files.list(export.resolve("files"))) {
                Path stored = named.filter(path -> path.getFileName().toString().startsWith(file.sha256()))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(file.path() + " is missing"));
                try (InputStream expected = file.bytes().open();
                        InputStream found = Files.newInputStream(stored)) {
                    assertThat(found).hasSameContentAs(expected);
                }
            }
        }
    }

    /** Fails with the paths that differ and the place where each begins to. */
    static void assertSame(Map<String, String> found, Map<String, String> expected) {
        List<String> differences = new ArrayList<>();
        expected.forEach((path, text) -> {
            String other = found.get(path);
            if (other == null) {
                differences.add("missing: " + path + " " + shown(text, 0));
            } else if (!other.equals(text)) {
                int at = 0;
                while (at < Math.min(text.length(), other.length()) && text.charAt(at) == other.charAt(at)) {
                    at++;
                }
                differences.add("differs: " + path + "\n  expected …" + shown(text, at - 150) + "\n  found    …"
                        + shown(other, at - 150));
            }
        });
        found.keySet().stream()
                .filter(path -> !expected.containsKey(path))
                .forEach(path -> differences.add("too much: " + path + " " + shown(found.get(path), 0)));
        assertThat(differences).isEmpty();
    }

    private static String shown(String text, int from) {
        int begin = Math.max(0, from);
        return text.substring(begin, Math.min(text.length(), begin + SHOWN));
    }

    /** Every object that the simulated workspace holds, by the path that it must have in a snapshot. */
    static Map<String, String> truth(Lab lab, TruthOptions options) {
        Map<String, String> objects = new TreeMap<>();
        lab.notion()
                .truth(options)
                .objects()
                .forEach(entry -> objects.put(entry.path(), entry.content().toString()));
        return objects;
    }

    /** Every object of an exported snapshot. */
    static Map<String, String> objects(Path export) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(export.resolve("objects"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(file));
                contents.put(export.relativize(file).toString(), json.toString());
            }
        }
        return contents;
    }

    /** Each simulator has a port of its own, which the addresses of its files show. */
    static Map<String, String> withoutAddress(Lab lab, Map<String, String> contents) {
        contents.replaceAll((path, text) -> text.replace(lab.notion().baseUrl(), "http://notion"));
        return contents;
    }
}
