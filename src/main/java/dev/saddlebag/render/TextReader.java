package dev.saddlebag.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads rich text and what stands in it (facts/notion-api.md §3.6, §3.5, §2.9, §3.4). */
final class TextReader {
    private final List<Note> notes;

    TextReader(List<Note> notes) {
        this.notes = notes;
    }

    Text text(JsonNode richText) {
        List<Inline> parts = new ArrayList<>();
        for (JsonNode part : richText) {
            parts.add(inline(part));
        }
        return new Text(parts);
    }

    private Inline inline(JsonNode part) {
        Look look = look(part.path("annotations"));
        String plain = StoredText.of(part.path("plain_text"));
        String href = StoredText.of(part.path("href"));
        Link link = href.isEmpty() ? Link.NONE : NotionLinks.to(href);
        switch (part.path("type").asText()) {
            case "text" -> {
                return new Inline.Words(plain.isEmpty() ? StoredText.of(part.at("/text/content")) : plain, look, link);
            }
            case "equation" -> {
                return new Inline.Equation(StoredText.of(part.at("/equation/expression")), look);
            }
            case "mention" -> {
                return mention(part.path("mention"), plain, look, link);
            }
            default -> {
                notes.add(
                        new Note(Note.Reason.UNKNOWN, "text", part.path("type").asText(), ""));
                return new Inline.Words(plain, look, link);
            }
        }
    }

    private static Look look(JsonNode annotations) {
        return new Look(
                annotations.path("bold").asBoolean(),
                annotations.path("italic").asBoolean(),
                annotations.path("strikethrough").asBoolean(),
                annotations.path("underline").asBoolean(),
                annotations.path("code").asBoolean(),
                annotations.path("color").asText("default"));
    }

    private Inline mention(JsonNode mention, String plain, Look look, Link link) {
        String type = mention.path("type").asText();
        JsonNode value = mention.path(type);
        String id = StoredText.of(value.path("id"));
        return switch (type) {
            case "user" -> {
                Person person = person(value);
                String name = person.name().isEmpty() ? plain.replaceFirst("^@", "") : person.name();
                yield new Inline.Mention(Inline.Mention.Kind.USER, id, name, look, Link.NONE);
            }
            case "page" -> new Inline.Mention(Inline.Mention.Kind.PAGE, id, plain, look, link);
            case "database" -> new Inline.Mention(Inline.Mention.Kind.DATABASE, id, plain, look, link);
            case "data_source" -> new Inline.Mention(Inline.Mention.Kind.DATA_SOURCE, id, plain, look, link);
            case "date" ->
                new Inline.Mention(
                        Inline.Mention.Kind.DATE, "", ValueReader.date(value).written(), look, Link.NONE);
            case "link_preview" -> linked(plain, StoredText.of(value.path("url")), look);
            case "link_mention" -> {
                String title = StoredText.of(value.path("title"));
                yield linked(title.isEmpty() ? plain : title, StoredText.of(value.path("href")), look);
            }
            case "template_mention" -> new Inline.Mention(Inline.Mention.Kind.TEMPLATE, "", plain, look, Link.NONE);
            case "custom_emoji" ->
                new Inline.Mention(
                        Inline.Mention.Kind.EMOJI, "", ":" + StoredText.of(value.path("name")) + ":", look, Link.NONE);
            default -> {
                notes.add(new Note(Note.Reason.UNKNOWN, "mention", type, ""));
                yield new Inline.Mention(Inline.Mention.Kind.UNKNOWN, "", plain, look, link);
            }
        };
    }

    private static Inline linked(String text, String address, Look look) {
        return new Inline.Mention(
                Inline.Mention.Kind.LINK, "", text.isEmpty() ? address : text, look, NotionLinks.to(address));
    }

    static Person person(JsonNode user) {
        return new Person(
                StoredText.of(user.path("id")),
                StoredText.of(user.path("name")),
                StoredText.of(user.at("/person/email")));
    }

    static List<Person> people(JsonNode users) {
        List<Person> people = new ArrayList<>();
        users.forEach(user -> people.add(user.isTextual() ? new Person(StoredText.of(user), "", "") : person(user)));
        return people;
    }

    /** A file object, or what holds one; null when there is none. */
    static NamedFile file(JsonNode holder, String name) {
        JsonNode file = holder.path(holder.path("type").asText());
        if (!file.isObject()) {
            return null;
        }
        String address = StoredText.of(file.path(file.has("path") ? "path" : "url"));
        if (file.path("url").isTextual() && file.path("expiry_time").isTextual()) {
            // A signature is good for an hour and a secret as long.
            address = address.replaceFirst("\\?.*", "");
        }
        String known = name.isEmpty() ? StoredText.of(holder.path("name")) : name;
        return new NamedFile(known.isEmpty() ? lastPart(address) : known, address, StoredText.of(file.path("sha256")));
    }

    private static String lastPart(String address) {
        String path = address.replaceFirst("[?#].*", "").replaceFirst("/+$", "");
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static Icon icon(JsonNode icon) {
        return switch (icon.path("type").asText("")) {
            case "" -> Icon.NONE;
            case "emoji" -> new Icon(StoredText.of(icon.path("emoji")), null);
            case "custom_emoji" -> new Icon(":" + StoredText.of(icon.at("/custom_emoji/name")) + ":", null);
            case "icon" -> new Icon(":" + StoredText.of(icon.at("/icon/name")) + ":", null);
            default -> new Icon("", file(icon, ""));
        };
    }
}
