package dev.saddlebag.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.saddlebag.notion.Json;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A notice in the forms in which channels bring it. A template that is broken never keeps it from being told: its place is taken
 * by a plain text that says so.
 */
public final class Message {
    private static final Logger LOG = LoggerFactory.getLogger(Message.class);

    private final Notice notice;
    private final Templates templates;

    public Message(Notice notice, Templates templates) {
        this.notice = notice;
        this.templates = templates;
    }

    /** What it says. */
    public Notice getNotice() {
        return notice;
    }

    /** The first line, without an end of line in it, of 200 characters at most. */
    public String getSubject() {
        String text = as("subject.txt").replaceAll("\\p{Cntrl}+", " ").strip();
        int length = text.codePointCount(0, text.length());
        return length <= 200 ? text : text.substring(0, text.offsetByCodePoints(0, 199)) + "…";
    }

    /** All of it as plain text. */
    public String getText() {
        return as("report.txt");
    }

    /** All of it as a page of HTML. */
    public String getHtml() {
        return as("report.html");
    }

    /** All of it as data: one JSON object with the variables that templates have. */
    public String getJson() {
        try {
            return Json.PRETTY.writeValueAsString(notice);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * The text that a template makes of it.
     *
     * @param template its name without {@code .mustache}, such as {@code report.slack}
     */
    public String as(String template) {
        try {
            String text = templates.render(template, notice);
            if (isJson(template)) {
                Json.MAPPER.readTree(text);
            }
            return text;
        } catch (Templates.BrokenTemplateException broken) {
            return instead(template, broken.getMessage());
        } catch (JsonProcessingException noJson) {
            return instead(
                    template,
                    "The template " + template + Templates.SUFFIX + " makes no JSON: " + noJson.getOriginalMessage()
                            + " in line " + noJson.getLocation().getLineNr());
        }
    }

    static boolean isJson(String template) {
        return template.endsWith(".json") || template.endsWith(".slack");
    }

    private String instead(String template, String why) {
        LOG.error("{}. A plain text is sent in its place.", why);
        if (template.startsWith("subject")) {
            return "[Saddlebag] " + notice.workspace() + ": " + notice.headline();
        }
        String plain = plain() + "\n\n(" + why + ". This is the plain form.)\n";
        if (isJson(template)) {
            return "{\"text\": \"" + Templates.json(plain) + "\"}";
        }
        return template.endsWith(".html")
                ? "<!DOCTYPE html><meta charset=\"utf-8\"><pre style=\"white-space:pre-wrap\">"
                        + plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</pre>\n"
                : plain;
    }

    private String plain() {
        Stream<String> lines = Stream.of(
                        Stream.of(notice.headline(), "", notice.sentence()),
                        Stream.ofNullable(notice.delayed()),
                        Stream.ofNullable(notice.repeat()).map(Notice.Repeat::words),
                        notice.toDo().stream().map(sentence -> "To do: " + sentence),
                        notice.deliveries().stream().map(got -> got.destination() + ": " + got.words()),
                        Stream.ofNullable(notice.recoveryPoint()).map(point -> "Recovery point: " + point.words()),
                        Stream.ofNullable(notice.rule()).map(Notice.Rule::words),
                        Stream.ofNullable(notice.nextRun()).map(next -> "Next run: " + next))
                .flatMap(part -> part);
        return lines.collect(Collectors.joining("\n"));
    }
}
