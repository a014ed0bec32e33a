package dev.saddlebag.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.TextNode;
import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import dev.saddlebag.configuration.Mistake;
import dev.saddlebag.notion.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The texts of messages: the Mustache templates in {@code routes/templates}. What a template inserts is escaped for what its
 * name says it is: {@code *.html.mustache}, {@code *.json.mustache}, {@code *.slack.mustache} (JSON whose texts are Slack's
 * own markup), or plain text, which gets no control characters. A name that nobody has is an error and no empty place.
 */
public final class Templates {
    static final String SUFFIX = ".mustache";

    private static final Pattern LINE = Pattern.compile(" (?:@|on) line (\\d+)");
    private static final Mustache.Escaper PLAIN = text -> text.replaceAll("\\p{Cntrl}+", " ");
    private static final Mustache.Escaper JSON = Templates::json;
    private static final Mustache.Escaper SLACK =
            text -> json(cut(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));

    /** Slack refuses a whole message for one block of more than 3,000 characters; an escaped one can have five. */
    private static final int LONGEST_OF_SLACK = 590;

    private final Path folder;

    /** @param folder where the templates lie; they are read anew for each message, so that an edit counts at once */
    public Templates(Path folder) {
        this.folder = folder;
    }

    /** A template cannot be used; the message says which one and why. */
    public static final class BrokenTemplateException extends Exception {
        BrokenTemplateException(Path file, String why, Throwable cause) {
            super("The template " + file + " cannot be used: " + why, cause);
        }
    }

    /** The text that the template of this name, without {@code .mustache}, makes of a notice. */
    public String render(String name, Notice notice) throws BrokenTemplateException {
        Path file = folder.resolve(name + SUFFIX);
        try {
            Map<?, ?> variables = Json.MAPPER.convertValue(notice, Map.class);
            return Mustache.compiler()
                    .withEscaper(escaper(name))
                    .nullValue("")
                    .emptyStringIsFalse(true)
                    .withLoader(partial -> Files.newBufferedReader(folder.resolve(partial + SUFFIX)))
                    .compile(Files.readString(file))
                    .execute(variables);
        } catch (NoSuchFileException missing) {
            throw new BrokenTemplateException(file, "it is not there", missing);
        } catch (IOException | MustacheException broken) {
            throw new BrokenTemplateException(file, String.valueOf(broken.getMessage()), broken);
        }
    }

    /** The names of the templates that are there. */
    public List<String> names() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        }
    }

    /** What is wrong with the templates, found by letting each make a text of a notice that has everything in it. */
    public List<Mistake> mistakes() throws IOException {
        List<Mistake> mistakes = new ArrayList<>();
        for (String name : names()) {
            String file = folder.resolve(name + SUFFIX).toString();
            try {
                String text = render(name, SampleNotice.full());
                if (Message.isJson(name)) {
                    Json.MAPPER.readTree(text);
                }
            } catch (BrokenTemplateException broken) {
                String said = String.valueOf(broken.getCause().getMessage());
                Matcher place = LINE.matcher(said);
                int line = place.find() ? Integer.parseInt(place.group(1)) : 0;
                mistakes.add(new Mistake(file, line, "", LINE.matcher(said).replaceAll("")));
            } catch (JsonProcessingException noJson) {
                mistakes.add(new Mistake(
                        file,
                        noJson.getLocation().getLineNr(),
                        "",
                        "the template makes no JSON: "
                                + noJson.getOriginalMessage().replaceAll("\\s*\\(start marker.*|\\n.*", "")));
            }
        }
        return mistakes;
    }

    private static Mustache.Escaper escaper(String name) {
        String form = name.substring(name.lastIndexOf('.') + 1);
        return switch (form) {
            case "html" -> Escapers.HTML;
            case "json" -> JSON;
            case "slack" -> SLACK;
            default -> PLAIN;
        };
    }

    private static String cut(String text) {
        int length = text.codePointCount(0, text.length());
        return length <= LONGEST_OF_SLACK
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_OF_SLACK - 1)) + "…";
    }

    /** The inside of a JSON string. */
    static String json(String text) {
        String quoted = TextNode.valueOf(text).toString();
        return quoted.substring(1, quoted.length() - 1);
    }
}
