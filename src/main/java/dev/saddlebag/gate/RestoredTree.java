package dev.saddlebag.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.Counts;
import dev.saddlebag.snapshot.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A snapshot that was written out again, measured by nothing but what came out (facts/vault-study.md §4.8, level 3).
 *
 * @param root the folder
 */
public record RestoredTree(Path root) {
    private static final String RULE = "restored";

    /**
     * Judges whether everything is there that the snapshot says it holds, in a form that can be read, and enough of it.
     *
     * @param limits those of the gate; rules without a limit are not applied
     */
    public Verdict judge(Map<String, BigDecimal> limits) throws IOException {
        List<Verdict.Finding> findings = new ArrayList<>();
        JsonNode completeness;
        try {
            completeness =
                    Json.MAPPER.readTree(root.resolve("completeness.json").toFile());
        } catch (NoSuchFileException | java.io.FileNotFoundException missing) {
            findings.add(found("completeness.json did not come out, which says what the snapshot holds."));
            return new Verdict(false, false, findings);
        }
        Counts said = Json.MAPPER.treeToValue(completeness.path("counts"), Counts.class);
        // Notion's own export knows no objects: its pages and databases lie where the catalogue says.
        Map<Kind, Long> objects =
                Files.isDirectory(root.resolve("objects")) ? objects(findings) : inCatalogue(findings);
        Counts counted = new Counts(
                objects.getOrDefault(Kind.PAGE, 0L),
                objects.getOrDefault(Kind.DATABASE, 0L),
                objects.getOrDefault(Kind.DATA_SOURCE, 0L),
                objects.getOrDefault(Kind.VIEW, 0L),
                said.blocks(),
                said.comments(),
                files("files").size(),
                said.fileBytes());
        compare("pages", said.pages(), counted.pages(), findings);
        compare("databases", said.databases(), counted.databases(), findings);
        compare("data sources", said.dataSources(), counted.dataSources(), findings);
        compare("views", said.views(), counted.views(), findings);
        compare("files", said.files(), counted.files(), findings);
        findings.addAll(Gate.judge(Measurement.alone(counted, 0), true, new Limits(limits))
                .findings());
        return new Verdict(findings.isEmpty(), completeness.path("complete").asBoolean(), findings);
    }

    private Map<Kind, Long> objects(List<Verdict.Finding> findings) throws IOException {
        Map<Kind, Long> counted = new EnumMap<>(Kind.class);
        for (Kind kind : List.of(Kind.PAGE, Kind.DATABASE, Kind.DATA_SOURCE, Kind.VIEW)) {
            counted.put(kind, objects(kind, findings));
        }
        return counted;
    }

    /** How many of the objects in the catalogue came out with their files. */
    private Map<Kind, Long> inCatalogue(List<Verdict.Finding> findings) throws IOException {
        Map<Kind, Long> counted = new EnumMap<>(Kind.class);
        Path catalogue = root.resolve("catalogue.jsonl");
        if (!Files.isRegularFile(catalogue)) {
            findings.add(found("catalogue.jsonl did not come out, which says where each page lies."));
            return counted;
        }
        try (BufferedReader in = Files.newBufferedReader(catalogue)) {
            for (String text = in.readLine(); text != null; text = in.readLine()) {
                JsonNode line = Json.MAPPER.readTree(text);
                String path = line.path("path").asText();
                if (cameOut(path)) {
                    counted.merge(Kind.of(line.path("type").asText()), 1L, Long::sum);
                } else {
                    findings.add(found(
                            path + " did not come out, the " + line.path("type").asText() + " "
                                    + Words.quoted(line.path("title").asText()) + "."));
                }
            }
        } catch (JsonProcessingException | IllegalArgumentException garbled) {
            findings.add(found("catalogue.jsonl cannot be read: " + garbled.getMessage() + "."));
        }
        return counted;
    }

    private boolean cameOut(String path) {
        Path file = root.resolve(path).normalize();
        return !path.isEmpty() && file.startsWith(root) && Files.isRegularFile(file);
    }

    /** How many objects of a kind came out; those that cannot be read are findings. */
    private long objects(Kind kind, List<Verdict.Finding> findings) throws IOException {
        List<Path> all = files(kind.folder());
        for (Path file : all) {
            try {
                JsonNode object = Json.MAPPER.readTree(file.toFile()).path(kind.word());
                if (!file.getFileName().toString().equals(object.path("id").asText() + ".json")) {
                    findings.add(found(
                            root.relativize(file) + " does not hold the " + kind.word() + " that it is called after."));
                }
            } catch (JsonProcessingException unreadable) {
                findings.add(found(root.relativize(file) + " is no JSON: " + unreadable.getOriginalMessage() + "."));
            }
        }
        return all.size();
    }

    private List<Path> files(String folder) throws IOException {
        Path path = root.resolve(folder);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(path)) {
            return all.sorted().toList();
        }
    }

    private static void compare(String what, long said, long counted, List<Verdict.Finding> findings) {
        if (said != counted) {
            findings.add(found(counted + " " + what + " came out, and the snapshot says that it holds " + said + "."));
        }
    }

    private static Verdict.Finding found(String sentence) {
        return new Verdict.Finding(RULE, sentence);
    }
}
