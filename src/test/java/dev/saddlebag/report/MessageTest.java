package dev.saddlebag.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The texts that templates make, those that operators have edited, and those that they have broken. */
class MessageTest {
    private static final String HOSTILE = "<b>\"x\" & {{sentence}}\u0007 <!channel> \\n\nBcc: all@example.org";

    @TempDir
    Path folder;

    @BeforeEach
    void copy() throws IOException {
        try (var files = Files.list(Path.of("routes/templates"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void what_comes_from_elsewhere_is_escaped_in_each_form() throws Exception {
        Message message = message();

        assertThat(message.getSubject()).doesNotContain("\n", "\r", "\u0007").startsWith("[Saddlebag] acme: ");
        assertThat(message.getHtml())
                .contains("&lt;b&gt;&quot;x&quot; &amp; {{sentence}}")
                .doesNotContain("<b>");
        assertThat(message.getText())
                .contains("<b>\"x\" & {{sentence}}  <!channel>")
                .doesNotContain("\u0007");
        JsonNode slack = Json.MAPPER.readTree(message.as("report.slack"));
        assertThat(slack.at("/blocks/1/text/text").asText()).contains("&lt;!channel&gt;", "\\n\nBcc");
        assertThat(Json.MAPPER.readTree(message.getJson()).path("sentence").asText())
                .isEqualTo(HOSTILE);
    }

    @Test
    void an_edited_template_counts_with_the_next_message() throws Exception {
        Files.writeString(folder.resolve("subject.txt.mustache"), "BACKUP {{level}} {{workspace}}");

        assertThat(message().getSubject()).isEqualTo("BACKUP problem acme");
    }

    @Test
    void a_template_of_ones_own_can_be_used_by_its_name() throws Exception {
        Files.writeString(folder.resolve("teams.json.mustache"), "{\"title\": \"{{sentence}}\"}");

        assertThat(Json.MAPPER
                        .readTree(message().as("teams.json"))
                        .path("title")
                        .asText())
                .isEqualTo(HOSTILE);
    }

    @Test
    void a_broken_template_silences_nothing_and_says_so() throws Exception {
        Files.writeString(folder.resolve("subject.txt.mustache"), "{{wrkspace}}");
        Files.writeString(folder.resolve("report.txt.mustache"), "{{#run}} no end");
        Files.delete(folder.resolve("report.html.mustache"));
        Files.writeString(folder.resolve("report.slack.mustache"), "{\"text\": ");

        assertThat(message().getSubject()).isEqualTo("[Saddlebag] acme: Backup failed");
        assertThat(message().getText())
                .startsWith("Backup failed\n\n<b>")
                .contains("To do: Mend it.", "report.txt.mustache cannot be used: Section missing close tag 'run'");
        assertThat(message().getHtml()).contains("&lt;b&gt;", "report.html.mustache");
        assertThat(Json.MAPPER
                        .readTree(message().as("report.slack"))
                        .path("text")
                        .asText())
                .contains("Backup failed", "makes no JSON");
    }

    @Test
    void mistakes_in_templates_are_found_before_they_are_used() throws Exception {
        assertThat(new Templates(folder).mistakes()).isEmpty();
        Files.writeString(folder.resolve("subject.txt.mustache"), "a\n{{wrkspace}}");
        Files.writeString(folder.resolve("report.slack.mustache"), "{\"text\": ");

        assertThat(new Templates(folder).mistakes())
                .extracting(Object::toString)
                .containsExactly(
                        folder.resolve("report.slack.mustache") + ":1: the template makes no JSON: Unexpected"
                                + " end-of-input within/between Object entries",
                        folder.resolve("subject.txt.mustache") + ":2: No method or field with name 'wrkspace'");
    }

    @Test
    void slack_refuses_no_message_for_its_length() throws Exception {
        Notice notice = new NoticeDraft("n", Notice.Topic.RUN, Notice.Level.PROBLEM, "acme", "2026-11-20T02:30:00Z")
                .says("Backup failed", "&".repeat(5_000))
                .notice(new Redaction(List.of()));

        JsonNode slack = Json.MAPPER.readTree(new Message(notice, new Templates(folder)).as("report.slack"));

        assertThat(slack.path("blocks"))
                .allMatch(block -> block.at("/text/text").asText().length() <= 3_000);
    }

    private Message message() {
        Notice notice = new NoticeDraft("n", Notice.Topic.RUN, Notice.Level.PROBLEM, "acme", "2026-11-20T02:30:00Z")
                .says("Backup failed", HOSTILE)
                .next(List.of("Mend it."), null)
                .notice(new Redaction(List.of()));
        return new Message(notice, new Templates(folder));
    }
}
