package dev.saddlebag.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.snapshot.Counts;
import dev.saddlebag.snapshot.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        Counts counted = new Counts(
                objects(Kind.PAGE, findings),
                objects(Kind.DATABASE, findings),
                objects(Kind.DATA_SOURCE, findings),
                objects(Kind.VIEW, findings),
                said.blocks(),
                said.comments(),
                files("files").size(),
                said.fileBytes());
        compare("pages", said.pages(), counted.pages(), findings);
        compare("databases", said.databases(), counted.databases(), findings);
        compare("data sources", said.dataSources(), counted.dataSources(), findings);
        compare("views", said.views(), counted.views(), findings);
        compare("files", said.files(), counted.files(), findings);
        Measurement measured = new Measurement(counted, 0, Optional.empty());
        for (Rule rule : Rule.values()) {
            if (limits.containsKey(rule.setting())) {
                rule.broken(measured, limits.get(rule.setting()))
                        .forEach(sentence -> findings.add(new Verdict.Finding(rule.setting(), sentence)));
            }
        }
        return new Verdict(findings.isEmpty(), completeness.path("complete").asBoolean(), findings);
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
