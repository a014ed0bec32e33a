package dev.saddlebag.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.notion.Json;
import dev.saddlebag.readable.Format;
import dev.saddlebag.readable.ReadableObject;
import dev.saddlebag.render.Document;
import dev.saddlebag.render.Rendered;
import dev.saddlebag.report.Outcome;
import dev.saddlebag.report.RunSummary;
import dev.saddlebag.simulator.Behaviour;
import dev.saddlebag.simulator.SampleWorkspace;
import dev.saddlebag.simulator.SampleWorkspace.Touch;
import dev.saddlebag.vault.Entries;
import dev.saddlebag.vault.Entry;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs, and the readable files in their snapshots. */
class RenderingTest {
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|mailto:|tel:|#)<?([^()<>\\s]+)>?\\)");

    @TempDir
    Path folder;

    @Test
    void every_page_has_its_file_and_every_link_between_them_leads_somewhere() throws Exception {
        try (Lab lab = lab(SampleWorkspace.of(3, 240))) {
            RunSummary summary = lab.backup();
            Path export = lab.export("export");

            assertThat(summary.outcome()).as(summary.sentence()).isEqualTo(Outcome.COMPLETE);
            int objects = 0;
            for (JsonNode line : catalogue(export)) {
                String type = line.path("type").asText();
                if (type.equals("view")) {
                    assertThat(line.has("readable")).isFalse();
                    continue;
                }
                objects++;
                String path = line.path("readable").asText();
                assertThat(export.resolve(path + ".md")).isRegularFile();
                assertThat(Files.readString(export.resolve(path + ".md")))
                        .contains(line.path("id").asText());
                assertThat(Files.exists(export.resolve(path + ".csv"))).isEqualTo(type.equals("data_source"));
            }
            assertThat(objects).isGreaterThan(240);
            assertThat(brokenLinks(export)).isEmpty();
            assertThat(String.join("", readable(export).values())).doesNotContain("\uFDD0", "\uFDD1");
        }
    }

    @Test
    void a_data_source_has_a_table_with_all_its_rows() throws Exception {
        try (Lab lab = lab(SampleWorkspace.of(3, 240))) {
            lab.backup();
            Path export = lab.export("export");
            Map<String, Long> rows = new TreeMap<>();
            Map<String, String> tables = new TreeMap<>();
            for (JsonNode line : catalogue(export)) {
                if (line.path("type").asText().equals("data_source")) {
                    tables.put(
                            line.path("id").asText(),
                            Files.readString(
                                    export.resolve(line.path("readable").asText() + ".csv")));
                }
            }
            for (JsonNode line : catalogue(export)) {
                String source = line.at("/parent/data_source_id").asText("");
                if (line.path("type").asText().equals("page") && tables.containsKey(source)) {
                    boolean isRow = tables.get(source).contains(line.path("id").asText());
                    rows.merge(source, isRow ? 1L : 0L, Long::sum);
                }
            }
            assertThat(tables).isNotEmpty();
            assertThat(rows.values()).allMatch(count -> count > 0);
        }
    }

    @Test
    void an_unchanged_workspace_gives_the_same_files_and_an_edited_paragraph_changes_its_line_alone() throws Exception {
        SampleWorkspace workspace = SampleWorkspace.of(5, 60);
        try (Lab lab = lab(workspace)) {
            lab.backup();
            Map<String, String> first = readable(lab.export("first"));
            lab.backup("sweep");
            assertThat(readable(lab.export("swept"))).isEqualTo(first);
            lab.backup("changed");
            assertThat(readable(lab.export("carried"))).isEqualTo(first);

            String page = workspace.standalonePages().get(0);
            workspace.editParagraph(workspace.paragraphs(page).get(0), "Another thing", Touch.MOVES_LAST_EDITED_TIME);
            lab.backup("changed");
            Map<String, String> edited = readable(lab.export("edited"));
            List<String> changed = changed(first, edited);
            assertThat(changed).hasSize(1);
            List<String> added =
                    new ArrayList<>(edited.get(changed.get(0)).lines().toList());
            first.get(changed.get(0)).lines().forEach(added::remove);
            assertThat(added).containsExactly("Another thing");
        }
    }

    @Test
    void a_rename_moves_the_file_and_shows_in_pages_that_were_not_read_again() throws Exception {
        SampleWorkspace workspace = SampleWorkspace.of(3, 240);
        try (Lab lab = lab(workspace)) {
            lab.backup();
            Map<String, String> before = readable(lab.export("before"));
            String page = mostLinked(before, catalogue(folder.resolve("before")), workspace.standalonePages());
            workspace.editTitle(page, "Quite another name", Touch.MOVES_LAST_EDITED_TIME);

            RunSummary summary = lab.backup("changed");

            assertThat(summary.outcome()).as(summary.sentence()).isEqualTo(Outcome.COMPLETE);
            Path export = lab.export("after");
            Map<String, String> after = readable(export);
            assertThat(after.keySet()).anyMatch(path -> path.endsWith("/Quite another name.md"));
            assertThat(after.values().stream().filter(text -> text.contains("[Quite another name](")))
                    .isNotEmpty();
            assertThat(brokenLinks(export)).isEmpty();
        }
    }

    @Test
    void pages_end_with_what_links_to_them_when_people_want_it() throws Exception {
        SampleWorkspace workspace = SampleWorkspace.of(3, 240);
        try (Lab lab = lab(workspace).with("saddlebag.workspace.acme.backlinks", "true")) {
            lab.backup();
            Path export = lab.export("export");
            Map<String, String> texts = readable(export);
            List<String> wanting = new ArrayList<>();
            int listed = 0;
            for (Map.Entry<String, String> page : texts.entrySet()) {
                String[] parts = page.getValue().split("\n\\*\\*\\*\n\nLinked from:\n", -1);
                Set<String> backlinks = parts.length < 2 ? Set.of() : targets(page.getKey(), parts[1]);
                listed += backlinks.size();
                for (String source : backlinks) {
                    String body = texts.get(source).split("\n\\*\\*\\*\n\nLinked from:\n", -1)[0];
                    String id = page.getValue()
                            .lines()
                            .filter(line -> line.startsWith("notion-id: "))
                            .findFirst()
                            .orElseThrow()
                            .substring("notion-id: ".length());
                    if (!targets(source, body).contains(page.getKey()) && !body.contains(id)) {
                        wanting.add(source + " does not link to " + page.getKey());
                    }
                }
                for (String target : targets(page.getKey(), parts[0])) {
                    boolean isNear = isIn(target, page.getKey()) || isIn(page.getKey(), target);
                    if (target.endsWith(".md") && !isNear && !texts.get(target).contains("Linked from:")) {
                        wanting.add(target + " does not say that " + page.getKey() + " links to it");
                    }
                }
            }
            assertThat(wanting).isEmpty();
            assertThat(listed).isGreaterThan(20);
            assertThat(brokenLinks(export)).isEmpty();
        }
    }

    /** Whether one page stands anywhere below the other, as far as paths tell: those too deep begin anew. */
    private static boolean isIn(String page, String above) {
        return page.startsWith("pages/Deeper/") || page.startsWith(above.replaceFirst("\\.md$", "/"));
    }

    private static Set<String> targets(String path, String text) {
        Set<String> targets = new TreeSet<>();
        Matcher links = LINK.matcher(text.replaceAll("(?s)```.*?```", ""));
        while (links.find()) {
            String target = URLDecoder.decode(
                    links.group(1).replaceFirst("#.*", "").replace("+", "%2B"), StandardCharsets.UTF_8);
            targets.add(Path.of(path).resolveSibling(target).normalize().toString());
        }
        targets.remove(path);
        return targets;
    }

    /** The page to which most others link. */
    private static String mostLinked(Map<String, String> texts, List<JsonNode> catalogue, List<String> pages) {
        Map<String, Long> links = new TreeMap<>();
        for (JsonNode line : catalogue) {
            String name = line.path("readable").asText().replaceFirst(".*/", "");
            if (pages.contains(line.path("id").asText()) && !name.isEmpty()) {
                String end = name.replace(" ", "%20") + ".md)";
                links.put(
                        line.path("id").asText(),
                        texts.values().stream()
                                .filter(text -> text.contains(end))
                                .count());
            }
        }
        return links.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    @Test
    void a_held_run_leaves_no_text_that_a_later_run_takes_for_its_own() throws Exception {
        SampleWorkspace workspace = SampleWorkspace.of(5, 60);
        String page = workspace.standalonePages().get(0);
        try (Lab lab = lab(workspace)) {
            lab.backup();
            workspace.addParagraph(page, "Seen by the held run", Touch.MOVES_LAST_EDITED_TIME);
            lab.restart("saddlebag.workspace.acme.gate.minimum-pages", "100000");
            assertThat(lab.backup("changed").outcome()).isEqualTo(Outcome.HELD);
            lab.restart("saddlebag.workspace.acme.gate.minimum-pages", "1");
            workspace.addParagraph(page, "Seen by the next run", Touch.MOVES_LAST_EDITED_TIME);

            RunSummary next = lab.backup("changed");

            assertThat(next.outcome()).as(next.sentence()).isEqualTo(Outcome.COMPLETE);
            assertThat(next.depth()).isEqualTo("changed");
            Map<String, String> incremental = readable(lab.export("incremental"));
            assertThat(String.join("", incremental.values())).contains("Seen by the held run", "Seen by the next run");
            lab.backup("sweep");
            assertThat(readable(lab.export("swept"))).isEqualTo(incremental);
        }
    }

    @Test
    void a_run_that_was_broken_off_goes_on_to_the_same_files() throws Exception {
        SampleWorkspace workspace = SampleWorkspace.of(5, 60);
        try (Lab lab = lab(workspace)) {
            lab.breakOff(call -> call.path().startsWith("/v1/comments"), 20);
            Path left = lab.staging().resolve("tree/pages/Left over.md");
            Files.createDirectories(left.getParent());
            Files.writeString(left, "From before");
            lab.backup();
            Map<String, String> resumed = readable(lab.export("resumed"));
            assertThat(resumed).hasSizeGreaterThan(60).doesNotContainKey("pages/Left over.md");
            lab.backup("sweep");
            assertThat(readable(lab.export("swept"))).isEqualTo(resumed);
        }
    }

    @Test
    void without_the_texts_or_with_another_format_everything_is_read_again() throws Exception {
        try (Lab lab = lab(SampleWorkspace.of(5, 60)).with("saddlebag.workspace.acme.formats", "markdown")) {
            lab.backup();
            Map<String, String> first = readable(lab.export("first"));
            assertThat(first.keySet()).isNotEmpty().allMatch(path -> path.endsWith(".md"));
            assertThat(lab.backup("changed").depth()).isEqualTo("changed");
            Path text;
            try (Stream<Path> all = Files.walk(lab.state().resolve("acme/rendered"))) {
                text = all.filter(Files::isRegularFile).findFirst().orElseThrow();
            }
            Files.delete(text);

            assertThat(lab.backup("changed").depth()).isEqualTo("sweep");
            assertThat(readable(lab.export("again"))).isEqualTo(first);
            assertThat(text).exists();

            lab.restart("saddlebag.workspace.acme.formats", "markdown, csv");
            assertThat(lab.backup("changed").depth()).isEqualTo("sweep");
            assertThat(readable(lab.export("both")).keySet()).anyMatch(path -> path.endsWith(".csv"));

            lab.restart("saddlebag.workspace.acme.formats", "none");
            assertThat(lab.backup("changed").depth()).isEqualTo("changed");
            assertThat(readable(lab.export("none"))).isEmpty();
            assertThat(lab.state().resolve("acme/rendered")).doesNotExist();
        }
    }

    @Test
    void what_is_carried_over_from_an_encrypted_vault_is_there_without_an_identity() throws Exception {
        SampleWorkspace workspace = SampleWorkspace.of(5, 60);
        String recipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
        try (Lab lab = lab(workspace)
                .with("saddlebag.workspace.acme.recipients", recipient)
                .with("saddlebag.workspace.acme.encryption.allow-single-recipient", "true")) {
            lab.backup();
            Map<String, String> first = entriesUnderPages(lab);
            RunSummary second = lab.backup("changed");

            assertThat(second.outcome()).as(second.sentence()).isEqualTo(Outcome.COMPLETE);
            assertThat(second.depth()).isEqualTo("changed");
            assertThat(entriesUnderPages(lab)).isEqualTo(first).hasSizeGreaterThan(60);
        }
    }

    private static Map<String, String> entriesUnderPages(Lab lab) throws Exception {
        Map<String, String> hashes = new TreeMap<>();
        try (Entries entries =
                lab.flow().vaults().spool("acme").baseline().orElseThrow().entries()) {
            for (Optional<Entry> entry = entries.next(); entry.isPresent(); entry = entries.next()) {
                if (entry.get().path().startsWith("pages/")) {
                    hashes.put(entry.get().path(), entry.get().sha256());
                }
            }
        }
        return hashes;
    }

    @Test
    void a_format_of_ones_own_is_a_bean_and_a_name() throws Exception {
        Path routes = folder.resolve("routes");
        PathUtils.copyDirectory(Path.of("routes"), routes);
        Files.writeString(routes.resolve("our-formats.camel.yaml"), """
                - beans:
                    - name: outline
                      type: %s
                """.formatted(Outline.class.getName()));
        try (Lab lab = lab(SampleWorkspace.of(3, 5))
                .with("saddlebag.routes-directory", routes.toString())
                .with("saddlebag.workspace.acme.formats", "markdown, outline")) {
            RunSummary summary = lab.backup();
            assertThat(summary.outcome()).as(summary.sentence()).isEqualTo(Outcome.COMPLETE);
            Map<String, String> texts = readable(lab.export("export"));
            for (JsonNode line : catalogue(folder.resolve("export"))) {
                if (line.has("readable")) {
                    assertThat(texts.get(line.path("readable").asText() + ".txt"))
                            .isEqualTo(line.path("type").asText() + ": "
                                    + line.path("title").asText() + "\n");
                }
            }
        }
    }

    @Test
    void what_a_format_cannot_write_is_named_and_keeps_no_run_back() throws Exception {
        Path routes = folder.resolve("routes");
        PathUtils.copyDirectory(Path.of("routes"), routes);
        Files.writeString(routes.resolve("our-formats.camel.yaml"), """
                - beans:
                    - name: clumsy
                      type: %s
                """.formatted(Clumsy.class.getName()));
        SampleWorkspace workspace = SampleWorkspace.of(3, 60);
        String unlucky = workspace.standalonePages().get(0);
        workspace.editTitle(unlucky, Clumsy.CANNOT_SERIALISE, Touch.MOVES_LAST_EDITED_TIME);
        workspace.editTitle(workspace.standalonePages().get(1), Clumsy.CANNOT_PLACE, Touch.MOVES_LAST_EDITED_TIME);
        try (Lab lab = lab(workspace)
                .with("saddlebag.routes-directory", routes.toString())
                .with("saddlebag.workspace.acme.formats", "clumsy, markdown")) {
            RunSummary summary = lab.backup();

            assertThat(summary.outcome()).as(summary.sentence()).isEqualTo(Outcome.COMPLETE);
            assertThat(summary.verdict().toString())
                    .contains("could not make each readable file of 2 objects")
                    .contains("page \"" + Clumsy.CANNOT_SERIALISE + "\" (objects/pages/" + unlucky + ".json)")
                    .contains("page \"" + Clumsy.CANNOT_PLACE + "\"");
            assertThat(readable(lab.export("export")))
                    .hasSizeGreaterThan(60)
                    .hasEntrySatisfying(
                            "pages/" + Clumsy.CANNOT_SERIALISE + ".md",
                            text -> assertThat(text).contains("title:"));
        }
    }

    /** A format with two mistakes. */
    public static final class Clumsy implements Format {
        static final String CANNOT_SERIALISE = "Not to be serialised";
        static final String CANNOT_PLACE = "Not to be placed";

        @Override
        public Rendered serialise(Document document) {
            if (document.title().plain().equals(CANNOT_SERIALISE)) {
                throw new IllegalStateException("a mistake");
            }
            return Rendered.NOTHING;
        }

        @Override
        public void place(ReadableObject object) {
            if (object.title().equals(CANNOT_PLACE)) {
                throw new IllegalStateException("another mistake");
            }
        }
    }

    /** The title of each object, in a file of its own. */
    public static final class Outline implements Format {
        @Override
        public Rendered serialise(Document document) {
            return new Rendered(document.title().plain(), Map.of());
        }

        @Override
        public void place(ReadableObject object) throws IOException {
            String line = object.kind() + ": " + object.text() + "\n";
            object.write(".txt", out -> out.write(line));
        }
    }

    private static Lab labIn(Path folder, SampleWorkspace workspace) throws IOException {
        return new Lab(folder, workspace, Behaviour.standard()).readable();
    }

    private Lab lab(SampleWorkspace workspace) throws IOException {
        return labIn(folder, workspace);
    }

    private static List<String> changed(Map<String, String> before, Map<String, String> after) {
        List<String> changed = new ArrayList<>();
        assertThat(after.keySet()).isEqualTo(before.keySet());
        before.forEach((path, text) -> {
            if (!text.equals(after.get(path))) {
                changed.add(path);
            }
        });
        return changed;
    }

    private static List<JsonNode> catalogue(Path export) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(export.resolve("catalogue.jsonl"))) {
            lines.add(Json.MAPPER.readTree(line));
        }
        return lines;
    }

    private static Map<String, String> readable(Path export) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        if (Files.exists(export.resolve("pages"))) {
            try (Stream<Path> files = Files.walk(export.resolve("pages"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    texts.put(export.relativize(file).toString(), Files.readString(file));
                }
            }
        }
        return texts;
    }

    private static List<String> brokenLinks(Path export) throws IOException {
        List<String> broken = new ArrayList<>();
        int[] found = {0};
        readable(export).forEach((path, text) -> {
            Matcher links = LINK.matcher(text.replaceAll("(?s)```.*?```", ""));
            while (path.endsWith(".md") && links.find()) {
                found[0]++;
                String target = URLDecoder.decode(
                        links.group(1).replaceFirst("#.*", "").replace("+", "%2B"), StandardCharsets.UTF_8);
                if (!Files.isRegularFile(
                        export.resolve(path).getParent().resolve(target).normalize())) {
                    broken.add(path + " -> " + target);
                }
            }
        });
        assertThat(found[0]).isGreaterThan(100);
        return broken;
    }
}
